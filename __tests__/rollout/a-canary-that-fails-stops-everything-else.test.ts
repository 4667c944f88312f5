import { expect, test } from '@jest/globals'
import { breakerRollsBack, completes, sensorStops, together } from '../../stand-in/scripts.ts'
import { outcomes, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()
const NAMES = ['a', 'b', 'c', 'd']

test.each([
  ['its deployment fails', breakerRollsBack()],
  ['its sensor stops', together(completes(), sensorStops({ runningFor: 30 }))]
])('%s', async (_name, script) => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.script('us-east-1/prod/a', script)
  const { report, message } = await s.fail({ clusters: 'prod', 'stop-after-failures': '5' })
  expect(outcomes(report)).toEqual({
    'us-east-1/prod/a': 'rolled-back',
    ...Object.fromEntries(['b', 'c', 'd'].map(name => [`us-east-1/prod/${name}`, 'not-begun']))
  })
  expect(message).toContain('4 of 4 services')
  expect(message).toContain('3 not begun')
  expect(s.runs('us-east-1/prod/a')).toBe('a:1')
  for (const name of ['b', 'c', 'd']) expect(s.revisions('us-east-1', name)).toBe(1)
  expect(JSON.parse(s.said[0]?.results ?? '')).toHaveLength(4)
})

test('several canaries: what was begun with it is followed to its end', async () => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.script('us-east-1/prod/a', breakerRollsBack({ after: 30 }))
  const { report } = await s.fail({ clusters: 'prod', canary: '2' })
  expect(Object.values(outcomes(report))).toEqual(['rolled-back', 'deployed', 'not-begun', 'not-begun'])
})

test('a service without tasks shows nothing: another one is the canary', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'asleep', { desiredCount: 0 })
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  await s.succeed({ clusters: 'prod' })
  expect(s.moves()[0]).toBe('us-east-1/prod/a')
  expect(s.moves()).toHaveLength(5)
})

test('a service that has it already is none either, and one whose sensor is dead holds up nobody', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'a')
  s.script('us-east-1/prod/a', together(completes(), sensorStops({ runningFor: 150 })))
  await s.succeed({ clusters: 'prod' })
  await s.clock.sleep(100)
  for (const name of ['b', 'c']) s.service('us-east-1', 'prod', name)
  const { report, code } = await s.fail({ clusters: 'prod' })
  expect(code).toBe('sensor-not-running')
  expect(Object.values(outcomes(report))).toEqual(['failed', 'deployed', 'deployed'])
  expect(s.runs('us-east-1/prod/a')).toBe('a:2')
})
