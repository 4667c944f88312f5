import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { completes, neverEnds, stalls } from '../../../stand-in/scripts.ts'
import type { Inputs, Scene } from '../../support/flow-scene.ts'
import { denyServiceDeployments, elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const IN_TIME: Inputs = { ...WAITING, 'wait-for-minutes': '5' }
const PUTTING_BACK: Inputs = { ...IN_TIME, 'rollback-on-failure': 'true' }
const revision = (s: Scene, number: number) => s.arn(`task-definition/shop:${number}`)

function denyStopping(s: Scene): void {
  s.standIn.fault({ operation: 'StopServiceDeployment', kind: 'deny', times: Infinity })
}

describe('without rollback-on-failure', () => {
  test.each([
    ['5', 300],
    ['1', 60],
    // The default.
    ['', 1800]
  ])('wait-for-minutes "%s" ends it after exactly %i s', async (minutes, seconds) => {
    const s = scene()
    script(s, neverEnds())
    const { report, code, message } = await s.fail({ ...WAITING, 'wait-for-minutes': minutes })
    expect(code).toBe('timed-out')
    expect(elapsed(s)).toBe(seconds)
    const over = seconds === 60 ? '1 minute of wait-for-minutes is' : `${seconds / 60} minutes of wait-for-minutes are`
    expect(message).toContain(`the ${over} over`)
    const outputs = toOutputs(report, {})
    expect(outputs).toMatchObject({ 'deployment-outcome': 'timed-out', 'task-definition-arn': revision(s, 2) })
    expect(outputs).not.toHaveProperty('sensor-running')
    expect(sent(s)).toEqual(MOVED)
    expect(s.runs('web')).toBe(revision(s, 2))
  })

  test('what keeps a task from being placed is named, from the events', async () => {
    const s = scene()
    script(s, stalls())
    const { report, message } = await s.fail(IN_TIME)
    expect(elapsed(s)).toBe(300)
    expect(message).toContain('Likely cause: there is no capacity for the task')
    expect(message).toContain('The deployment goes on in ECS.')
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'timed-out', findings: [{ diagnosis: { code: 'no-capacity' } }] } }
    ])
    expect(s.moments()).toContainEqual(expect.stringContaining('was unable to place a task'))
  })
})

describe('with rollback-on-failure', () => {
  test.each([
    ['that runs', neverEnds()],
    ['that stalls', stalls()]
  ])('one %s is stopped once, and watched until the service is back', async (_name, course) => {
    const s = scene()
    script(s, course, completes({ after: 60 }))
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('timed-out')
    expect(message).toContain(`This run put the service back on ${revision(s, 1)}`)
    const outputs = toOutputs(report, {})
    expect(outputs).toMatchObject({ 'deployment-outcome': 'rolled-back' })
    expect(sent(s)).toEqual([...MOVED, 'StopServiceDeployment'])
    expect(s.body('StopServiceDeployment')).toEqual({
      serviceDeploymentArn: outputs['service-deployment-arn'],
      stopType: 'ROLLBACK'
    })
    expect(s.runs('web')).toBe(revision(s, 1))
    expect(elapsed(s)).toBeGreaterThanOrEqual(300 + 60)
    expect(elapsed(s)).toBeLessThanOrEqual(300 + 1 + 60 + 15)
  })

  test.each([
    ['DescribeServiceDeployments', denyServiceDeployments, [...MOVED, 'UpdateService']],
    ['StopServiceDeployment', denyStopping, [...MOVED, 'StopServiceDeployment', 'UpdateService']]
  ] as const)('without the right to %s an update does it', async (_right, deny, changes) => {
    const s = scene()
    deny(s)
    script(s, neverEnds(), completes({ after: 60 }))
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('timed-out')
    expect(message).toContain(`This run put the service back on ${revision(s, 1)}`)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(sent(s)).toEqual(changes)
    expect(s.bodies('UpdateService').at(-1)).toEqual({
      cluster: 'default',
      service: 'web',
      taskDefinition: revision(s, 1)
    })
    expect(s.runs('web')).toBe(revision(s, 1))
    expect(elapsed(s)).toBeGreaterThanOrEqual(300 + 60)
  })

  test('the log says when and how it is put back', async () => {
    const s = scene()
    script(s, neverEnds())
    await s.fail(PUTTING_BACK)
    expect(s.moments()).toContainEqual(expect.stringMatching(/^putting .* back on .*shop:1 \(StopServiceDeployment\)/))
    expect(s.moments().slice(-2).join('; ')).toMatch(/2\/2 running, 0 pending; .*put the service back/)
  })

  test('nothing that was said before is said again', async () => {
    const s = scene()
    script(s, neverEnds())
    await s.fail(PUTTING_BACK)
    const starts = s.moments().filter(text => text.includes('has started 2 tasks'))
    expect(new Set(starts).size).toBe(starts.length)
  })

  test('a service that is back is not said to go on in ECS', async () => {
    const s = scene()
    script(s, neverEnds())
    const { message } = await s.fail(PUTTING_BACK)
    expect(message).not.toContain('goes on in ECS')
  })

  test('a stop whose answer is lost is not followed by an update', async () => {
    const s = scene()
    script(s, neverEnds())
    s.standIn.fault({ operation: 'StopServiceDeployment', kind: 'lose-answer' })
    const { report } = await s.fail(PUTTING_BACK)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(s.bodies('UpdateService')).toHaveLength(1)
  })

  test.each([
    ['a stop', () => undefined],
    ['an update', denyServiceDeployments]
  ] as const)('a way back by %s that never ends either has as long again', async (_way, prepare) => {
    const s = scene()
    prepare(s)
    script(s, neverEnds(), neverEnds())
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('timed-out')
    expect(message).toContain(`Putting the service back on ${revision(s, 1)} failed`)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(elapsed(s)).toBe(300 + 300)
  })
})
