import { beforeEach, expect, test } from '@jest/globals'
import { blueGreen, blueGreenPausesAtHook } from '../../../stand-in/scripts.ts'
import { denyServiceDeployments, elapsed, script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const WITH_ROLLBACK = { ...WAITING, 'rollback-on-failure': 'true' }
const HOOK = 'POST_TEST_TRAFFIC_SHIFT'

beforeEach(() => {
  const s = scene()
  const service = s.account.services.get(s.arn('service/default/web'))
  Object.assign(service ?? {}, { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 } })
})

function saidOfTheHook(): string[] {
  return scene()
    .moments()
    .filter(text => text.includes(`waits at ${HOOK}`))
}

test('a blue/green deployment is followed through its stages', async () => {
  const s = scene()
  script(s, blueGreen({ after: 300 }))
  const report = await s.succeed(WITH_ROLLBACK)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { verdict: 'proven' } } }])
  expect(s.bodies('UpdateService')).toHaveLength(1)
})

test('one that somebody lets go on after a while is deployed; the wait is said once, with its end', async () => {
  const s = scene()
  script(s, blueGreenPausesAtHook({ hook: HOOK, continuesIn: 600 }))
  const report = await s.succeed(WITH_ROLLBACK)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { running: 2 } } }])
  expect(saidOfTheHook()).toEqual([expect.stringContaining('2026-01-02T00:01')])
})

test('nobody comes: it times out as waiting for a person, and nothing is put back', async () => {
  const s = scene()
  script(s, blueGreenPausesAtHook({ hook: HOOK }))
  const { code, message, report } = await s.fail({ ...WITH_ROLLBACK, 'wait-for-minutes': '10' })
  expect(code).toBe('waits-for-a-person')
  expect(message).toContain('10 minutes')
  expect(message).toContain(HOOK)
  expect(message).toContain('Nothing was put back')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
  expect(s.bodies('UpdateService')).toHaveLength(1)
  expect(s.calls()).not.toContain('StopServiceDeployment')
  expect(elapsed(s)).toBe(600)
})

test('a deadline behind a pause that is over is an ordinary one', async () => {
  const s = scene()
  script(s, blueGreenPausesAtHook({ hook: HOOK, continuesIn: 120, after: 900 }))
  const { code, report } = await s.fail({ ...WITH_ROLLBACK, 'wait-for-minutes': '12' })
  expect(code).toBe('timed-out')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
  expect(s.bodies('StopServiceDeployment')).toHaveLength(1)
})

test('a rerun attaches to it, and tells that the hook timed out', async () => {
  const s = scene()
  script(s, blueGreenPausesAtHook({ hook: HOOK }))
  await s.fail(WITH_ROLLBACK)
  // The hook is given 24 hours, which is longer than any step may wait.
  await s.clock.sleep(23.5 * 3600)
  const { code, message, report } = await s.fail(WITH_ROLLBACK)
  expect(code).toBe('rolled-back')
  expect(message).toContain(`${HOOK} lifecycle hook(s) failed`)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
  expect(s.bodies('UpdateService')).toHaveLength(1)
  expect(s.calls()).not.toContain('StopServiceDeployment')
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:1'))
})

test('without the right to look at service deployments it is timed-out all the same', async () => {
  const s = scene()
  script(s, blueGreenPausesAtHook({ hook: HOOK }))
  denyServiceDeployments(s)
  const { code } = await s.fail(WAITING)
  expect(code).toBe('timed-out')
})
