import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../stand-in/json.ts'
import { type FleetScene, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()
const NAMES = ['a', 'b', 'c', 'd', 'e']

function sensorsOf(s: FleetScene, place: string): number {
  const revision = s.in('us-east-1').findTaskDefinition(s.runs(place) ?? '')
  const containers = (revision?.containerDefinitions ?? []) as JsonObject[]
  return containers.filter(({ image }) => String(image).includes('pcap-sensor')).length
}

// The second begins with the first, while its canary is followed, between its canary and the others, and among these.
test.each([0, 0.3, 5, 131, 132, 140])('the second one %s s after the first', async seconds => {
  const s = scene()
  s.isShared = true
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.service('us-east-1', 'stage', 'a-too', { family: 'a' })
  const inputs = { regions: 'us-east-1', 'stop-after-failures': '9' }
  const second = async () => {
    if (seconds > 0) await s.clock.sleep(seconds)
    return s.run(inputs)
  }
  const reports = await Promise.all([s.run(inputs), second()])
  for (const report of reports) expect(report.entries).toHaveLength(6)
  for (const name of NAMES) {
    expect([name, sensorsOf(s, `us-east-1/prod/${name}`)]).toEqual([name, 1])
    expect(s.revisions('us-east-1', name)).toBeLessThanOrEqual(3)
  }
  expect(sensorsOf(s, 'us-east-1/stage/a-too')).toBe(1)
  // A third one finds nothing left to do.
  const before = s.changes().length
  await s.succeed(inputs)
  expect(s.changes()).toHaveLength(before)
})
