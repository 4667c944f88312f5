import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import nock from 'nock'
import { listRegions } from '../../src/ecs/regions.ts'

const before = { ...process.env }
const ANSWER = '<r><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></r>'

// nock patches node:http itself, which outlives this file's modules: undone at the end, or the next file meets it.
beforeAll(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  const nowhere = { AWS_CONFIG_FILE: '/no/such/file', AWS_SHARED_CREDENTIALS_FILE: '/no/such/file' }
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', ...nowhere })
  if (!nock.isActive()) nock.activate()
  nock.disableNetConnect()
})
afterEach(() => nock.cleanAll())
afterAll(() => {
  nock.restore()
  process.env = before
})

test.each([
  ['us-east-1', {}, 'https://ec2.us-east-1.amazonaws.com'],
  ['cn-north-1', {}, 'https://ec2.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', {}, 'https://ec2.eusc-de-east-1.amazonaws.eu'],
  ['us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://ec2-fips.us-east-1.amazonaws.com'],
  ['us-east-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'https://ec2.us-east-1.api.aws'],
  ['us-east-1', { AWS_ENDPOINT_URL_EC2: 'https://vpce-1.ec2.example.com' }, 'https://vpce-1.ec2.example.com'],
  ['us-east-1', { AWS_ENDPOINT_URL_ECS: 'https://vpce-2.ecs.example.com' }, 'https://ec2.us-east-1.amazonaws.com']
])('%s with %j: %s', async (region, variables, endpoint) => {
  Object.assign(process.env, variables)
  const asked = nock(endpoint).post('/', 'Action=DescribeRegions&Version=2016-11-15').reply(200, ANSWER)
  expect(await listRegions({ region, maxAttempts: 1, userAgent: 'test', proxy: {} })).toEqual({
    regions: ['eu-west-1']
  })
  expect(asked.isDone()).toBe(true)
  for (const name of Object.keys(variables)) delete process.env[name]
})
