import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import nock from 'nock'
import { systemClock } from '../../src/deploy/clock.ts'
import { listClusters } from '../../src/ecs/clusters.ts'
import { connectFleet } from '../../src/rollout/in-fleet.ts'
import { useNock } from '../support/nock.ts'

const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' }
const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2']

useNock({ AWS_EC2_METADATA_DISABLED: 'true' })

const connection = { region: 'eu-west-1', maxAttempts: 5, userAgent: 'test', proxy: {}, retryDelay: () => 1 }
const connect = () => connectFleet(connection, systemClock, () => false)
const endpointIn = (region: string) => `https://ecs.${region}.amazonaws.com`
const answer = (region: string) =>
  nock(endpointIn(region)).persist().post('/').reply(200, { clusterArns: [] }, JSON_TYPE)

describe('the credentials of all Regions', () => {
  const CONTAINER = 'http://127.0.0.1'

  beforeAll(() => {
    process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `${CONTAINER}/credentials`
  })
  afterAll(() => {
    delete process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI
  })

  async function timesResolved(minutes: number): Promise<number> {
    let times = 0
    const Expiration = new Date(Date.now() + minutes * 60_000).toISOString()
    nock(CONTAINER)
      .persist()
      .get('/credentials')
      .reply(200, () => {
        times += 1
        return { AccessKeyId: 'AKIDEXAMPLE', SecretAccessKey: 'example', Token: 'token', Expiration }
      })
    const { ecsIn } = connect()
    for (const region of [...REGIONS, ...REGIONS]) {
      answer(region)
      await listClusters(await ecsIn(region))
    }
    return times
  }

  test('are resolved once', async () => {
    expect(await timesResolved(60)).toBe(1)
  })

  test('and again once they have expired', async () => {
    expect(await timesResolved(-1)).toBeGreaterThan(1)
  })
})

describe('an endpoint that has no address', () => {
  beforeEach(() => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' })
  })

  /** How often the call is tried in a Region that is not there. */
  async function attempts(fleet: ReturnType<typeof connect>, code = 'ENOTFOUND'): Promise<number> {
    let times = 0
    nock(endpointIn('me-west-1'))
      .persist()
      .post('/')
      .replyWithError(Object.assign(new Error(`getaddrinfo ${code} ecs.me-west-1.amazonaws.com`), { code }))
      .on('request', () => {
        times += 1
      })
    const look = listClusters(await fleet.ecsIn('me-west-1'))
    await expect(look).rejects.toMatchObject({ code: 'unreachable', message: expect.stringContaining(code) })
    return times
  }

  async function withoutList(): Promise<ReturnType<typeof connect>> {
    nock('https://ec2.eu-west-1.amazonaws.com')
      .post('/')
      .reply(
        403,
        '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>'
      )
    const fleet = connect()
    expect((await fleet.listRegions()).regions).toContain('me-west-1')
    return fleet
  }

  test('is final at once where the Region is one of the built-in list', async () => {
    expect(await attempts(await withoutList())).toBe(1)
  })

  test('but what may pass is tried again there too', async () => {
    expect(await attempts(await withoutList(), 'ECONNRESET')).toBe(connection.maxAttempts)
  })

  test('and a Region that is named is tried as often as any', async () => {
    expect(await attempts(connect())).toBe(connection.maxAttempts)
  })
})
