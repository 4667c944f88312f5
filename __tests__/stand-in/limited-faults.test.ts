import { DescribeServicesCommand, type ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Fault } from '../../stand-in/faults.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { fargate } from './definitions.ts'
import { queryCall } from './query-call.ts'
import { rawCall, signedFor } from './raw-call.ts'
import { sdkClient } from './sdk-client.ts'

const ARN = 'arn:aws:ecs:us-east-1:123456789012'
const CODE = 'Met'

let standIn: StandIn
let client: ECSClient
let clock: { time: number }
beforeEach(async () => {
  clock = { time: 50_000 }
  standIn = await startStandIn({ now: () => clock.time })
  client = sdkClient(standIn)
})
afterEach(async () => {
  client.destroy()
  await standIn.close()
})

/** Whether a fault with such limits meets a call. */
async function meets(limits: Partial<Fault>, operation: string, body: object, region = 'us-east-1'): Promise<boolean> {
  standIn.fault({ ...limits, kind: 'error', status: 400, code: CODE, message: 'met' } as Fault)
  const answer = await rawCall(standIn, operation, body, { authorization: signedFor(region) })
  return answer.body.__type === CODE
}

test('to a Region', async () => {
  expect(await meets({ region: 'eu-west-1' }, 'ListClusters', {})).toBe(false)
  expect(await meets({ region: 'eu-west-1' }, 'ListClusters', {}, 'eu-west-1')).toBe(true)
})

test('to no operation: any call of any API is met', async () => {
  standIn.fault({ kind: 'throttle', times: 2 })
  await rawCall(standIn, 'ListTasks', {})
  await queryCall(standIn)
  await queryCall(standIn)
  expect(standIn.requests.map(({ status }) => status)).toEqual([400, 503, 200])
})

describe('to what a request names', () => {
  test.each<[Partial<Fault>, string, object]>([
    [{ cluster: 'prod' }, 'ListServices', { cluster: 'prod' }],
    [{ cluster: 'prod' }, 'ListServices', { cluster: `${ARN}:cluster/prod` }],
    [{ cluster: 'prod' }, 'DescribeClusters', { clusters: ['test', 'prod'] }],
    [
      { cluster: 'prod' },
      'DescribeServiceDeployments',
      { serviceDeploymentArns: [`${ARN}:service-deployment/prod/web/1`] }
    ],
    [{ cluster: 'prod' }, 'DescribeTasks', { tasks: [`${ARN}:task/prod/1`] }],
    [{ cluster: 'default' }, 'ListTasks', {}],
    [{ service: 'web' }, 'UpdateService', { service: 'web' }],
    [{ service: 'web' }, 'UpdateService', { service: `${ARN}:service/prod/web` }],
    [{ service: 'web' }, 'UpdateService', { service: `${ARN}:service/web` }],
    [{ service: 'web' }, 'DescribeServices', { services: ['api', 'web'] }],
    [{ service: 'web' }, 'ListTasks', { serviceName: 'web' }],
    [{ service: 'web' }, 'TagResource', { resourceArn: `${ARN}:service/prod/web` }],
    [{ service: 'web' }, 'DescribeServiceRevisions', { serviceRevisionArns: [`${ARN}:service-revision/prod/web/1`] }],
    [{ service: 'web' }, 'StopServiceDeployment', { serviceDeploymentArn: `${ARN}:service-deployment/prod/web/1` }],
    [{ family: 'shop' }, 'RegisterTaskDefinition', { family: 'shop' }],
    [{ family: 'shop' }, 'DescribeTaskDefinition', { taskDefinition: 'shop:12' }],
    [{ family: 'shop' }, 'DescribeTaskDefinition', { taskDefinition: 'shop' }],
    [{ family: 'shop' }, 'UpdateService', { service: 'web', taskDefinition: `${ARN}:task-definition/shop:1` }],
    [{ cluster: 'prod', service: 'web' }, 'UpdateService', { cluster: 'prod', service: 'web' }]
  ])('%j meets %s of %j', async (limits, operation, body) => {
    expect(await meets(limits, operation, body)).toBe(true)
  })

  test.each<[Partial<Fault>, string, object]>([
    [{ cluster: 'prod' }, 'ListServices', { cluster: 'prod-2' }],
    [{ cluster: 'prod' }, 'ListServices', {}],
    [{ cluster: 'default' }, 'ListTasks', { cluster: 'prod' }],
    [{ cluster: 'default' }, 'ListClusters', {}],
    [{ cluster: 'web' }, 'UpdateService', { service: 'web' }],
    [{ service: 'web' }, 'DescribeServices', { services: ['web-2'] }],
    [{ service: 'prod' }, 'DescribeServices', { services: [`${ARN}:service/prod/web`] }],
    [{ family: 'shop' }, 'RegisterTaskDefinition', { family: 'shop-2' }],
    [{ family: 'web' }, 'UpdateService', { service: 'web' }],
    [{ cluster: 'prod', service: 'web' }, 'UpdateService', { cluster: 'test', service: 'web' }]
  ])('%j lets %s of %j pass', async (limits, operation, body) => {
    expect(await meets(limits, operation, body)).toBe(false)
  })

  test('what passes is neither skipped nor counted', async () => {
    standIn.fault({ operation: 'ListServices', cluster: 'b', kind: 'throttle', skip: 1, times: 1 })
    for (const name of ['a', 'b']) standIn.account.addCluster(name)
    for (const cluster of ['a', 'b', 'a', 'b', 'b']) await rawCall(standIn, 'ListServices', { cluster })
    expect(standIn.requests.map(({ status }) => status)).toEqual([200, 200, 200, 400, 200])
  })
})

