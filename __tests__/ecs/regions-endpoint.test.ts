import { expect, test } from '@jest/globals'
import nock from 'nock'
import { listRegions } from '../../src/ecs/regions.ts'
import { ENVIRONMENT_KEYS, useNock } from '../support/nock.ts'

const ANSWER = '<r><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></r>'

useNock(ENVIRONMENT_KEYS)

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
