import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { breakerRollsBack, completes } from '../../../stand-in/scripts.ts'
import { script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const SERVICE = 'arn:aws:ecs:us-east-1:123456789012:service/default/web'
/** The tasks run between two looks, so no task is looked at before the deployment has completed. */
const COMPLETES = completes({ after: 60, running: 59 })
const WITH_ROLLBACK = { ...WAITING, 'rollback-on-failure': 'true' }
/** The plan's look and the one right before the move. */
const EARLIER_LOOKS = 2

/** The policy statement in a message, which stands there as one line of JSON. */
function statementIn(message: string): unknown {
  return JSON.parse(message.split('\n').find(line => line.startsWith('{')) ?? 'null')
}

describe('DescribeServices, from the third look on', () => {
  const denied = { operation: 'DescribeServices', kind: 'deny', resource: SERVICE, times: Infinity } as const

  test('ends it at once, with the statement to add', async () => {
    const s = scene()
    script(s, completes({ after: 300 }))
    s.standIn.fault({ ...denied, skip: EARLIER_LOOKS + 2 })
    const { code, message, report } = await s.fail(WITH_ROLLBACK)
    expect(code).toBe('access-denied')
    expect(message).toContain('web: deployment ')
    expect(statementIn(message)).toEqual({ Effect: 'Allow', Action: 'ecs:DescribeServices', Resource: SERVICE })
    expect(message).toContain('The deployment goes on in ECS')
    expect(message).toContain('The service was not put back: rollback-on-failure acts only on a failure that is seen.')
    expect(s.bodies('DescribeServices')).toHaveLength(EARLIER_LOOKS + 3)
    expect(s.slept).toHaveLength(3)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', changed: 'true' })
  })

  test('without rollback-on-failure nobody expects that anything is put back', async () => {
    const s = scene()
    script(s, completes({ after: 300 }))
    s.standIn.fault({ ...denied, skip: EARLIER_LOOKS + 2 })
    expect((await s.fail(WAITING)).message).not.toContain('put back')
  })

  test('puts nothing back, however the deployment ends', async () => {
    const s = scene()
    script(s, breakerRollsBack({ after: 20, rollback: false }))
    s.standIn.fault({ ...denied, skip: EARLIER_LOOKS + 2 })
    await s.fail(WITH_ROLLBACK)
    expect(s.bodies('UpdateService')).toHaveLength(1)
    expect(s.calls()).not.toContain('StopServiceDeployment')
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  })
})

describe('DescribeServiceDeployments', () => {
  const denied = { operation: 'DescribeServiceDeployments', kind: 'deny', times: Infinity } as const

  test('a note says so once, and the service alone tells the rest', async () => {
    const s = scene()
    script(s, completes())
    s.standIn.fault(denied)
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { verdict: 'proven' } } }])
    const said = report.notes.filter(({ text }) => text.includes('ecs:DescribeServiceDeployments'))
    expect(said).toMatchObject([{ level: 'note' }])
    expect(s.bodies('DescribeServiceDeployments')).toHaveLength(1)
  })

  test('in the middle: the same', async () => {
    const s = scene()
    script(s, completes())
    s.standIn.fault({ ...denied, skip: 2 })
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
    expect(s.bodies('DescribeServiceDeployments')).toHaveLength(3)
  })

  test('a rollback by ECS is known all the same', async () => {
    const s = scene()
    script(s, breakerRollsBack())
    s.standIn.fault(denied)
    const { code, report } = await s.fail(WITH_ROLLBACK)
    expect(code).toBe('rolled-back')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(s.bodies('UpdateService')).toHaveLength(1)
  })

  test('a failure that stays is put back by an update', async () => {
    const s = scene()
    script(s, breakerRollsBack({ rollback: false }))
    s.standIn.fault(denied)
    const { report } = await s.fail(WITH_ROLLBACK)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(s.bodies('UpdateService')).toHaveLength(2)
    expect(s.calls()).not.toContain('StopServiceDeployment')
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:1'))
  })
})

describe.each(['ListTasks', 'DescribeTasks'])('%s, once the deployment has completed', operation => {
  // The first one is the trial before anything is registered.
  const denied = { operation, kind: 'deny', skip: 1, times: Infinity } as const

  test('require: it fails, and the service is left on the new revision', async () => {
    const s = scene()
    script(s, COMPLETES)
    s.standIn.fault(denied)
    const { code, message, report } = await s.fail(WITH_ROLLBACK)
    expect(code).toBe('access-denied')
    expect(statementIn(message)).toMatchObject({ Effect: 'Allow', Action: `ecs:${operation}` })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(s.bodies('UpdateService')).toHaveLength(1)
    expect(s.bodies(operation)).toHaveLength(2)
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  })

  test('or while its tasks start: it is followed to its end, and fails then', async () => {
    const s = scene()
    script(s, completes({ after: 120 }))
    s.standIn.fault(denied)
    const { code, report } = await s.fail(WITH_ROLLBACK)
    expect(code).toBe('access-denied')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(s.moments()).toContain('2/2 running, 0 pending; completed')
    expect(s.bodies('UpdateService')).toHaveLength(1)
  })

  test('warn: it is deployed, and a warning says what was not proven', async () => {
    const s = scene()
    script(s, completes())
    s.standIn.fault(denied)
    const report = await s.succeed({ ...WITH_ROLLBACK, 'verify-sensor': 'warn' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
    const said = s.warnings(report).filter(text => text.includes('not verified'))
    expect(said).toEqual([expect.stringContaining(`ecs:${operation}`)])
  })

  test('no verdict is said of tasks that were never seen', async () => {
    const s = scene()
    script(s, completes())
    s.standIn.fault(denied)
    await s.succeed({ ...WAITING, 'verify-sensor': 'warn' })
    expect(s.moments()).not.toContainEqual(expect.stringContaining('0 of 0 tasks'))
  })
})
