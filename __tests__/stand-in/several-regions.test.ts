import {
  DescribeServicesCommand,
  type ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { completes } from '../../stand-in/scripts.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { fargate } from './definitions.ts'
import { rawCall, signedFor } from './raw-call.ts'
import { sdkClient } from './sdk-client.ts'

const BARE = { family: 'bare', containerDefinitions: [{ name: 'app', image: 'nginx', memory: 128 }] }

let standIn: StandIn
let clock: { time: number }
let virginia: ECSClient
let ireland: ECSClient
beforeEach(async () => {
  clock = { time: 1_000_000 }
  standIn = await startStandIn({ accountId: '111122223333', pageSize: 3, now: () => clock.time })
  virginia = sdkClient(standIn)
  ireland = sdkClient(standIn, 'eu-west-1')
})
afterEach(async () => {
  virginia.destroy()
  ireland.destroy()
  await standIn.close()
})

test('the Region of a request is the one that it is signed for', async () => {
  standIn.account.addCluster('a')
  standIn.in('eu-west-1').addCluster('b')
  const clusters = async (client: ECSClient) => (await client.send(new ListClustersCommand({}))).clusterArns
  expect(await clusters(virginia)).toEqual(['arn:aws:ecs:us-east-1:111122223333:cluster/a'])
  expect(await clusters(ireland)).toEqual(['arn:aws:ecs:eu-west-1:111122223333:cluster/b'])
  expect(standIn.requests.map(({ region }) => region)).toEqual(['us-east-1', 'eu-west-1'])
})

test('what is not signed for a Region is recorded in the first one', async () => {
  await rawCall(standIn, 'ListClusters', {}, { authorization: undefined })
  await rawCall(standIn, 'ListClusters', {}, { authorization: 'AWS4-HMAC-SHA256 Credential=key' })
  expect(standIn.requests).toMatchObject([
    { region: 'us-east-1', status: 400 },
    { region: 'us-east-1', status: 200 }
  ])
})

test('a Region is made once, by whoever comes first', async () => {
  expect(standIn.in('us-east-1')).toBe(standIn.account)
  await ireland.send(new RegisterTaskDefinitionCommand({ ...BARE }))
  expect(standIn.in('eu-west-1').families.get('bare')).toHaveLength(1)
  expect(standIn.account.families.has('bare')).toBe(false)
  expect(standIn.accounts()).toEqual([standIn.account, standIn.in('eu-west-1')])
  expect(standIn.in('eu-west-1')).toMatchObject({ accountId: '111122223333', partition: 'aws', pageSize: 3 })
})

test('ARNs of another Region name nothing here', async () => {
  standIn.account.addTaskDefinition(fargate())
  const service = standIn.account.addService({ name: 'web', taskDefinition: 'web' })
  standIn.in('eu-west-1').addCluster('default')
  await expect(ireland.send(new DescribeServicesCommand({ services: [service] }))).rejects.toMatchObject({
    name: 'InvalidParameterException'
  })
  const cluster = standIn.account.clusters.get('default')?.clusterArn ?? ''
  await expect(ireland.send(new ListServicesCommand({ cluster }))).rejects.toMatchObject({
    name: 'ClusterNotFoundException'
  })
})

test('services of one name in two Regions have nothing in common, their identifiers neither', async () => {
  const identifiers = new Set<string | undefined>()
  for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-2']) {
    const account = standIn.in(region)
    account.addTaskDefinition(fargate())
    const service = account.services.get(account.addService({ name: 'web', taskDefinition: 'web', desiredCount: 1 }))
    identifiers.add(service?.deployments[0]?.id)
    identifiers.add(account.tasks.all()[0]?.task.taskArn.replace(/.*\//, ''))
  }
  expect(identifiers.size).toBe(6)
})

test('one clock moves all Regions on', async () => {
  standIn.everywhere(account => {
    account.everyRollout = completes({ after: 60 })
  })
  for (const client of [virginia, ireland]) {
    const account = standIn.in(client === virginia ? 'us-east-1' : 'eu-west-1')
    account.addTaskDefinition(fargate())
    account.addTaskDefinition(fargate())
    account.addService({ name: 'web', taskDefinition: 'web:1' })
    await client.send(new UpdateServiceCommand({ service: 'web', taskDefinition: 'web:2' }))
  }
  clock.time += 60_000
  for (const client of [virginia, ireland]) {
    const { services } = await client.send(new DescribeServicesCommand({ services: ['web'] }))
    expect(services?.[0]?.deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 1 }])
  }
})

test('settings for everywhere are those of Regions that are made later too', () => {
  standIn.in('eu-west-1')
  standIn.everywhere(account => {
    account.enforceBuckets = true
  })
  expect(standIn.account.enforceBuckets).toBe(true)
  expect(standIn.in('eu-west-1').enforceBuckets).toBe(true)
  expect(standIn.in('eu-west-2').enforceBuckets).toBe(true)
})

test('buckets are those of a Region', async () => {
  const strict = await startStandIn({ enforceBuckets: true, now: () => clock.time })
  const statuses = async (region: string) => {
    const answers = []
    for (let call = 0; call < 25; call += 1) {
      const headers = { authorization: signedFor(region) }
      answers.push((await rawCall(strict, 'RegisterTaskDefinition', BARE, headers)).status)
    }
    return answers.filter(status => status === 200)
  }
  expect(await statuses('us-east-1')).toHaveLength(20)
  expect(await statuses('eu-west-1')).toHaveLength(20)
  await strict.close()
  expect(strict.in('us-east-1').throttled).toEqual(new Map([['RegisterTaskDefinition', 5]]))
  expect(strict.in('eu-west-1').throttled).toEqual(new Map([['RegisterTaskDefinition', 5]]))
  expect(strict.in('eu-west-2').throttled.size).toBe(0)
})

test('a Region that the account has not opted in to knows no credentials', async () => {
  standIn.regions = ['us-east-1', { name: 'eu-west-1', optInStatus: 'not-opted-in' }]
  await expect(ireland.send(new ListClustersCommand({}))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.'
  })
  await expect(virginia.send(new ListClustersCommand({}))).resolves.toBeDefined()
  expect(standIn.accounts()).toEqual([standIn.account])
  standIn.regions = ['us-east-1', { name: 'eu-west-1', optInStatus: 'opted-in' }]
  await expect(ireland.send(new ListClustersCommand({}))).resolves.toBeDefined()
})

test('requests may be counted instead of kept', async () => {
  const counts = new Map<string, number>()
  const counting = await startStandIn({
    record: ({ operation, region, status }) => {
      const key = `${region} ${operation} ${status}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  })
  counting.fault({ operation: 'ListClusters', kind: 'throttle' })
  counting.fault({ operation: 'ListClusters', kind: 'reset', skip: 1 })
  await rawCall(counting, 'ListClusters', {})
  await rawCall(counting, 'ListClusters', {})
  await expect(rawCall(counting, 'ListClusters', {})).rejects.toThrow('fetch failed')
  await counting.close()
  expect(counting.requests).toEqual([])
  expect(Object.fromEntries(counts)).toEqual({
    'us-east-1 ListClusters 400': 1,
    'us-east-1 ListClusters 200': 1,
    'us-east-1 ListClusters lost': 1
  })
})
