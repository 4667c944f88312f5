import { expect, test } from '@jest/globals'
import { outcomes, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']

test.each([
  ['before anything is planned', 0.1, {}],
  ['while the canary is followed', 30, { 'timed-out': 1 }],
  ['while others are followed', 160, { deployed: 1, 'timed-out': 2 }]
])('%s: the run ends, the rest is listed as not begun', async (_name, seconds, expected) => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.standIn.fault({ kind: 'expired-credentials', from: s.clock.now() + seconds * 1000 })
  const { report, code, message } = await s.fail({ clusters: 'prod', 'max-parallel': '2', 'stop-after-failures': '9' })
  expect(code).toBe('bad-credentials')
  expect(message).toContain('expired')
  const results = JSON.parse(s.said[0]?.results ?? '') as { outcome: string }[]
  const counts = Object.fromEntries(
    [...Map.groupBy(results, each => each.outcome)].map(([name, { length }]) => [name, length])
  )
  const begun = Object.values(expected).reduce((sum, each) => sum + each, 0)
  expect(counts).toEqual(seconds < 1 ? {} : { ...expected, 'not-begun': 6 - begun })
  expect(report.entries).toHaveLength(seconds < 1 ? 0 : 6)
  // What was begun stays: nothing is put back blindly.
  expect(s.moves()).toHaveLength(begun)
})

test('in the plan: no service is refused for it', async () => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.standIn.fault({ kind: 'expired-credentials', operation: 'DescribeTaskDefinition', skip: 2 })
  const { report, code } = await s.fail({ clusters: 'prod' })
  expect(code).toBe('bad-credentials')
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set([undefined]))
  const results = JSON.parse(s.said[0]?.results ?? '') as { outcome: string }[]
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['not-begun']))
  expect(s.changes()).toEqual([])
})

test('between registering and moving: nothing was begun there', async () => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.standIn.fault({ kind: 'expired-credentials', operation: 'UpdateService' })
  const { report } = await s.fail({ clusters: 'prod', canary: '0', 'max-parallel': '2', 'stop-after-failures': '9' })
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['not-begun']))
})
