import { expect, test } from '@jest/globals'
import { ApiError } from '../../stand-in/api-error.ts'
import { outcomes, useFleet } from '../support/fleet-scene.ts'
import { shop } from '../support/flow-definitions.ts'

const scene = useFleet()
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

/** All calls fail from the moment on, as nothing more comes of a process that was killed. */
const killed = { kind: 'error', status: 400, code: 'ExpiredTokenException', message: 'killed' } as const

// The moments lie in the canary's deployment, between two registrations, between registering and moving, and among the last.
test.each([1, 2, 30, 130, 131, 132, 133, 134, 200, 265])('%s s after its beginning', async seconds => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.service('us-east-1', 'stage', 'a-too', { family: 'a' })
  const began = s.clock.now()
  let isKilled = true
  const die = () => {
    if (isKilled && s.clock.now() >= began + seconds * 1000) throw new ApiError(killed.code, killed.message)
  }
  s.standIn.fault({ kind: 'before', act: die, times: Infinity })
  await s.fail({ regions: 'us-east-1', 'max-parallel': '3' })
  isKilled = false
  await s.clock.sleep(1)
  const report = await s.succeed({ regions: 'us-east-1', 'max-parallel': '3' })
  expect(new Set(Object.values(outcomes(report)))).not.toContain('not-begun')
  for (const name of NAMES) expect([name, s.revisions('us-east-1', name)]).toEqual([name, 2])
  const moved = s.calls('UpdateService').filter(({ status }) => status === 200)
  expect(moved).toHaveLength(8)
})

test('what was registered for two revisions of a family is found again, whichever came last', async () => {
  const s = scene()
  const account = s.in('us-east-1')
  s.service('us-east-1', 'prod', 'one', { family: 'shop' })
  account.addTaskDefinition({ ...shop({ family: 'shop' }), cpu: '4096', memory: '8192' })
  s.service('us-east-1', 'prod', 'two', { family: 'shop', taskDefinition: 'shop:2' })
  s.standIn.fault({ kind: 'deny', operation: 'UpdateService', times: 2 })
  await s.fail({ clusters: 'prod', canary: '0' })
  expect(s.revisions('us-east-1', 'shop')).toBe(4)
  await s.succeed({ clusters: 'prod', canary: '0' })
  expect(s.revisions('us-east-1', 'shop')).toBe(4)
  expect(new Set([s.runs('us-east-1/prod/one'), s.runs('us-east-1/prod/two')])).toEqual(new Set(['shop:3', 'shop:4']))
})

test('a deployment to the revision that goes on is followed, not begun again', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'a')
  const began = s.clock.now()
  s.standIn.fault({ kind: 'expired-credentials', from: began + 20_000, times: 1 })
  await s.fail({ clusters: 'prod' })
  const report = await s.succeed({ clusters: 'prod' })
  expect(outcomes(report)).toEqual({ 'us-east-1/prod/a': 'deployed' })
  expect(s.moves()).toHaveLength(1)
})
