import { createHash } from 'node:crypto'
import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import type { Ecs } from '../../src/ecs/ecs.ts'
import type { JsonObject } from '../../stand-in/json.ts'
import { CREATED_BY, useScene } from '../support/flow-scene.ts'

const scene = useScene()
const REGISTER = 'RegisterTaskDefinition'

/** A body with members that no SDK knows and text of two, three and four bytes a character. */
const BODY: JsonObject = {
  unknownMember: { of: ['ECS', null, 0, false, ''] },
  family: 'shop',
  containerDefinitions: [{ name: 'app', image: 'nginx', memory: 64, dockerLabels: { note: 'né ☃ 𝄞' }, unheardOf: [] }]
}

const register = (ecs: Ecs) => ecs.call(REGISTER, BODY, { on: 'shop', repeatable: false })
const sent = () => scene().standIn.requests.filter(({ operation }) => operation === REGISTER)

describe('the middleware of the SDK that ours stand beside', () => {
  test.each(['serializerMiddleware', 'deserializerMiddleware', 'retryMiddleware', 'httpSigningMiddleware'])(
    'is still called %s',
    name => {
      const client = new ECSClient({ region: 'us-east-1' })
      const command = new RegisterTaskDefinitionCommand({ family: '', containerDefinitions: [] })
      command.resolveMiddleware(client.middlewareStack, client.config, {})
      const names = client.middlewareStack.concat(command.middlewareStack).identify()
      expect(names.map(entry => entry.split(' ')[0])).toContain(name)
    }
  )
})

test('our JSON goes out as it is, measured in bytes and signed', async () => {
  const s = scene()
  await register(s.connect())
  const [request] = sent()
  const text = JSON.stringify(BODY)
  expect(request?.rawBody).toBe(text)
  expect(request?.headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.1',
    'content-length': String(Buffer.byteLength(text)),
    'x-amz-content-sha256': createHash('sha256').update(text).digest('hex'),
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/ecs\/aws4_request, /
    )
  })
  expect(request?.headers.authorization).toContain('content-length')
})

test('the caller is named to AWS', async () => {
  await register(scene().connect())
  expect(sent()[0]?.headers['user-agent']).toContain(CREATED_BY)
})

test('after throttling the same body is sent, signed anew', async () => {
  const s = scene()
  s.standIn.fault({ operation: REGISTER, kind: 'throttle', times: 2 })
  await register(s.connect(5))
  expect(sent().map(({ status }) => status)).toEqual([400, 400, 200])
  expect(new Set(sent().map(({ rawBody }) => rawBody))).toEqual(new Set([JSON.stringify(BODY)]))
  expect(sent().map(({ headers }) => headers['amz-sdk-request'])).toEqual([1, 2, 3].map(n => `attempt=${n}; max=5`))
  expect(s.revisions('shop')).toBe(1)
})

test('the answer is given as it came: unknown members, times as numbers, text outside ASCII', async () => {
  const s = scene()
  const ecs = s.connect()
  await register(ecs)
  const change = (answer: JsonObject): JsonObject => ({ ...answer, beside: { deep: ['☃'] } })
  s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'answer', change })
  const answer = await ecs.call('DescribeTaskDefinition', { taskDefinition: 'shop' }, { on: 'shop' })
  expect(answer).toMatchObject({
    beside: { deep: ['☃'] },
    taskDefinition: {
      unknownMember: { of: ['ECS', null, 0, false, ''] },
      registeredAt: expect.any(Number),
      containerDefinitions: [{ unheardOf: [], dockerLabels: { note: 'né ☃ 𝄞' } }]
    }
  })
})

test('calls that share a connection do not mix up their answers', async () => {
  const s = scene()
  const ecs = s.connect()
  await register(ecs)
  for (const name of ['a', 'b', 'c']) s.account.addService({ name, taskDefinition: 'shop:1' })
  const answers = await Promise.all(
    ['a', 'b', 'c'].map(name => ecs.call('DescribeServices', { cluster: 'default', services: [name] }, { on: name }))
  )
  expect(answers.map(({ services }) => services?.[0]?.serviceName)).toEqual(['a', 'b', 'c'])
})
