import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { fargate } from './definitions.ts'
import { rawCall } from './raw-call.ts'

let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn()
})
afterEach(() => standIn.close())

test.each([
  ['no signature', 'ListClusters', '{}', { authorization: undefined }, 'MissingAuthenticationTokenException'],
  ['another signature', 'ListClusters', '{}', { authorization: 'Basic YTpi' }, 'MissingAuthenticationTokenException'],
  ['another content type', 'ListClusters', '{}', { 'content-type': 'application/json' }, 'UnknownOperationException'],
  ['an operation that is not imitated', 'DeleteCluster', '{}', {}, 'UnknownOperationException'],
  ['another service', 'x', '{}', { 'x-amz-target': 'Logs_20140328.ListClusters' }, 'UnknownOperationException'],
  ["another service's operation", 'GetLogEvents', '{}', {}, 'UnknownOperationException'],
  [
    'a form',
    'ListClusters',
    '{}',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'UnknownOperationException'
  ],
  ['JSON that is cut off', 'ListClusters', '{"a":', {}, 'SerializationException'],
  ['JSON that is no object', 'ListClusters', '[]', {}, 'SerializationException']
])('refuses %s', async (_, operation, body, headers, code) => {
  const answer = await rawCall(standIn, operation, body, headers)
  expect(answer).toMatchObject({ status: 400, body: { __type: code, message: expect.any(String) } })
  expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.1')
  expect(standIn.requests).toMatchObject([{ rawBody: body, status: 400 }])
})

test('answers with a content type and a request id, and records', async () => {
  const { headers } = await rawCall(standIn, 'ListClusters', { maxResults: 5 })
  expect(headers.get('content-type')).toBe('application/x-amz-json-1.1')
  expect(headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/)
  expect(standIn.requests).toEqual([
    {
      operation: 'ListClusters',
      region: 'us-east-1',
      body: { maxResults: 5 },
      rawBody: '{"maxResults":5}',
      headers: expect.objectContaining({ 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters' }),
      status: 200
    }
  ])
})

test('the place is in every ARN', async () => {
  const place = { region: 'cn-north-1', accountId: '111122223333', partition: 'aws-cn' }
  const china = await startStandIn(place)
  const cluster = china.account.addCluster('a')
  const revision = china.account.addTaskDefinition(fargate())
  await china.close()
  expect(cluster).toBe('arn:aws-cn:ecs:cn-north-1:111122223333:cluster/a')
  expect(revision).toBe('arn:aws-cn:ecs:cn-north-1:111122223333:task-definition/web:1')
})

test('a port that is taken is an error', async () => {
  await expect(startStandIn({ port: Number(new URL(standIn.url).port) })).rejects.toThrow('EADDRINUSE')
})
