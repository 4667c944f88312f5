import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import type { Report } from '../../../src/report/report.ts'
import { completes, type SensorStop, sensorStops, together } from '../../../stand-in/scripts.ts'
import { counter, shop } from '../../support/flow-definitions.ts'
import type { Inputs, Scene } from '../../support/flow-scene.ts'
import { elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const PUTTING_BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true' }
const LOG = ['capturing on eth0', 'failed to set BPF filter: syntax error']

/** Its tasks run after 10 s, the rollout is over after 30 s, the sensors crash after 50 s: within their window. */
function crashes(s: Scene, changes: Partial<SensorStop> = {}): void {
  script(s, together(completes({ after: 30 }), sensorStops({ runningFor: 40, exitCode: 1, log: LOG, ...changes })))
}

function stopsOf(report: Report): string[] {
  const [result] = report.services ?? []
  const tasks = result?.kind === 'moved' ? (result.deployment.sensor?.tasks ?? []) : []
  return tasks.flatMap(({ task, sensor }) => (sensor.kind === 'stopped' ? [task.arn.replace(/.*\//, '')] : []))
}

test('the step fails with exit code, the last lines of the log, the likely cause and what to do', async () => {
  const s = scene()
  crashes(s)
  const { report, code, message } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
  expect(message).toContain(`to ${s.arn('task-definition/shop:2')} completed, but the sensor`)
  expect(message).toContain('exit code 1')
  for (const line of LOG) expect(message).toContain(line)
  expect(message).toContain("Likely cause: the sensor's packet filter is not valid")
  expect(message).toContain('Correct the input filter')
  expect(stopsOf(report)).toHaveLength(2)
  for (const id of stopsOf(report)) expect(message).toContain(`task ${id}: sensor STOPPED`)
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  expect(sent(s)).toEqual(MOVED)
})

test('it fails when the crash is seen, without waiting for the end of the window', async () => {
  const s = scene()
  crashes(s)
  await s.fail(WAITING)
  expect(elapsed(s)).toBeGreaterThanOrEqual(50)
  expect(elapsed(s)).toBeLessThanOrEqual(50 + 15)
  expect(s.moments()).toContain('the sensor does not run as it should in 2 of 2 tasks')
})

test('the outputs say how many run', async () => {
  const s = scene()
  crashes(s)
  const { report } = await s.fail(WAITING)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '0/2' })
})

test('the same crash in two tasks is explained once', async () => {
  const s = scene()
  crashes(s)
  const { message } = await s.fail(WAITING)
  expect(message.match(/failed to set BPF filter/g)).toHaveLength(1)
  expect(message.match(/Likely cause/g)).toHaveLength(1)
})

test('one of two tasks is enough, and the other is not accused', async () => {
  const s = scene()
  crashes(s, { tasks: 1 })
  const { report, code, message } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
  expect(message).toContain('1 of 2 tasks')
  expect(message).toMatch(/^- task \w+: sensor RUNNING/m)
  expect(stopsOf(report)).toHaveLength(1)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '1/2' })
})

describe('of its log', () => {
  test('the end is asked for, in the order in which it was written', async () => {
    const s = scene()
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}.`)
    crashes(s, { log: lines })
    const { report, message } = await s.fail(WAITING)
    expect(message).not.toContain('line 0.')
    expect(message.match(/line \d+\./g)?.slice(-3)).toEqual(['line 47.', 'line 48.', 'line 49.'])
    const [stopped] = stopsOf(report)
    expect(s.bodies('GetLogEvents')[0]).toMatchObject({
      logGroupName: '/shop',
      logStreamName: expect.stringMatching(new RegExp(`/levo-pcap-sensor/${stopped}$`)),
      startFromHead: false
    })
  })

  test('org id and values of the environment are not shown, as they are and as JSON and URLs spell them', async () => {
    const s = scene()
    const environment = [
      { name: 'PASSWORD', value: 'correct-horse' },
      { name: 'QUOTED', value: 'say "no" twice' }
    ]
    await s.file('task.json', shop({ containerDefinitions: [counter({ environment })] }))
    crashes(s, {
      log: [
        'org planted-org-of-the-tests is unknown',
        'GET /login?password=correct-horse',
        '{"text":"say \\"no\\" twice"} say%20%22no%22%20twice',
        'LEVO_AWS_REGION is us-east-1'
      ]
    })
    const { report, message } = await s.fail({ ...WAITING, 'task-definition': 'task.json' })
    for (const secret of ['planted-org-of-the-tests', 'correct-horse', 'no\\" twice', 'no%22%20twice']) {
      expect(message).not.toContain(secret)
      expect(JSON.stringify(report.services)).not.toContain(secret)
    }
    expect(message).toContain('org *** is unknown')
    expect(message).toContain('GET /login?password=***')
    expect(message).toContain('LEVO_AWS_REGION is us-east-1')
  })

  test('a value of several lines is not shown either: a log has it line by line', async () => {
    const s = scene()
    const key = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQ', '-----END PRIVATE KEY-----']
    const environment = [{ name: 'KEY', value: key.join('\n') }]
    await s.file('task.json', shop({ containerDefinitions: [counter({ environment })] }))
    crashes(s, { log: ['the environment:', ...key] })
    const { message } = await s.fail({ ...WAITING, 'task-definition': 'task.json' })
    expect(message).toContain('the environment:')
    expect(message).not.toContain('MIIEvQIBADANBgkqhkiG9w0BAQ')
  })

  test('nothing is said when it may not be read, and all else is', async () => {
    const s = scene()
    crashes(s)
    s.standIn.fault({ operation: 'GetLogEvents', kind: 'deny', times: Infinity })
    const { report, code, message } = await s.fail(WAITING)
    expect(code).toBe('sensor-not-running')
    expect(message).toContain('exit code 1')
    expect(message).toContain('Likely cause: the sensor exited with code 1')
    expect(message).not.toContain('BPF')
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '0/2' })
  })

  test('a sensor that has a log group is not told to get one, only because it may not be read', async () => {
    const s = scene()
    crashes(s)
    s.standIn.fault({ operation: 'GetLogEvents', kind: 'deny', times: Infinity })
    const { message } = await s.fail(WAITING)
    expect(message).not.toContain('needs a log group')
  })
})

describe('verify-sensor', () => {
  test('warn: deployed, with a warning, and nothing is put back', async () => {
    const s = scene()
    crashes(s)
    const report = await s.succeed({ ...PUTTING_BACK, 'verify-sensor': 'warn' })
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'deployed', findings: [{ isSensor: true, log: LOG, container: { exitCode: 1 } }] } }
    ])
    expect(s.warnings(report)).toContainEqual(expect.stringMatching(/^web: the sensor .* 2 of 2 tasks/))
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '0/2' })
    expect(sent(s)).toEqual(MOVED)
  })

  test('off: deployed, and no task is looked at after the rights were tried', async () => {
    const s = scene()
    crashes(s)
    const report = await s.succeed({ ...PUTTING_BACK, 'verify-sensor': 'off' })
    const outputs = toOutputs(report, {})
    expect(outputs).toMatchObject({ 'deployment-outcome': 'deployed' })
    expect(outputs).not.toHaveProperty('sensor-running')
    const after = s.calls().slice(s.calls().indexOf('RegisterTaskDefinition'))
    expect(after.filter(operation => /Tasks$|Log/.test(operation))).toEqual([])
    expect(s.warnings(report).filter(text => text.includes('not run as it should'))).toEqual([])
    expect(elapsed(s)).toBeLessThanOrEqual(30 + 15)
  })
})

describe('with rollback-on-failure', () => {
  test('the service is put back on exactly what it ran, and the step fails', async () => {
    const s = scene()
    crashes(s)
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('sensor-not-running')
    expect(message).toContain(`This run put the service back on ${s.arn('task-definition/shop:1')}`)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'rolled-back', 'sensor-running': '0/2' })
    expect(sent(s)).toEqual([...MOVED, 'UpdateService'])
    expect(s.bodies('UpdateService').at(-1)).toEqual({
      cluster: 'default',
      service: 'web',
      taskDefinition: s.arn('task-definition/shop:1')
    })
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:1'))
    expect(s.moments()).toContainEqual(expect.stringMatching(/^putting .* back on .*UpdateService/))
  })

  test('a denial is in the error, with the statement to add, and the outcome is failed', async () => {
    const s = scene()
    crashes(s)
    s.standIn.fault({ operation: 'UpdateService', kind: 'deny', skip: 1, times: Infinity })
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('sensor-not-running')
    expect(message).toContain(`Putting the service back on ${s.arn('task-definition/shop:1')} failed`)
    expect(message).toContain('"Action":"ecs:UpdateService"')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
  })

  test('never on a revision that is not ACTIVE any more', async () => {
    const s = scene()
    crashes(s)
    s.account.timeline.plan(45, 'somebody', () => s.account.deregister('shop:1'))
    const { report, message } = await s.fail(PUTTING_BACK)
    expect(message).toContain(`not put back: ${s.arn('task-definition/shop:1')} is not ACTIVE any more`)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(sent(s)).toEqual(MOVED)
  })
})
