import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { alarmRollsBack, breakerRollsBack, completes, neverEnds } from '../../../stand-in/scripts.ts'
import type { Inputs, Scene } from '../../support/flow-scene.ts'
import { denyServiceDeployments, elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const PUTTING_BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true' }
const EXITED = { stopCode: 'EssentialContainerExited', exitCode: 3 }
const revision = (s: Scene, number: number) => s.arn(`task-definition/shop:${number}`)

test('it is followed until the service is back, and the error says why its tasks stopped', async () => {
  const s = scene()
  script(s, breakerRollsBack({ after: 90, ...EXITED, back: completes({ after: 60 }) }))
  const { report, code, message } = await s.fail(WAITING)
  expect(code).toBe('rolled-back')
  expect(message).toContain(`to ${revision(s, 2)} failed, and ECS put the service back on what ran before`)
  expect(message).toContain('circuit breaker')
  expect(message).toMatch(/container counter: EssentialContainerExited; .*exit code 3/)
  expect(report.services).toMatchObject([
    {
      deployment: { outcome: 'rolled-back', findings: [{ isSensor: false, diagnosis: { code: 'application-exited' } }] }
    }
  ])
  expect(s.runs('web')).toBe(revision(s, 1))
  expect(elapsed(s)).toBeGreaterThanOrEqual(90 + 60)
  expect(elapsed(s)).toBeLessThanOrEqual(90 + 60 + 15)
  expect(sent(s)).toEqual(MOVED)
})

test('the reason of ECS for a task that did not start is in the error', async () => {
  const s = scene()
  script(s, breakerRollsBack({ stoppedReason: 'ResourceInitializationError: no room for the volume' }))
  const { message } = await s.fail(WAITING)
  expect(message).toContain('TaskFailedToStart; ResourceInitializationError: no room for the volume')
})

test('the log tells the failure, the way back and its end, each once', async () => {
  const s = scene()
  script(s, breakerRollsBack())
  await s.fail(WAITING)
  const moments = s.moments()
  expect(moments.filter(text => text.includes('deployment failed: tasks failed to start'))).toHaveLength(1)
  expect(moments.filter(text => text.includes('ECS is putting the service back'))).toHaveLength(1)
  expect(moments.at(-1)).toMatch(/^2\/2 running, 0 pending; .*put the service back/)
})

test('the outputs name both revisions and the deployment, and no sensor that was never judged', async () => {
  const s = scene()
  script(s, breakerRollsBack())
  const { report } = await s.fail(WAITING)
  const outputs = toOutputs(report, {})
  expect(outputs).toMatchObject({
    'deployment-outcome': 'rolled-back',
    'task-definition-arn': revision(s, 2),
    'previous-task-definition-arn': revision(s, 1),
    'deployment-id': expect.stringMatching(/^ecs-svc\//),
    'service-deployment-arn': expect.stringContaining(':service-deployment/default/web/')
  })
  expect(outputs).not.toHaveProperty('sensor-running')
})

test('nothing more is sent with rollback-on-failure: ECS has done it', async () => {
  const s = scene()
  script(s, breakerRollsBack())
  const { code, message } = await s.fail(PUTTING_BACK)
  expect(code).toBe('rolled-back')
  expect(message).not.toContain('was not put back')
  expect(sent(s)).toEqual(MOVED)
})

test('an alarm does the same', async () => {
  const s = scene()
  script(s, alarmRollsBack({ after: 90, back: completes({ after: 60 }) }))
  const { report, code, message } = await s.fail(PUTTING_BACK)
  expect(code).toBe('rolled-back')
  expect(message).toContain('alarm')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
  expect(elapsed(s)).toBeGreaterThanOrEqual(90 + 60)
  expect(sent(s)).toEqual(MOVED)
})

describe('without the right to look at service deployments', () => {
  const FAILURES = [
    ['the breaker', breakerRollsBack(), 'circuit breaker'],
    ['an alarm', alarmRollsBack(), 'alarm']
  ] as const

  test.each(FAILURES)('%s is told from the service alone, with one note', async (_name, course, _reason) => {
    const s = scene()
    denyServiceDeployments(s)
    script(s, course)
    const { report, code } = await s.fail(PUTTING_BACK)
    expect(code).toBe('rolled-back')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(s.runs('web')).toBe(revision(s, 1))
    expect(sent(s)).toEqual(MOVED)
    expect(s.calls().filter(operation => operation === 'DescribeServiceDeployments')).toHaveLength(1)
    const notes = report.notes.filter(({ text }) => text.includes('ecs:DescribeServiceDeployments'))
    expect(notes).toMatchObject([{ level: 'note' }])
  })

  test.each(FAILURES)('%s is named as the reason, not that the way back completed', async (_name, course, reason) => {
    const s = scene()
    denyServiceDeployments(s)
    script(s, course)
    const { message } = await s.fail(WAITING)
    expect(message).toContain(reason)
    expect(message).not.toMatch(/ completed\.$/m)
  })
})

describe('a service whose breaker does not roll back', () => {
  test('stays on the revision that failed, and the error names the input that puts it back', async () => {
    const s = scene()
    script(s, breakerRollsBack({ rollback: false }))
    const { report, code, message } = await s.fail(WAITING)
    expect(code).toBe('deployment-failed')
    expect(message).toContain('ECS left the service there')
    expect(message).toContain('rollback-on-failure: true')
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed' })
    expect(s.runs('web')).toBe(revision(s, 2))
    expect(sent(s)).toEqual(MOVED)
  })

  test.each([
    ['the breaker', breakerRollsBack({ after: 90, rollback: false })],
    ['an alarm', alarmRollsBack({ after: 90, rollback: false })]
  ])('is put back with rollback-on-failure (%s), and the step fails all the same', async (_name, course) => {
    const s = scene()
    script(s, course, completes({ after: 60 }))
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('deployment-failed')
    expect(message).toContain(`This run put the service back on ${revision(s, 1)}`)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'rolled-back' })
    expect(sent(s)).toEqual([...MOVED, 'UpdateService'])
    expect(s.bodies('UpdateService').at(-1)).toEqual({
      cluster: 'default',
      service: 'web',
      taskDefinition: revision(s, 1)
    })
    expect(s.runs('web')).toBe(revision(s, 1))
    expect(elapsed(s)).toBeGreaterThanOrEqual(90 + 60)
  })

  test('is put back without the right to look at service deployments too', async () => {
    const s = scene()
    denyServiceDeployments(s)
    script(s, breakerRollsBack({ rollback: false }))
    const { report } = await s.fail(PUTTING_BACK)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(sent(s)).toEqual([...MOVED, 'UpdateService'])
  })
})

