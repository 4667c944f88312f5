import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../../src/report/report.ts'
import type { Script } from '../../../stand-in/script.ts'
import { breakerRollsBack, completes, neverEnds, sensorStops, together } from '../../../stand-in/scripts.ts'
import { script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const revision = (number: number) => scene().arn(`task-definition/shop:${number}`)
const WITH_ROLLBACK = { ...WAITING, 'rollback-on-failure': 'true' }
const FAILS = breakerRollsBack({ after: 90, rollback: false })

function warned(report: Report): string[] {
  return scene()
    .warnings(report)
    .filter(text => text.includes('not ACTIVE any more'))
}

describe('deregistered before', () => {
  test('a warning names it before anything is registered', async () => {
    const s = scene()
    s.account.deregister(revision(1))
    script(s, completes())
    const report = await s.succeed(WITH_ROLLBACK)
    expect(warned(report)).toEqual([expect.stringContaining(revision(1))])
    const at = s.events.findIndex(event => event.kind === 'noted' && event.note.text.includes('not ACTIVE any more'))
    expect(at).toBeLessThan(s.events.findIndex(({ kind }) => kind === 'registered'))
  })

  test('without rollback-on-failure there is nothing to warn of', async () => {
    const s = scene()
    s.account.deregister(revision(1))
    script(s, completes())
    expect(warned(await s.succeed(WAITING))).toEqual([])
  })

  test.each<[string, Script, string]>([
    ['the deployment fails', FAILS, 'deployment-failed'],
    ['the time is over', neverEnds(), 'timed-out'],
    ['the sensor does not run', together(completes(), sensorStops({ after: 40 })), 'sensor-not-running']
  ])('%s: nothing is sent, and the message says why', async (_name, course, expected) => {
    const s = scene()
    s.account.deregister(revision(1))
    script(s, course)
    const { code, message, report } = await s.fail(WITH_ROLLBACK)
    expect(code).toBe(expected)
    expect(message).toContain(`The service was not put back: ${revision(1)} is not ACTIVE any more`)
    expect(report.services).toMatchObject([{ deployment: { outcome: expected === 'timed-out' ? expected : 'failed' } }])
    expect(s.bodies('UpdateService')).toHaveLength(1)
    expect(s.calls()).not.toContain('StopServiceDeployment')
    expect(s.runs('web')).toBe(revision(2))
  })

  test('ECS may not go back to it either, which is a rollback that failed', async () => {
    const s = scene()
    s.account.deregister(revision(1))
    script(s, breakerRollsBack({ after: 90 }))
    const { code, report } = await s.fail(WITH_ROLLBACK)
    expect(code).toBe('rollback-failed')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(s.bodies('UpdateService')).toHaveLength(1)
  })
})

test('deregistered while the deployment goes on: nothing is sent', async () => {
  const s = scene()
  const goes: Script = [{ at: 30, act: ({ account }) => account.deregister(revision(1)) }]
  script(s, together(FAILS, goes))
  const { message, report } = await s.fail(WITH_ROLLBACK)
  expect(warned(report)).toEqual([])
  expect(message).toContain(`The service was not put back: ${revision(1)} is not ACTIVE any more`)
  expect(s.bodies('UpdateService')).toHaveLength(1)
})

test('a rerun that attaches to the deployment warns of it as well', async () => {
  const s = scene()
  script(s, together(completes({ after: 100 })))
  await s.succeed({ service: 'web' })
  s.account.deregister(revision(1))
  const report = await s.succeed(WITH_ROLLBACK)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', previousArn: revision(1) } }])
  expect(warned(report)).toEqual([expect.stringContaining(revision(1))])
})
