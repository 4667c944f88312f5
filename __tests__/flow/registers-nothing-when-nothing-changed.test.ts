import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../stand-in/json.ts'
import { containerOf, counter, listOf, shop } from '../support/flow-definitions.ts'
import { type Inputs, useScene } from '../support/flow-scene.ts'

const scene = useScene()

/** Runs twice with the same inputs and expects the second run to find that nothing is left to do. */
async function twice(inputs: Inputs): Promise<void> {
  const s = scene()
  const first = await s.succeed(inputs)
  expect(first).toMatchObject({ changed: true, registration: { outcome: 'registered' } })
  const arn = first.registration?.arn
  s.standIn.requests.length = 0
  const second = await s.succeed(inputs)
  expect(s.calls()).not.toContain('RegisterTaskDefinition')
  expect(second).toMatchObject({ changed: false, baseArn: arn, registration: { arn, outcome: 'unchanged' } })
}

test('from a file', async () => {
  await scene().file('shop.json', shop())
  await twice({ 'task-definition': 'shop.json' })
  expect(scene().calls()).toEqual(['DescribeTaskDefinition'])
})

test('from a family', async () => {
  scene().account.addTaskDefinition(shop())
  await twice({ 'task-definition-family': 'shop' })
  expect(scene().revisions('shop')).toBe(2)
})

test('from what a service runs', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.account.addService({ name: 'web', taskDefinition: 'shop' })
  await twice({ service: 'web' })
  expect(s.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition', 'DescribeServices'])
})

test('from an ARN that has the sensor already', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  const arn = s.arn('task-definition/shop:2')
  const report = await s.succeed({ 'task-definition-arn': arn })
  expect(report).toMatchObject({ changed: false, registration: { arn, outcome: 'unchanged' } })
  expect(s.revisions('shop')).toBe(2)
})

describe('whatever ECS fills in, orders or respells', () => {
  test.each<[string, JsonObject]>([
    ['the environment in another order', {}],
    ['task sizes in vCPU and GB', { cpu: '2 vCPU', memory: '4GB' }],
    ['no list of compatibilities', { requiresCompatibilities: undefined }],
    ['empty lists', { volumes: [], placementConstraints: [] }],
    ['null members', { pidMode: null, volumes: null }],
    [
      'a container that does not say that it is essential',
      { containerDefinitions: [counter({ essential: undefined })] }
    ],
    ['a container without cpu', { containerDefinitions: [counter({ cpu: undefined })] }],
    [
      'port mappings in full',
      { containerDefinitions: [counter({ portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }] })] }
    ],
    [
      'a host port of 0, which awsvpc takes as the container port',
      { containerDefinitions: [counter({ portMappings: [{ containerPort: 80, hostPort: 0 }] })] }
    ],
    ['sizes of a container as text', { containerDefinitions: [counter({ cpu: '256', memory: '512' })] }],
    ['a port as text', { containerDefinitions: [counter({ portMappings: [{ containerPort: '80' }] })] }],
    [
      'secrets',
      {
        containerDefinitions: [
          counter({
            secrets: ['B', 'A'].map(name => ({ name, valueFrom: `arn:aws:ssm:us-east-1:1:parameter/${name}` }))
          })
        ]
      }
    ]
  ])('%s', async (_spelling, changes) => {
    await scene().file('shop.json', shop(changes))
    await twice({ 'task-definition': 'shop.json' })
  })

  test('the defaults of a health check', async () => {
    const s = scene()
    await s.file('shop.json', shop({ containerDefinitions: [counter({ healthCheck: { command: ['CMD', 'true'] } })] }))
    // API reference, HealthCheck: interval 30, timeout 5, retries 3 when they are not given.
    const change = (answer: JsonObject): JsonObject => {
      const definition = answer.taskDefinition as JsonObject
      const containerDefinitions = listOf(definition.containerDefinitions).map(container =>
        container.healthCheck === undefined
          ? container
          : {
              ...container,
              healthCheck: { interval: 30, timeout: 5, retries: 3, ...(container.healthCheck as object) }
            }
      )
      return { ...answer, taskDefinition: { ...definition, containerDefinitions } }
    }
    await s.succeed({ 'task-definition': 'shop.json' })
    s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'answer', change })
    expect(await s.succeed({ 'task-definition': 'shop.json' })).toMatchObject({ changed: false })
  })

  test("AWS's tags and marks of other runs", async () => {
    const s = scene()
    await s.file('shop.json', shop({ tags: [{ key: 'team', value: 'shop' }] }))
    const { registration } = await s.succeed({ 'task-definition': 'shop.json', tags: 'stage=test' })
    const arn = registration?.arn ?? ''
    s.account.tags.set(arn, [
      { key: 'levoai:run', value: 'another' },
      { key: 'stage', value: 'test' },
      { key: 'aws:x', value: 'y' },
      { key: 'team', value: 'shop' }
    ])
    const report = await s.succeed({ 'task-definition': 'shop.json', tags: 'stage=test' })
    expect(report).toMatchObject({ changed: false, registration: { arn } })
  })
})

test('a sensor that was registered by hand as the inputs ask for is left as it is', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  const body = s.body('RegisterTaskDefinition')
  const byHand = {
    ...shop({ family: 'other' }),
    containerDefinitions: [containerOf(body, 'levo-pcap-sensor'), counter()]
  }
  s.account.addTaskDefinition(byHand)
  const report = await s.succeed({ 'task-definition-family': 'other' })
  expect(report.changed).toBe(false)
})
