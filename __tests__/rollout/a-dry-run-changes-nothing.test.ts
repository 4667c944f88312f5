import { expect, test } from '@jest/globals'
import { entryOf, outcomes, useFleet } from '../support/fleet-scene.ts'
import { counter, shop } from '../support/flow-definitions.ts'

const scene = useFleet()

test('it says what would change, what is there, what is refused, and what it adds', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'done')
  await s.succeed({ clusters: 'prod' })
  const small = { cpu: '256', memory: '512', containerDefinitions: [counter({ cpu: 256, memory: 512 })] }
  s.in('us-east-1').addTaskDefinition(shop({ family: 'small', ...small }))
  for (const name of ['new', 'small']) s.service('us-east-1', 'prod', name)
  const before = s.changes().length
  const report = await s.succeed({ clusters: 'prod', 'dry-run': 'true' })
  expect(s.changes()).toHaveLength(before)
  expect(outcomes(report)).toEqual({
    'us-east-1/prod/done': undefined,
    'us-east-1/prod/new': undefined,
    'us-east-1/prod/small': 'refused'
  })
  expect(entryOf(report, 'us-east-1/prod/new')).toMatchObject({ changed: true, adds: { cpu: 512, memory: 512 } })
  expect(entryOf(report, 'us-east-1/prod/done')).toMatchObject({ changed: false, adds: { cpu: 0, memory: 0 } })
  const { log = '', summary = '', outputs = {} } = s.said[1] ?? {}
  expect(log).toContain('us-east-1/prod/new: would get a new revision; each task: +512 CPU units, +512 MiB')
  expect(log).toContain('us-east-1/prod/small: refused: the sensor does not fit')
  expect(log).toContain('us-east-1/prod/done: nothing to change')
  expect(summary).toContain('1 would change, 1 unchanged, 1 refused')
  expect(outputs).toMatchObject({ changed: 'true' })
  expect(outputs).not.toHaveProperty('deployment-outcome')

  const grown = await s.succeed({ clusters: 'prod', 'dry-run': 'true', 'task-size': 'grow' })
  expect(entryOf(grown, 'us-east-1/prod/small').adds?.size).toBe('256/1024')
  expect(s.changes()).toHaveLength(before)
})

test('a service that is busy, or in the middle of being moved, is planned for as any other', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'a')
  await s.run({ clusters: 'prod', 'wait-for-minutes': '1', 'rollback-on-failure': 'false' })
  const before = s.changes().length
  const report = await s.succeed({ clusters: 'prod', 'dry-run': 'true' })
  expect(entryOf(report, 'us-east-1/prod/a').changed).toBe(false)
  expect(s.changes()).toHaveLength(before)
})

test('who owns a service is said in the plan already, and in the run once', async () => {
  const s = scene()
  const stack = { key: 'aws:cloudformation:stack-name', value: 'shop' }
  s.service('us-east-1', 'prod', 'stacked', { tags: [stack] })
  s.service('us-east-1', 'prod', 'free')
  const warning = '::warning::us-east-1/prod/stacked: stacked belongs to the CloudFormation stack shop'
  await s.succeed({ clusters: 'prod', 'dry-run': 'true' })
  await s.succeed({ clusters: 'prod' })
  await s.succeed({ clusters: 'prod', mode: 'remove', 'dry-run': 'true' })
  expect(s.said.map(({ log }) => log.split(warning).length - 1)).toEqual([1, 1, 0])
  expect(s.said[1]?.summary).toContain('drops the sensor')
})
