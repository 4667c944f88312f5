import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  type ECSClient,
  type Service,
  UpdateServiceCommand,
  type UpdateServiceRequest
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { ec2Bridge, fargate } from './definitions.ts'
import { rawCall } from './raw-call.ts'
import { sdkClient } from './sdk-client.ts'

const PREFIX = 'arn:aws:ecs:us-east-1:123456789012'
const WEB = `${PREFIX}:task-definition/web`

let standIn: StandIn
let client: ECSClient
beforeEach(async () => {
  standIn = await startStandIn()
  client = sdkClient(standIn)
  standIn.account.addTaskDefinition(fargate())
  standIn.account.addTaskDefinition(fargate())
  standIn.account.addTaskDefinition(ec2Bridge())
  standIn.account.addService({
    cluster: 'prod',
    name: 'web',
    taskDefinition: `${WEB}:1`,
    desiredCount: 2,
    tags: [{ key: 'a', value: 'b' }]
  })
})
afterEach(async () => {
  client.destroy()
  await standIn.close()
})

const describeServices = (services: string[], cluster: string | undefined = 'prod', include?: ['TAGS']) =>
  client.send(new DescribeServicesCommand({ cluster, services, ...(include && { include }) }))
const update = (request: Partial<UpdateServiceRequest>) =>
  client.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', ...request }))

async function web(): Promise<Service> {
  const [service] = (await describeServices(['web'])).services ?? []
  if (service === undefined) throw new Error('no service web')
  return service
}

describe('DescribeServices', () => {
  test('gives a service with its one finished deployment', async () => {
    const service = await web()
    expect(service).toMatchObject({
      serviceArn: `${PREFIX}:service/prod/web`,
      clusterArn: `${PREFIX}:cluster/prod`,
      status: 'ACTIVE',
      launchType: 'FARGATE',
      taskDefinition: `${WEB}:1`,
      desiredCount: 2,
      runningCount: 2,
      pendingCount: 0
    })
    expect(service.deployments).toHaveLength(1)
    expect(service.deployments?.[0]).toMatchObject({
      id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
      status: 'PRIMARY',
      rolloutState: 'COMPLETED',
      rolloutStateReason: `ECS deployment ${service.deployments?.[0]?.id} completed.`,
      taskDefinition: `${WEB}:1`,
      createdAt: expect.any(Date)
    })
    expect(service.currentServiceDeployment).toMatch(
      /^arn:aws:ecs:us-east-1:123456789012:service-deployment\/prod\/web\/[\w-]{21}$/
    )
    expect(service.events?.[0]?.message).toBe('(service web) has reached a steady state.')
  })

  test('takes names, ARNs and old short ARNs, and the cluster either way', async () => {
    for (const reference of ['web', `${PREFIX}:service/prod/web`, `${PREFIX}:service/web`]) {
      for (const cluster of ['prod', `${PREFIX}:cluster/prod`]) {
        expect((await describeServices([reference], cluster)).services).toHaveLength(1)
      }
    }
  })

  test('gives tags only when asked', async () => {
    expect(await web()).not.toHaveProperty('tags')
    const { services } = await describeServices(['web'], 'prod', ['TAGS'])
    expect(services?.[0]?.tags).toEqual([{ key: 'a', value: 'b' }])
  })

  test('names the missing ones', async () => {
    const { services, failures } = await describeServices(['web', 'none'])
    expect(services).toHaveLength(1)
    expect(failures).toEqual([{ arn: `${PREFIX}:service/prod/none`, reason: 'MISSING' }])
  })

  test('refuses more than ten, none, an unknown cluster and a service of another cluster', async () => {
    const eleven = Array.from({ length: 11 }, (_, index) => `s${index}`)
    await expect(describeServices(eleven)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(describeServices(eleven.slice(1))).resolves.toBeDefined()
    await expect(describeServices([])).rejects.toMatchObject({ name: 'InvalidParameterException' })
    const notFound = { name: 'ClusterNotFoundException', message: 'Cluster not found.' }
    await expect(describeServices(['web'], 'none')).rejects.toMatchObject(notFound)
    await expect(client.send(new DescribeServicesCommand({ services: ['web'] }))).rejects.toMatchObject(notFound)
    standIn.account.addCluster('default')
    const fromElsewhere = client.send(new DescribeServicesCommand({ services: [`${PREFIX}:service/prod/web`] }))
    await expect(fromElsewhere).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid identifier: Identifier is for cluster prod. Your cluster is default'
    })
  })
})

