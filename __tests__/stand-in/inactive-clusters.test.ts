import {
  DescribeServicesCommand,
  type ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  TagResourceCommand,
  UpdateServiceCommand
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { fargate } from './definitions.ts'
import { sdkClient } from './sdk-client.ts'

const ARN = 'arn:aws:ecs:us-east-1:123456789012'

let standIn: StandIn
let client: ECSClient
beforeEach(async () => {
  standIn = await startStandIn()
  client = sdkClient(standIn)
  standIn.account.addTaskDefinition(fargate())
  standIn.account.addService({ cluster: 'gone', name: 'web', taskDefinition: 'web' })
  Object.assign(standIn.account.clusters.get('gone') ?? {}, { status: 'INACTIVE' })
})
afterEach(async () => {
  client.destroy()
  await standIn.close()
})

test('are not listed, and have no services', async () => {
  expect((await client.send(new ListClustersCommand({}))).clusterArns).toEqual([])
  expect((await client.send(new ListServicesCommand({ cluster: 'gone' }))).serviceArns).toEqual([])
  const { services, failures } = await client.send(new DescribeServicesCommand({ cluster: 'gone', services: ['web'] }))
  expect(services).toEqual([])
  expect(failures).toEqual([{ arn: `${ARN}:service/gone/web`, reason: 'MISSING' }])
})

test('are no place to move a service in, and no resource to tag', async () => {
  const update = new UpdateServiceCommand({ cluster: 'gone', service: 'web', forceNewDeployment: true })
  await expect(client.send(update)).rejects.toMatchObject({
    name: 'ClusterNotFoundException',
    message: 'The referenced cluster was inactive.'
  })
  const tag = new TagResourceCommand({ resourceArn: `${ARN}:cluster/gone`, tags: [{ key: 'a', value: 'b' }] })
  await expect(client.send(tag)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'The specified cluster is inactive. Specify an active cluster and try again.'
  })
})
