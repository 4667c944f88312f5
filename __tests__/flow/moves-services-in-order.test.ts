import { describe, expect, test } from '@jest/globals'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

function services(...names: string[]): void {
  const { account } = scene()
  account.addTaskDefinition(shop())
  for (const name of names) account.addService({ cluster: 'prod', name, taskDefinition: 'shop:1', desiredCount: 2 })
}

test('one service: looked at, read, registered, looked at again, moved, marked', async () => {
  services('web')
  const s = scene()
  const report = await s.succeed({ cluster: 'prod', service: 'web' })
  expect(s.calls()).toEqual([
    'DescribeServices',
    'DescribeTaskDefinition',
    'RegisterTaskDefinition',
    'DescribeServices',
    'UpdateService',
    'TagResource'
  ])
  const arn = s.arn('task-definition/shop:2')
  expect(s.body('UpdateService')).toEqual({
    cluster: 'prod',
    service: 'web',
    taskDefinition: arn
  })
  const service = s.account.services.get(s.arn('service/prod/web'))
  expect(report.services).toEqual([
    {
      kind: 'moved',
      deployment: {
        service: 'web',
        outcome: 'started',
        begun: true,
        previousArn: s.arn('task-definition/shop:1'),
        arn,
        deploymentId: service?.deployments[0]?.id,
        serviceDeploymentArn: service?.currentServiceDeployment,
        notes: []
      }
    }
  ])
  expect(service).toMatchObject({ taskDefinition: arn, desiredCount: 2 })
})

describe('what else is asked for is sent, and only that', () => {
  test.each([
    [{ 'force-new-deployment': 'true' }, { forceNewDeployment: true }],
    [{ 'force-new-deployment': 'false' }, { forceNewDeployment: false }],
    [{ 'desired-count': '3' }, { desiredCount: 3 }],
    [{ 'desired-count': '0' }, { desiredCount: 0 }],
    [{ 'propagate-tags': 'SERVICE' }, { propagateTags: 'SERVICE' }],
    [{ 'enable-ecs-managed-tags': 'true' }, { enableECSManagedTags: true }]
  ])('%j', async (inputs, members) => {
    services('web')
    const s = scene()
    await s.succeed({ cluster: 'prod', service: 'web', ...inputs })
    const { cluster: _cluster, service: _service, taskDefinition: _revision, ...others } = s.body('UpdateService')
    expect(others).toEqual(members)
  })
})

test('several services are moved one after the other, in the order given', async () => {
  services('c', 'a', 'b')
  const s = scene()
  const report = await s.succeed({ cluster: 'prod', service: 'c\na,b' })
  expect(s.calls().slice(3)).toEqual([
    'DescribeServices',
    ...['UpdateService', 'TagResource'],
    ...['UpdateService', 'TagResource'],
    ...['UpdateService', 'TagResource']
  ])
  expect(s.bodies('UpdateService').map(({ service }) => service)).toEqual(['c', 'a', 'b'])
  expect(report.services).toMatchObject(
    ['c', 'a', 'b'].map(service => ({ deployment: { service, outcome: 'started' } }))
  )
  expect(s.revisions('shop')).toBe(2)
})

test('twelve services are looked at in tens', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `s${index + 1}`)
  services(...names)
  const s = scene()
  await s.succeed({ cluster: 'prod', service: names.join('\n') })
  expect(s.calls().slice(0, 4)).toEqual([
    'DescribeServices',
    'DescribeServices',
    'DescribeTaskDefinition',
    'RegisterTaskDefinition'
  ])
  const looks = s.bodies('DescribeServices').map(body => body.services)
  expect(looks).toEqual([names.slice(0, 10), names.slice(10), names.slice(0, 10), names.slice(10)])
  expect(s.bodies('UpdateService')).toHaveLength(12)
  for (const name of names) expect(s.runs(name, 'prod')).toBe(s.arn('task-definition/shop:2'))
})

test('a service that is named twice, by name and by ARN, is moved once', async () => {
  services('web')
  const s = scene()
  const service = `web,web,${s.arn('service/prod/web')}`
  const report = await s.succeed({ cluster: 'prod', service, 'force-new-deployment': 'true' })
  expect(s.bodies('UpdateService')).toHaveLength(1)
  expect(report.services).toHaveLength(1)
})

test('without a service nothing is looked at or moved', async () => {
  services('web')
  const s = scene()
  const report = await s.succeed({ 'task-definition-family': 'shop', cluster: 'prod' })
  expect(s.calls()).toEqual(['DescribeTaskDefinition', 'RegisterTaskDefinition'])
  expect(report.services).toBeUndefined()
  expect(s.runs('web', 'prod')).toBe(s.arn('task-definition/shop:1'))
})

test('the events come as things become true', async () => {
  services('web')
  const s = scene()
  await s.succeed({ cluster: 'prod', service: 'web' })
  const kinds = s.events.map(({ kind }) => kind).filter(kind => kind !== 'noted')
  expect(kinds).toEqual(['sourced', 'rendered', 'compared', 'planned', 'registered', 'service'])
})
