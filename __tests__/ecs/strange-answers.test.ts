import { describe, expect, test } from '@jest/globals'
import nock from 'nock'
import { connect } from '../../src/ecs/client.ts'
import type { Ecs } from '../../src/ecs/ecs.ts'
import { describeTaskDefinition, registerTaskDefinition } from '../../src/ecs/task-definitions.ts'
import { StepError } from '../../src/errors.ts'
import { ENVIRONMENT_KEYS, useNock } from '../support/nock.ts'

const ENDPOINT = 'https://ecs.eu-west-1.amazonaws.com'
const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' }
const PAGE = '<html><body>Please sign in to the proxy</body></html>'

useNock(ENVIRONMENT_KEYS)

function ecs(maxAttempts = 2): Ecs {
  return connect({ region: 'eu-west-1', maxAttempts, userAgent: 'test', proxy: {}, retryDelay: () => 1 })
}

const look = (maxAttempts?: number) => describeTaskDefinition(ecs(maxAttempts), 'shop')
const register = () => registerTaskDefinition(ecs(), { family: 'shop', containerDefinitions: [] }, 'shop')

async function failureOf(call: Promise<unknown>): Promise<StepError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  if (error instanceof StepError) return error
  throw new Error(`no StepError: ${error instanceof Error ? error.stack : String(error)}`)
}

describe('a look', () => {
  test.each([
    ['JSON that is cut off', '{"taskDefinition":{"taskDefinitionArn":"arn:aws:e', JSON_TYPE],
    ["a proxy's page", PAGE, { 'content-type': 'text/html' }],
    ['nothing', '', JSON_TYPE]
  ])('%s', async (_answer, body, headers) => {
    nock(ENDPOINT).persist().post('/').reply(200, body, headers)
    const { message } = await failureOf(look())
    expect(message).toContain('ecs:DescribeTaskDefinition on shop failed')
    expect(message).toContain('not JSON')
    expect(message).toContain('HTTPS_PROXY')
    expect(message).not.toMatch(/Unexpected (token|end)|Deserialization|\$response/)
  })

  test('an answer without a task definition', async () => {
    nock(ENDPOINT).post('/').reply(200, { tags: [] }, JSON_TYPE)
    const { code, message } = await failureOf(look())
    expect(code).toBe('bad-answer')
    expect(message).toContain('shop')
  })

  test("a proxy's refusal is not called a fault of AWS", async () => {
    nock(ENDPOINT).persist().post('/').reply(403, PAGE, { 'content-type': 'text/html' })
    const { message } = await failureOf(look())
    expect(message).toContain('ecs:DescribeTaskDefinition on shop failed')
    expect(message).not.toContain('AWS failed on its side')
  })

  test('a connection that is refused names the network', async () => {
    nock(ENDPOINT)
      .persist()
      .post('/')
      .replyWithError(Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' }))
    const { code, message } = await failureOf(look())
    expect(code).toBe('unreachable')
    expect(message).toContain('ECONNREFUSED')
    expect(message).toContain('network')
  })

  test('a 502 page is repeated', async () => {
    const gateway = nock(ENDPOINT).post('/').reply(502, PAGE, { 'content-type': 'text/html' })
    const answer = {
      taskDefinition: {
        taskDefinitionArn: 'arn:aws:ecs:eu-west-1:1:task-definition/shop:7',
        containerDefinitions: [{ name: 'a' }]
      }
    }
    nock(ENDPOINT).post('/').reply(200, answer, JSON_TYPE)
    expect(await look()).toMatchObject({ family: 'shop', revision: 7, active: true })
    expect(gateway.isDone()).toBe(true)
  })
})

describe('a registration', () => {
  test.each([
    ['JSON that is cut off', 200, '{"taskDefinition":{"taskDef'],
    ['a page with 200', 200, PAGE],
    ['a page with 502', 502, PAGE],
    ['nothing', 200, '']
  ])('%s: it may have been carried out, so it is not repeated', async (_answer, status, body) => {
    let calls = 0
    nock(ENDPOINT)
      .persist()
      .post('/')
      .reply(() => {
        calls += 1
        return [status, body, JSON_TYPE]
      })
    const { code, message } = await failureOf(register())
    expect(code).toBe('answer-lost')
    expect(message).toContain('ecs:RegisterTaskDefinition on shop')
    expect(message).toContain('whether it was carried out is not known')
    expect(calls).toBe(1)
  })

  test('an answer without a task definition is not taken for a success', async () => {
    nock(ENDPOINT).post('/').reply(200, {}, JSON_TYPE)
    expect((await failureOf(register())).code).toMatch(/bad-answer|answer-lost/)
  })
})

describe("a signature that is too old by the runner's clock is made anew by the clock of AWS", () => {
  const date = new Date(Date.now() + 20 * 60 * 1000).toUTCString()
  const headers = { ...JSON_TYPE, date }

  test.each([
    ['for a look', () => look()],
    ['for a registration, which was not carried out', () => register()]
  ])('%s', async (_call, call) => {
    const refusal = { __type: 'InvalidSignatureException', message: 'Signature expired: it is now earlier than' }
    const taskDefinitionArn = 'arn:aws:ecs:eu-west-1:1:task-definition/shop:8'
    const answer = { taskDefinition: { taskDefinitionArn, containerDefinitions: [{ name: 'a' }] } }
    nock(ENDPOINT).post('/').reply(400, refusal, headers)
    nock(ENDPOINT).post('/').reply(200, answer, headers)
    expect((await call())?.revision).toBe(8)
  })
})
