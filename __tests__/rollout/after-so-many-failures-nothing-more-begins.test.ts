import { expect, test } from '@jest/globals'
import { breakerRollsBack } from '../../stand-in/scripts.ts'
import { outcomes, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']

test.each([
  ['1', 2],
  ['2', 3],
  ['9', 6]
])('stop-after-failures: %s', async (most, moved) => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  for (const name of ['b', 'c', 'e']) s.script(`us-east-1/prod/${name}`, breakerRollsBack())
  const { report } = await s.fail({ clusters: 'prod', 'stop-after-failures': most, 'max-parallel': '1' })
  const all = Object.values(outcomes(report))
  expect(all).toEqual(
    NAMES.map((name, index) => (index >= moved ? 'not-begun' : 'bce'.includes(name) ? 'rolled-back' : 'deployed'))
  )
  expect(s.moves().filter((place, index, moves) => moves.indexOf(place) === index)).toHaveLength(moved)
  expect(s.said[0]?.status).toBe(1)
})

test('what is under way beside the one that fails is followed to its end', async () => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.script('us-east-1/prod/b', breakerRollsBack({ after: 30 }))
  const { report } = await s.fail({ clusters: 'prod', 'max-parallel': '3' })
  expect(Object.values(outcomes(report))).toEqual([
    'deployed',
    'rolled-back',
    'deployed',
    'deployed',
    'not-begun',
    'not-begun'
  ])
})

test('a service that is busy, left alone or refused counts for nothing', async () => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.in('us-east-1').addTaskDefinition(
    { ...s.in('us-east-1').findTaskDefinition('a:1'), family: 'w', networkMode: 'bridge' },
    { unchecked: true }
  )
  s.service('us-east-1', 'prod', 'w')
  const report = await s.succeed({ clusters: 'prod' })
  expect(outcomes(report)['us-east-1/prod/w']).toBe('refused')
  expect(s.moves()).toHaveLength(6)
})
