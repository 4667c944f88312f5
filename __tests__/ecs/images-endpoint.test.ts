import { expect, test } from '@jest/globals'
import nock from 'nock'
import { openEcr } from '../../src/ecs/images.ts'
import { ENVIRONMENT_KEYS, useNock } from '../support/nock.ts'

const IMAGE = { account: '210987654321', repository: 'mirror/pcap-sensor', tagOrDigest: '1' }

useNock(ENVIRONMENT_KEYS)

// Those that ECR's own client has for them (@aws-sdk/client-ecr 3.1169.0).
test.each([
  ['us-east-1', {}, 'https://api.ecr.us-east-1.amazonaws.com'],
  ['cn-north-1', {}, 'https://api.ecr.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', {}, 'https://api.ecr.eusc-de-east-1.amazonaws.eu'],
  ['us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://api.ecr-fips.us-east-1.amazonaws.com'],
  ['us-east-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'https://ecr.us-east-1.api.aws'],
  [
    'us-east-1',
    { AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true' },
    'https://ecr-fips.us-east-1.api.aws'
  ],
  ['us-east-1', { AWS_ENDPOINT_URL_ECR: 'https://vpce-1.ecr.example.com' }, 'https://vpce-1.ecr.example.com'],
  ['us-east-1', { AWS_ENDPOINT_URL_ECS: 'https://vpce-2.ecs.example.com' }, 'https://api.ecr.us-east-1.amazonaws.com']
])('%s with %j: %s', async (region, variables, endpoint) => {
  Object.assign(process.env, variables)
  const asked = nock(endpoint, {
    reqheaders: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.BatchGetImage',
      authorization: value => String(value).includes(`/${region}/ecr/aws4_request`)
    }
  })
    .post('/', {
      registryId: '210987654321',
      repositoryName: 'mirror/pcap-sensor',
      imageIds: [{ imageTag: '1' }],
      acceptedMediaTypes: ['a', 'b']
    })
    .reply(200, { images: [{ imageManifest: '{}' }], failures: [] })
  const connection = { region: 'eu-west-1', maxAttempts: 1, userAgent: 'test', proxy: {} }
  const ecr = openEcr(connection, { ...IMAGE, region }, AbortSignal.timeout(5000))
  expect(await ecr.readManifest(['a', 'b'])).toEqual({ kind: 'manifest', text: '{}' })
  ecr.close()
  expect(asked.isDone()).toBe(true)
  for (const name of Object.keys(variables)) delete process.env[name]
})

test.each([
  ['a page', 200, '<html>'],
  ['a page with a refusal', 403, '<html>']
])('%s is explained as such', async (_name, status, body) => {
  nock('https://api.ecr.us-east-1.amazonaws.com').post('/').reply(status, body)
  const connection = { region: 'us-east-1', maxAttempts: 1, userAgent: 'test', proxy: {} }
  const ecr = openEcr(connection, { ...IMAGE, region: 'us-east-1' }, AbortSignal.timeout(5000))
  await expect(ecr.readManifest(['a'])).rejects.toMatchObject({ code: 'bad-answer' })
  ecr.close()
})