describe('when the way back goes wrong as well', () => {
  const backFails = () => breakerRollsBack({ back: breakerRollsBack({ rollback: false }) })

  test.each([
    ['with', () => undefined],
    ['without', denyServiceDeployments]
  ] as const)('the outcome is failed and nothing is sent (%s the right to look)', async (_name, prepare) => {
    const s = scene()
    prepare(s)
    script(s, backFails())
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('rollback-failed')
    expect(message).toContain('so did putting the service back')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(sent(s)).toEqual(MOVED)
  })

  test('a way back that never ends has as long again, and then nothing is sent', async () => {
    const s = scene()
    script(s, breakerRollsBack({ after: 90, back: neverEnds() }))
    const { code } = await s.fail({ ...PUTTING_BACK, 'wait-for-minutes': '5' })
    expect(code).toBe('timed-out')
    expect(elapsed(s)).toBeGreaterThanOrEqual(90 + 300)
    expect(elapsed(s)).toBeLessThanOrEqual(90 + 300 + 15)
    expect(sent(s)).toEqual(MOVED)
  })

  test("and the deployment that ECS made for it is not called somebody else's", async () => {
    const s = scene()
    script(s, breakerRollsBack({ back: neverEnds() }))
    const { message } = await s.fail({ ...PUTTING_BACK, 'wait-for-minutes': '5' })
    expect(message).toContain('ECS was putting the service back')
    expect(message).not.toContain("somebody else's")
  })
})
