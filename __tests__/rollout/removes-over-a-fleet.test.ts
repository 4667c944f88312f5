import { beforeEach, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { entryOf, outcomes, useFleet } from '../support/fleet-scene.ts'
import { shop } from '../support/flow-definitions.ts'

const scene = useFleet()
const REMOVE = { mode: 'remove', clusters: 'prod' }

beforeEach(async () => {
  const s = scene()
  for (const name of ['a', 'b', 'never']) s.service('us-east-1', 'prod', name)
  s.service('us-east-1', 'prod', 'a-too', { family: 'a' })
  await s.succeed({ clusters: 'prod', services: 'a,b,a-too' })
})

test('the sensor is out of each that had one, and that is verified', async () => {
  const s = scene()
  const before = s.changes().length
  const report = await s.succeed(REMOVE)
  expect(outcomes(report)).toEqual({
    'us-east-1/prod/a': 'deployed',
    'us-east-1/prod/a-too': 'deployed',
    'us-east-1/prod/b': 'deployed',
    'us-east-1/prod/never': 'already-running'
  })
  const changes = s
    .changes()
    .slice(before)
    .map(({ operation }) => operation)
  expect(changes.filter(operation => operation === 'RegisterTaskDefinition')).toHaveLength(2)
  for (const place of ['a', 'a-too', 'b']) {
    const { deployment } = entryOf(report, `us-east-1/prod/${place}`)
    expect(deployment?.sensor).toMatchObject({ expected: 'absent', verdict: 'proven', running: 0 })
    const containers = s
      .in('us-east-1')
      .findTaskDefinition(s.runs(`us-east-1/prod/${place}`) ?? '')?.containerDefinitions
    expect(containers?.map(({ name }) => name)).toEqual(['counter'])
  }
  expect(s.runs('us-east-1/prod/never')).toBe('never:1')
})

test('again: nothing is left to do, and nothing is asked of the tasks', async () => {
  const s = scene()
  await s.succeed(REMOVE)
  const before = s.calls().length
  const report = await s.succeed(REMOVE)
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['already-running']))
  expect(
    new Set(
      s
        .calls()
        .slice(before)
        .map(({ operation }) => operation)
    )
  ).toEqual(new Set(['ListServices', 'DescribeServices', 'DescribeTaskDefinition']))
})

test('a task that is nothing but a sensor is refused', async () => {
  const s = scene()
  const sensor = { name: 'sensor', image: 'levoai/pcap-sensor:0.1.9', essential: true }
  s.in('us-east-1').addTaskDefinition(shop({ family: 'lonely', containerDefinitions: [sensor] }))
  s.service('us-east-1', 'prod', 'lonely')
  const report = await s.succeed(REMOVE)
  const { outcome, error } = entryOf(report, 'us-east-1/prod/lonely')
  expect(outcome).toBe('refused')
  expect(error).toBeInstanceOf(StepError)
})

test('a dry run says which would change', async () => {
  const s = scene()
  const before = s.changes().length
  await s.succeed({ ...REMOVE, 'dry-run': 'true' })
  expect(s.changes()).toHaveLength(before)
  expect(s.said[1]?.summary).toContain('3 would change, 1 unchanged')
})
