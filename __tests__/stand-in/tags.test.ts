import {
  type ECSClient,
  ListTagsForResourceCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { fargate } from './definitions.ts'
import { sdkClient } from './sdk-client.ts'

const PREFIX = 'arn:aws:ecs:us-east-1:123456789012'
const SERVICE = `${PREFIX}:service/prod/web`

let standIn: StandIn
let client: ECSClient
beforeEach(async () => {
  standIn = await startStandIn()
  client = sdkClient(standIn)
  standIn.account.addTaskDefinition(fargate())
  standIn.account.addService({ cluster: 'prod', name: 'web', taskDefinition: 'web' })
})
afterEach(async () => {
  client.destroy()
  await standIn.close()
})

const tag = (resourceArn: string, ...tags: Tag[]) => client.send(new TagResourceCommand({ resourceArn, tags }))
const tagsOf = async (resourceArn: string) => (await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags

test.each([SERVICE, `${PREFIX}:cluster/prod`, `${PREFIX}:task-definition/web:1`])('%s', async arn => {
  expect(await tagsOf(arn)).toEqual([])
  await tag(arn, { key: 'a', value: '1' }, { key: 'b', value: '2' })
  await tag(arn, { key: 'a', value: '3' })
  expect(await tagsOf(arn)).toEqual([
    { key: 'b', value: '2' },
    { key: 'a', value: '3' }
  ])
  await client.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['b', 'none'] }))
  expect(await tagsOf(arn)).toEqual([{ key: 'a', value: '3' }])
})

test.each([
  [`${PREFIX}:service/web`, 'InvalidParameterException', 'Long arn format must be used for tagging operations'],
  [`${PREFIX}:service/prod/none`, 'ResourceNotFoundException', "The specified resource wasn't found."],
  [`${PREFIX}:task-definition/web:2`, 'ResourceNotFoundException', "The specified resource wasn't found."],
  [`${PREFIX}:task-definition/web`, 'ResourceNotFoundException', "The specified resource wasn't found."],
  [`${PREFIX}:cluster/none`, 'ClusterNotFoundException', 'Cluster not found.'],
  [`${PREFIX}:capacity-provider/a`, 'InvalidParameterException', 'Unsupported resource type: capacity-provider'],
  ['web', 'InvalidParameterException', 'Invalid resource ARN: web']
])('%s can not be tagged', async (arn, name, message) => {
  await expect(tag(arn, { key: 'a', value: '1' })).rejects.toMatchObject({ name, message })
})

test('the limits hold for what is there and what is new together', async () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: 'v' }))
  await tag(SERVICE, ...many)
  await tag(SERVICE, { key: 'k0', value: 'w' })
  await expect(tag(SERVICE, { key: 'k50', value: 'v' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Tags can not be more than 50.'
  })
})

test('reserved keys are there, do not count, and can not be changed', async () => {
  const reserved = { key: 'aws:cloudformation:stack-name', value: 'web' }
  standIn.account.tags.set(SERVICE, [reserved])
  await tag(SERVICE, ...Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: 'v' })))
  expect(await tagsOf(SERVICE)).toHaveLength(51)
  const refused = { name: 'InvalidParameterException', message: /^aws: prefixed/ }
  await expect(tag(SERVICE, reserved)).rejects.toMatchObject(refused)
  const untag = client.send(new UntagResourceCommand({ resourceArn: SERVICE, tagKeys: [reserved.key] }))
  await expect(untag).rejects.toMatchObject(refused)
})
