import {
  DescribeServicesCommand,
  type ECSClient,
  type LaunchType,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  paginateListServices
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { ec2Bridge, fargate } from './definitions.ts'
import { rawCall } from './raw-call.ts'
import { sdkClient } from './sdk-client.ts'

const PREFIX = 'arn:aws:ecs:us-east-1:123456789012'

let standIn: StandIn
let client: ECSClient
beforeEach(async () => {
  standIn = await startStandIn()
  client = sdkClient(standIn)
})
afterEach(async () => {
  client.destroy()
  await standIn.close()
})

function addServices(count: number): void {
  standIn.account.addTaskDefinition(fargate())
  for (let index = 0; index < count; index += 1) {
    standIn.account.addService({ cluster: 'prod', name: `s${index}`, taskDefinition: 'web' })
  }
}

describe('ListServices', () => {
  const list = (request: { maxResults?: number; nextToken?: string }) =>
    client.send(new ListServicesCommand({ cluster: 'prod', ...request }))

  test('gives ten if not asked for more, and at most a hundred', async () => {
    addServices(101)
    expect((await list({})).serviceArns).toHaveLength(10)
    const { serviceArns, nextToken = '' } = await list({ maxResults: 100 })
    expect(serviceArns).toHaveLength(100)
    const rest = await list({ maxResults: 100, nextToken })
    expect(rest.serviceArns).toEqual([`${PREFIX}:service/prod/s100`])
    expect(rest).not.toHaveProperty('nextToken')
    await expect(list({ maxResults: 101 })).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(list({ maxResults: 0 })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('pages lose and repeat nothing', async () => {
    addServices(25)
    const found: string[] = []
    for await (const { serviceArns = [] } of paginateListServices({ client, pageSize: 7 }, { cluster: 'prod' })) {
      expect(serviceArns.length).toBeLessThanOrEqual(7)
      found.push(...serviceArns)
    }
    expect(found).toEqual(Array.from({ length: 25 }, (_, index) => `${PREFIX}:service/prod/s${index}`))
    expect(standIn.requests).toHaveLength(4)
  })

  test('a page has an end even if its list ends with it', async () => {
    addServices(10)
    expect(await list({})).not.toHaveProperty('nextToken')
  })

  test('refuses a token that it did not give', async () => {
    addServices(20)
    await expect(list({ nextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
    const { nextToken = '' } = await list({})
    const elsewhere = client.send(new ListClustersCommand({ nextToken }))
    await expect(elsewhere).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('knows its cluster, leaves INACTIVE services out and filters', async () => {
    addServices(1)
    standIn.account.addTaskDefinition(ec2Bridge())
    standIn.account.addService({
      cluster: 'prod',
      name: 'ec2',
      taskDefinition: 'bridged',
      schedulingStrategy: 'DAEMON'
    })
    standIn.account.addService({ cluster: 'prod', name: 'gone', taskDefinition: 'web', status: 'INACTIVE' })
    standIn.account.addService({ name: 'elsewhere', taskDefinition: 'web' })
    const names = async (request: object) => {
      const { serviceArns = [] } = await client.send(new ListServicesCommand({ cluster: 'prod', ...request }))
      return serviceArns.map(arn => arn.replace(/.*\//, ''))
    }
    expect(await names({})).toEqual(['s0', 'ec2'])
    expect(await names({ launchType: 'FARGATE' })).toEqual(['s0'])
    expect(await names({ schedulingStrategy: 'DAEMON' })).toEqual(['ec2'])
    expect(await names({ cluster: undefined })).toEqual(['elsewhere'])
    await expect(names({ cluster: 'none' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' })
  })

  test('under a launch type there is no service on a capacity provider strategy', async () => {
    addServices(1)
    for (const capacityProvider of ['FARGATE', 'FARGATE_SPOT']) {
      standIn.account.addService({
        cluster: 'prod',
        name: capacityProvider.toLowerCase(),
        taskDefinition: 'web',
        capacityProviderStrategy: [{ capacityProvider, weight: 1 }]
      })
    }
    const count = async (launchType?: LaunchType) => {
      const request = launchType === undefined ? {} : { launchType }
      return (await client.send(new ListServicesCommand({ cluster: 'prod', ...request }))).serviceArns?.length
    }
    expect(await count()).toBe(3)
    expect(await count('FARGATE')).toBe(1)
    expect(await count('EC2')).toBe(0)
  })

  test('who manages the resources is the customer if nothing is said', async () => {
    addServices(2)
    const express = { cluster: 'prod', name: 'express', taskDefinition: 'web', resourceManagementType: 'ECS' }
    standIn.account.addService(express)
    const managedBy = async (resourceManagementType: 'CUSTOMER' | 'ECS') => {
      const { serviceArns } = await client.send(new ListServicesCommand({ cluster: 'prod', resourceManagementType }))
      return serviceArns?.map(arn => arn.replace(/.*\//, ''))
    }
    expect(await managedBy('CUSTOMER')).toEqual(['s0', 's1'])
    expect(await managedBy('ECS')).toEqual(['express'])
  })

  test('a service that is DRAINING is described, but not listed', async () => {
    addServices(1)
    standIn.account.addService({ cluster: 'prod', name: 'draining', taskDefinition: 'web', status: 'DRAINING' })
    expect((await list({})).serviceArns).toEqual([`${PREFIX}:service/prod/s0`])
    const { services } = await client.send(new DescribeServicesCommand({ cluster: 'prod', services: ['draining'] }))
    expect(services).toMatchObject([{ status: 'DRAINING' }])
  })
})

describe('ListClusters', () => {
  test('gives a hundred if not asked for fewer', async () => {
    for (let index = 0; index < 101; index += 1) standIn.account.addCluster(`c${index}`)
    const { clusterArns, nextToken = '' } = await client.send(new ListClustersCommand({}))
    expect(clusterArns).toHaveLength(100)
    const rest = await client.send(new ListClustersCommand({ nextToken }))
    expect(rest.clusterArns).toEqual([`${PREFIX}:cluster/c100`])
  })
})

test.each([
  ['ListClusters', { maxResults: 0 }],
  ['ListClusters', { maxResults: 101 }],
  ['ListTaskDefinitionFamilies', { maxResults: 0 }],
  ['ListTaskDefinitionFamilies', { maxResults: 101 }],
  ['ListTaskDefinitionFamilies', { status: 'DELETE_IN_PROGRESS' }],
  ['ListTaskDefinitions', { status: 'ALL' }],
  ['ListTaskDefinitions', { sort: 'NAME' }],
  ['ListServices', { launchType: 'FARGATE_SPOT' }],
  ['ListServices', { schedulingStrategy: 'ANY' }],
  ['ListServices', { resourceManagementType: 'AWS' }],
  ['ListTasks', { desiredStatus: 'ANY' }]
])('%s refuses %j', async (operation, request) => {
  standIn.account.addCluster('default')
  expect((await rawCall(standIn, operation, request)).body).toMatchObject({ __type: 'InvalidParameterException' })
})

test('pageSize caps every page', async () => {
  const small = await startStandIn({ pageSize: 2 })
  const smallClient = sdkClient(small)
  for (const name of ['a', 'b', 'c']) small.account.addCluster(name)
  const first = await smallClient.send(new ListClustersCommand({ maxResults: 50 }))
  expect(first.clusterArns).toEqual([`${PREFIX}:cluster/a`, `${PREFIX}:cluster/b`])
  const { nextToken = '' } = first
  expect((await smallClient.send(new ListClustersCommand({ nextToken }))).clusterArns).toEqual([`${PREFIX}:cluster/c`])
  smallClient.destroy()
  await small.close()
})

describe('task definitions', () => {
  beforeEach(() => {
    for (const family of ['web', 'web', 'api', 'web-two', 'old']) {
      standIn.account.addTaskDefinition(fargate({ family }))
    }
    standIn.account.deregister('web:1')
    standIn.account.deregister('old:1')
  })

  test.each([
    [{}, ['api:1', 'web:2', 'web-two:1']],
    [{ sort: 'DESC' as const }, ['web-two:1', 'web:2', 'api:1']],
    [{ familyPrefix: 'web' }, ['web:2']],
    [{ status: 'INACTIVE' as const }, ['old:1', 'web:1']]
  ])('are listed by %j', async (request, names) => {
    const { taskDefinitionArns } = await client.send(new ListTaskDefinitionsCommand(request))
    expect(taskDefinitionArns).toEqual(names.map(name => `${PREFIX}:task-definition/${name}`))
  })

  test.each([
    [{}, ['api', 'old', 'web', 'web-two']],
    [{ status: 'ACTIVE' as const }, ['api', 'web', 'web-two']],
    [{ status: 'INACTIVE' as const }, ['old']],
    [{ familyPrefix: 'web' }, ['web', 'web-two']],
    [{ familyPrefix: 'web', status: 'ACTIVE' as const, maxResults: 1 }, ['web']]
  ])('families are listed by %j', async (request, names) => {
    expect((await client.send(new ListTaskDefinitionFamiliesCommand(request))).families).toEqual(names)
  })
})
