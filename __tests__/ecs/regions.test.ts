import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { PARTITIONS, regionsBeside } from '../../src/ecs/partitions.ts'
import { listRegions } from '../../src/ecs/regions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
beforeEach(() => {
  const s = scene()
  process.env.AWS_ENDPOINT_URL_EC2 = s.standIn.url
  s.standIn.regions = [
    'us-east-1',
    'eu-west-1',
    { name: 'eu-south-2', optInStatus: 'opted-in' },
    { name: 'af-south-1', optInStatus: 'not-opted-in' }
  ]
})

const list = (region = 'us-east-1') =>
  listRegions({ region, maxAttempts: 3, userAgent: 'the-user-agent', proxy: {}, retryDelay: () => 1 })
const ENABLED = ['us-east-1', 'eu-west-1', 'eu-south-2']

/** The built-in list, and a sentence that has this in it. */
async function expectBuiltIn(reason: string): Promise<void> {
  const { regions, note } = await list()
  expect(regions).toEqual(PARTITIONS.aws?.regions)
  expect(note).toContain(reason)
  expect(note).toMatch(
    /^All Regions of the partition are looked in, .* Allow ec2:DescribeRegions on \*, or name the regions\.$/
  )
}

describe('as EC2 lists them', () => {
  test('those that are enabled, by one call that is signed for EC2', async () => {
    expect(await list('eu-west-1')).toEqual({ regions: ENABLED })
    expect(scene().standIn.requests).toMatchObject([
      {
        operation: 'DescribeRegions',
        region: 'eu-west-1',
        rawBody: 'Action=DescribeRegions&Version=2016-11-15',
        headers: {
          'user-agent': 'the-user-agent',
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
          authorization: expect.stringMatching(
            /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/ec2\/aws4_request/
          )
        }
      }
    ])
  })

  test('a session token goes with it', async () => {
    process.env.AWS_SESSION_TOKEN = 'the-token'
    await list()
    delete process.env.AWS_SESSION_TOKEN
    expect(scene().standIn.requests[0]?.headers['x-amz-security-token']).toBe('the-token')
  })

  test('one that is listed as not enabled is left out all the same', async () => {
    scene().standIn.fault({
      kind: 'answer',
      change: answer => ({
        ...answer,
        regionInfo: [
          { regionName: 'us-east-1', optInStatus: 'opt-in-not-required' },
          { regionName: 'af-south-1', optInStatus: 'not-opted-in' }
        ]
      })
    })
    expect(await list()).toEqual({ regions: ['us-east-1'] })
  })

  test('after throttling', async () => {
    scene().standIn.fault({ kind: 'throttle', times: 2 })
    expect(await list()).toEqual({ regions: ENABLED })
    expect(scene().calls()).toHaveLength(3)
  })
})

describe('where EC2 does not list them', () => {
  test('a denial, without the long message that is encoded', async () => {
    const message = 'You are not authorized to perform this operation. Encoded authorization failure message: AbC-_123'
    const { standIn } = scene()
    standIn.fault({ kind: 'error', status: 403, code: 'UnauthorizedOperation', message })
    await expectBuiltIn(
      'ec2:DescribeRegions on us-east-1 failed: UnauthorizedOperation: You are not authorized to perform this operation. Allow'
    )
    standIn.fault({ kind: 'deny' })
    await expectBuiltIn('is not authorized to perform: ec2:DescribeRegions')
    expect(standIn.requests).toHaveLength(2)
  })

  test.each([
    ['credentials that EC2 does not know', { kind: 'unrecognized-credentials' }, 'AuthFailure', 1],
    ['throttling that does not end', { kind: 'throttle', times: Infinity }, '(3 attempts): RequestLimitExceeded', 3],
    ['a fault of AWS', { kind: 'server-error', carriedOut: false, times: Infinity }, 'InternalError', 3],
    ['a connection that is lost', { kind: 'reset' }, 'failed', 1],
    ['a list of none', { kind: 'answer', change: () => ({ regionInfo: [] }) }, 'the answer names no Region', 1]
  ] as const)('%s', async (_what, fault, reason, calls) => {
    scene().standIn.fault(fault)
    await expectBuiltIn(reason)
    expect(scene().calls()).toHaveLength(calls)
  })

  test('an endpoint that can not be reached', async () => {
    process.env.AWS_ENDPOINT_URL_EC2 = 'http://127.0.0.1:1'
    await expectBuiltIn('ECONNREFUSED')
  })

  test.each([
    [200, 'the answer names no Region'],
    [403, 'the answer is HTTP 403']
  ])("a proxy's page with %i", async (status, reason) => {
    const server = createServer((_request, response) => response.writeHead(status).end('<html>Sign in</html>'))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    process.env.AWS_ENDPOINT_URL_EC2 = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await expectBuiltIn(reason)
    server.close()
  })
})

describe('no Region would answer', () => {
  test('credentials whose time is over', async () => {
    scene().standIn.fault({ kind: 'expired-credentials' })
    await expect(list()).rejects.toMatchObject({
      code: 'bad-credentials',
      message: expect.stringMatching(/^ec2:DescribeRegions on us-east-1 failed: RequestExpired: .*\n.*credentials step/)
    })
  })

  test('no credentials', async () => {
    const { AWS_ACCESS_KEY_ID } = process.env
    delete process.env.AWS_ACCESS_KEY_ID
    await expect(list()).rejects.toMatchObject({ code: 'no-credentials' })
    process.env.AWS_ACCESS_KEY_ID = AWS_ACCESS_KEY_ID
    expect(scene().calls()).toEqual([])
  })
})

test("a signature that is too old by the runner's clock is made anew by the clock of AWS", async () => {
  const dates: string[] = []
  const ahead = 20 * 60 * 1000
  const refusal = '<Response><Errors><Error><Code>RequestExpired</Code><Message>x</Message></Error></Errors></Response>'
  const answer = '<r><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></r>'
  const server = createServer((request, response) => {
    dates.push(String(request.headers['x-amz-date']))
    response.writeHead(dates.length === 1 ? 400 : 200, { date: new Date(Date.now() + ahead).toUTCString() })
    response.end(dates.length === 1 ? refusal : answer)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  process.env.AWS_ENDPOINT_URL_EC2 = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await list()).toEqual({ regions: ['eu-west-1'] })
  server.close()
  const [first = 0, second = 0] = dates.map(date =>
    Date.parse(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'))
  )
  expect(Math.abs(second - first - ahead)).toBeLessThan(5000)
})

describe('the built-in list', () => {
  const file = '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js'
  const text = readFileSync(join(import.meta.dirname, '../../node_modules', file), 'utf8')
  const { partitions } = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as {
    partitions: { id: string; regionRegex: string; regions: Record<string, unknown> }[]
  }

  test('has the partitions of the SDK', () => {
    expect(Object.keys(PARTITIONS)).toEqual(partitions.map(({ id }) => id))
  })

  test.each(partitions)('has the Regions of the SDK: $id', ({ id, regionRegex, regions }) => {
    const names = Object.keys(regions).filter(region => !region.endsWith('-global'))
    expect(PARTITIONS[id]?.regions).toEqual(names)
    expect(PARTITIONS[id]?.names.source.replaceAll('-', '\\-')).toBe(regionRegex)
    for (const name of names) expect(regionsBeside(name)).toEqual(names)
  })

  test('a Region that is newer than the list is in it too', () => {
    expect(regionsBeside('us-gov-west-9')).toEqual(['us-gov-east-1', 'us-gov-west-1', 'us-gov-west-9'])
    expect(regionsBeside('xx-new-1')).toEqual(['xx-new-1'])
  })
})
