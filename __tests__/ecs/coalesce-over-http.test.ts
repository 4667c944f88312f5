import { expect, test } from '@jest/globals'
import { coalesce } from '../../src/ecs/coalesce.ts'
import type { Ecs } from '../../src/ecs/ecs.ts'
import { lookAtServiceDeployments } from '../../src/ecs/service-deployments.ts'
import { describeServices, lookAtServices } from '../../src/ecs/services.ts'
import { describeTasks, readTasks } from '../../src/ecs/tasks.ts'
import { StepError } from '../../src/errors.ts'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { completes, neverEnds } from '../../stand-in/scripts.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const NAMES = Array.from({ length: 25 }, (_, index) => `s${index}`)

/** A cluster of services, each with a deployment under way, and the two ways to ask. */
async function setUp(): Promise<{ ecs: Ecs; together: Ecs; arns: string[] }> {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.account.addTaskDefinition(shop())
  const arns = NAMES.map(name => s.account.addService({ cluster: 'prod', name, taskDefinition: 'shop:1' }))
  for (const arn of arns) {
    s.account.scriptRollouts(arn, neverEnds(), completes())
    beginDeployment(s.account, arn, s.arn('task-definition/shop:2'))
  }
  await s.clock.sleep(60)
  const ecs = s.connect()
  return { ecs, together: coalesce(ecs, s.clock), arns }
}

const since = async <T>(act: () => Promise<T>): Promise<[T, string[]]> => {
  const before = scene().calls().length
  return [await act(), scene().calls().slice(before)]
}

test('services: the same states in a tenth of the calls', async () => {
  const { ecs, together } = await setUp()
  const each = (by: Ecs) => () => Promise.all(NAMES.map(name => describeServices(by, 'prod', [name])))
  const [alone, calls] = await since(each(ecs))
  const [joined, fewer] = await since(each(together))
  expect(joined).toEqual(alone)
  expect([calls.length, fewer.length]).toEqual([25, 3])
})

test('one that is not there fails who asked for it, and nobody else', async () => {
  const { together } = await setUp()
  const outcomes = await Promise.allSettled(
    ['s0', 'gone', 's1'].map(name => describeServices(together, 'prod', [name]))
  )
  expect(outcomes).toMatchObject([
    { value: [{ name: 's0' }] },
    { reason: { code: 'service-not-found', message: expect.stringContaining('there is no service gone in') } },
    { value: [{ name: 's1' }] }
  ])
})

test('one that may not be read hides no other, and its error names it', async () => {
  const { together, arns } = await setUp()
  const [denied = ''] = arns
  scene().standIn.fault({
    operation: 'DescribeServices',
    service: 's0',
    kind: 'deny',
    resource: denied,
    times: Infinity
  })
  const looks = await Promise.all(
    arns.slice(0, 4).map(arn => lookAtServices(together, 'prod', [{ arn, eventsSince: 0 }]))
  )
  const seen = looks.map((look, index) => look.get(arns[index] ?? ''))
  expect(seen[0]).toBeInstanceOf(StepError)
  expect(seen[0]).toMatchObject({
    code: 'access-denied',
    message: expect.stringContaining(`"Resource":"${denied}"`)
  })
  expect(seen.slice(1)).toMatchObject([{ name: 's1' }, { name: 's2' }, { name: 's3' }])
})

test('tasks and service deployments: the same as alone', async () => {
  const { ecs, together } = await setUp()
  const states = await describeServices(ecs, 'prod', NAMES)
  const attempts = (by: Ecs) => () =>
    Promise.all(states.map(state => lookAtServiceDeployments(by, [state.serviceDeploymentArn ?? ''])))
  const [alone, calls] = await since(attempts(ecs))
  const [joined, fewer] = await since(attempts(together))
  expect(alone.map(found => found.size)).toEqual(NAMES.map(() => 1))
  expect(joined).toEqual(alone)
  expect([calls.length, fewer.length]).toEqual([25, 2])

  const tasks = await Promise.all(NAMES.map(name => readTasks(ecs, 'prod', name, 'RUNNING')))
  const [same, once] = await since(() =>
    Promise.all(
      NAMES.map((name, index) =>
        describeTasks(
          together,
          'prod',
          name,
          (tasks[index] ?? []).map(({ arn }) => arn)
        )
      )
    )
  )
  expect(tasks.flat().length).toBeGreaterThan(24)
  expect(same).toEqual(tasks)
  expect(once).toEqual(['DescribeTasks'])
})
