import { describe, expect, test } from '@jest/globals'
import { completes, desiredZero } from '../../../stand-in/scripts.ts'
import type { Scene } from '../../support/flow-scene.ts'
import { script, useWeb, WAITING } from '../../support/rollout.ts'

async function isRefused(s: Scene, operation: string): Promise<void> {
  s.standIn.fault({ operation, kind: 'deny', times: Infinity })
  const { code, message, report } = await s.fail(WAITING)
  expect(code).toBe('access-denied')
  expect(message).toContain('nothing was registered or moved')
  expect(message).toContain(`"Action":"ecs:${operation}"`)
  expect(message).toContain('verify-sensor: warn')
  expect(report.registration).toBeUndefined()
  expect(s.revisions('shop')).toBe(1)
  for (const call of ['RegisterTaskDefinition', 'UpdateService']) expect(s.calls()).not.toContain(call)
}

describe.each(['ListTasks', 'DescribeTasks'])('%s', operation => {
  describe('of a service with tasks', () => {
    const scene = useWeb()

    test('under require: nothing is registered', () => isRefused(scene(), operation))

    test.each(['warn', 'off'])('under %s: a warning comes first, and it goes on', async verify => {
      const s = scene()
      script(s, completes())
      s.standIn.fault({ operation, kind: 'deny', times: Infinity })
      const report = await s.succeed({ ...WAITING, 'verify-sensor': verify })
      expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
      const warned = s.events.findIndex(
        event =>
          event.kind === 'noted' && event.note.level === 'warning' && event.note.text.includes(`ecs:${operation}`)
      )
      expect(warned).toBeGreaterThanOrEqual(0)
      expect(warned).toBeLessThan(s.events.findIndex(({ kind }) => kind === 'registered'))
    })
  })

  describe('of a service without tasks', () => {
    const scene = useWeb(0)

    test('under require: nothing is registered', () => isRefused(scene(), operation))
  })
})

describe('a service without tasks', () => {
  const scene = useWeb(0)

  test('is no reason to fail where both are allowed', async () => {
    const s = scene()
    script(s, desiredZero())
    const report = await s.succeed(WAITING)
    expect(s.bodies('DescribeTasks')[0]).toMatchObject({ cluster: 'default', tasks: [expect.any(String)] })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
  })
})

describe('without waiting', () => {
  const scene = useWeb()

  test('neither is asked for', async () => {
    const s = scene()
    for (const operation of ['ListTasks', 'DescribeTasks']) s.standIn.fault({ operation, kind: 'deny' })
    await s.succeed({ service: 'web' })
    expect(s.calls()).not.toContain('ListTasks')
    expect(s.calls()).not.toContain('DescribeTasks')
  })
})