test('from a time on', async () => {
  standIn.fault({ operation: 'ListClusters', kind: 'throttle', from: 60_000 })
  await rawCall(standIn, 'ListClusters', {})
  clock.time = 60_000
  await rawCall(standIn, 'ListClusters', {})
  await rawCall(standIn, 'ListClusters', {})
  expect(standIn.requests.map(({ status }) => status)).toEqual([200, 400, 200])
})

test('the actor of a fault is given the Region of the call', async () => {
  const regions: string[] = []
  standIn.fault({ operation: 'ListClusters', kind: 'before', act: ({ region }) => void regions.push(region) })
  await rawCall(standIn, 'ListClusters', {}, { authorization: signedFor('eu-west-1') })
  expect(regions).toEqual(['eu-west-1'])
})

describe('credentials', () => {
  const list = () => client.send(new ListClustersCommand({}))

  test('expire at a point in time, for all calls after it', async () => {
    standIn.account.addTaskDefinition(fargate())
    standIn.account.addService({ name: 'web', taskDefinition: 'web' })
    standIn.fault({ kind: 'expired-credentials', from: 60_000 })
    await list()
    clock.time = 60_000
    const expired = {
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
      $metadata: { httpStatusCode: 400 }
    }
    await expect(list()).rejects.toMatchObject(expired)
    await expect(client.send(new DescribeServicesCommand({ services: ['web'] }))).rejects.toMatchObject(expired)
    await expect(list()).rejects.toMatchObject(expired)
    expect((await queryCall(standIn)).xml).toContain('RequestExpired')
  })

  test('expire for so many calls', async () => {
    standIn.fault({ kind: 'expired-credentials', times: 1 })
    await expect(list()).rejects.toMatchObject({ name: 'ExpiredTokenException' })
    await expect(list()).resolves.toBeDefined()
  })

  test('are not known in a Region', async () => {
    standIn.fault({ kind: 'unrecognized-credentials', region: 'me-south-1' })
    const bahrain = sdkClient(standIn, 'me-south-1')
    const command = new ListClustersCommand({})
    await expect(bahrain.send(command)).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    await expect(bahrain.send(command)).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    await expect(list()).resolves.toBeDefined()
    bahrain.destroy()
  })
})