describe('UpdateService', () => {
  test.each(['web', 'web:2', `${WEB}:2`])('starts a deployment of %s', async taskDefinition => {
    const before = await web()
    const { service } = await update({ taskDefinition })
    expect(service?.taskDefinition).toBe(`${WEB}:2`)
    const [primary, active] = service?.deployments ?? []
    expect(primary).toMatchObject({
      status: 'PRIMARY',
      taskDefinition: `${WEB}:2`,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${primary?.id} in progress.`,
      desiredCount: 2,
      runningCount: 0
    })
    expect(active).toMatchObject({ status: 'ACTIVE', id: before.deployments?.[0]?.id, runningCount: 2 })
    expect(service?.currentServiceDeployment).not.toBe(before.currentServiceDeployment)
    expect(await web()).toEqual(service)
  })

  test('of what runs already starts none, unless forced', async () => {
    expect((await update({ taskDefinition: 'web:1' })).service?.deployments).toHaveLength(1)
    const { service } = await update({ taskDefinition: 'web:1', forceNewDeployment: true })
    expect(service?.deployments).toHaveLength(2)
    expect((await update({ forceNewDeployment: true })).service?.deployments).toHaveLength(3)
  })

  test('keeps other settings without a deployment', async () => {
    const settings = { desiredCount: 5, propagateTags: 'SERVICE', enableECSManagedTags: true } as const
    expect((await update(settings)).service).toMatchObject(settings)
    const service = await web()
    expect(service).toMatchObject(settings)
    expect(service.deployments).toMatchObject([{ desiredCount: 5, rolloutState: 'COMPLETED' }])
  })

  test('refuses an unknown and an INACTIVE revision', async () => {
    await expect(update({ taskDefinition: 'web:9' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Unable to describe task definition.'
    })
    standIn.account.deregister('web:2')
    await expect(update({ taskDefinition: 'web:2' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition is inactive'
    })
  })

  test('refuses a revision that the launch type can not run', async () => {
    await expect(update({ taskDefinition: 'bridged' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Task definition does not support launch_type FARGATE.'
    })
    expect((await web()).taskDefinition).toBe(`${WEB}:1`)
  })

  test.each([
    [
      'CODE_DEPLOY',
      'Unable to update task definition on services with a CODE_DEPLOY deployment controller. ' +
        'Use AWS CodeDeploy to trigger a new deployment.'
    ],
    [
      'EXTERNAL',
      'Unable to update task definition on services with an EXTERNAL deployment controller. ' +
        'Use task sets to trigger a new deployment.'
    ]
  ])('leaves the task definition of a %s service alone', async (type, message) => {
    const seed = { cluster: 'prod', name: 'other', taskDefinition: 'web:1', deploymentController: { type } }
    standIn.account.addService(seed)
    const refused = { name: 'InvalidParameterException', message }
    await expect(update({ service: 'other', taskDefinition: 'web:2' })).rejects.toMatchObject(refused)
    const forced = update({ service: 'other', forceNewDeployment: true })
    await expect(forced).rejects.toMatchObject({ name: 'InvalidParameterException', message: /^Cannot force/ })
    const { service } = await update({ service: 'other', desiredCount: 3 })
    expect(service?.desiredCount).toBe(3)
    expect(service).not.toHaveProperty('currentServiceDeployment')
    for (const deployment of service?.deployments ?? []) expect(deployment).not.toHaveProperty('rolloutState')
  })

  test.each(['INACTIVE', 'DRAINING'] as const)('refuses a service that is %s', async status => {
    standIn.account.addService({ cluster: 'prod', name: 'gone', taskDefinition: 'web:1', status })
    await expect(update({ service: 'gone', taskDefinition: 'web:2' })).rejects.toMatchObject({
      name: 'ServiceNotActiveException',
      message: 'Service was not ACTIVE.'
    })
  })

  test('refuses a service and a cluster that are not there', async () => {
    await expect(update({ service: 'none' })).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
      message: 'Service not found.'
    })
    await expect(update({ cluster: 'none' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' })
  })

  test('refuses a desired count for a DAEMON', async () => {
    const seed = { cluster: 'prod', name: 'daemon', taskDefinition: 'bridged', schedulingStrategy: 'DAEMON' }
    standIn.account.addService(seed)
    await expect(update({ service: 'daemon', desiredCount: 2 })).rejects.toMatchObject({
      name: 'InvalidParameterException'
    })
  })

  test('judges JSON types', async () => {
    const { body } = await rawCall(standIn, 'UpdateService', { cluster: 'prod', service: 'web', desiredCount: 'two' })
    expect(body).toEqual({
      __type: 'SerializationException',
      message: 'STRING_VALUE can not be converted to an Integer'
    })
  })
})

test('DescribeClusters gives counts and names the missing ones', async () => {
  const command = new DescribeClustersCommand({ clusters: [`${PREFIX}:cluster/prod`, 'none'] })
  const { clusters, failures } = await client.send(command)
  expect(clusters).toMatchObject([{ clusterName: 'prod', activeServicesCount: 1, runningTasksCount: 2 }])
  expect(failures).toEqual([{ arn: `${PREFIX}:cluster/none`, reason: 'MISSING' }])
  const names = Array.from({ length: 101 }, (_, index) => `c${index}`)
  const tooMany = client.send(new DescribeClustersCommand({ clusters: names }))
  await expect(tooMany).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

test('a service can not be seeded on a revision that is not there', () => {
  expect(() => standIn.account.addService({ name: 'x', taskDefinition: 'none' })).toThrow('no task definition none')
})
