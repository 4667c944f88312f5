import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { elements, queryCall } from './query-call.ts'
import { rawCall, signedFor } from './raw-call.ts'

let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn()
  standIn.regions = [
    'us-east-1',
    { name: 'eu-central-2', optInStatus: 'opted-in' },
    { name: 'af-south-1', optInStatus: 'not-opted-in' }
  ]
})
afterEach(() => standIn.close())

async function names(form: Record<string, string> = {}): Promise<string[]> {
  return elements((await queryCall(standIn, form)).xml, 'regionName')
}

async function refusal(form: Record<string, string>, headers: Record<string, string | undefined> = {}) {
  const { status, xml } = await queryCall(standIn, form, headers)
  return [status, elements(xml, 'Code')[0], elements(xml, 'Message')[0]]
}

test('answers in the XML of EC2, and records', async () => {
  const { status, headers, xml } = await queryCall(standIn)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/xml;charset=UTF-8')
  const id = headers.get('x-amzn-requestid')
  expect(xml).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>${id}</requestId><regionInfo>` +
      '<item><regionName>us-east-1</regionName><regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint>' +
      '<optInStatus>opt-in-not-required</optInStatus></item>' +
      '<item><regionName>eu-central-2</regionName><regionEndpoint>ec2.eu-central-2.amazonaws.com</regionEndpoint>' +
      '<optInStatus>opted-in</optInStatus></item></regionInfo></DescribeRegionsResponse>'
  )
  expect(standIn.requests).toMatchObject([
    {
      operation: 'DescribeRegions',
      region: 'us-east-1',
      body: { Action: 'DescribeRegions', Version: '2016-11-15' },
      rawBody: 'Action=DescribeRegions&Version=2016-11-15',
      status: 200
    }
  ])
})

test.each([
  [{}, ['us-east-1', 'eu-central-2']],
  [{ AllRegions: 'false' }, ['us-east-1', 'eu-central-2']],
  [{ AllRegions: 'true' }, ['us-east-1', 'eu-central-2', 'af-south-1']],
  [{ 'RegionName.1': 'eu-central-2' }, ['eu-central-2']],
  [{ AllRegions: 'true', 'Filter.1.Name': 'opt-in-status', 'Filter.1.Value.1': 'not-opted-in' }, ['af-south-1']],
  [{ 'Filter.1.Name': 'opt-in-status', 'Filter.1.Value.1': 'not-opted-in' }, []],
  [
    { 'Filter.1.Name': 'opt-in-status', 'Filter.1.Value.1': 'opt-in-not-required', 'Filter.1.Value.2': 'opted-in' },
    ['us-east-1', 'eu-central-2']
  ],
  [
    {
      'Filter.1.Name': 'opt-in-status',
      'Filter.1.Value.1': 'opted-in',
      'Filter.2.Name': 'region-name',
      'Filter.2.Value.1': 'us-east-1'
    },
    []
  ],
  [{ 'Filter.1.Name': 'endpoint', 'Filter.1.Value.1': 'ec2.us-east-1.amazonaws.com' }, ['us-east-1']]
])('%j lists %j', async (form, expected) => {
  expect(await names(form)).toEqual(expected)
})

test('until it is told, it lists the Regions that there are', async () => {
  const fresh = await startStandIn({ region: 'cn-north-1', partition: 'aws-cn' })
  fresh.in('cn-northwest-1')
  const { xml } = await queryCall(fresh)
  await fresh.close()
  expect(elements(xml, 'regionEndpoint')).toEqual([
    'ec2.cn-north-1.amazonaws.com.cn',
    'ec2.cn-northwest-1.amazonaws.com.cn'
  ])
})

test.each([
  ['another action', { Action: 'DescribeVpcs' }, {}, 400, 'InvalidAction'],
  ['no action', { Action: '' }, {}, 400, 'MissingAction'],
  ['another version', { Version: '2014-10-01' }, {}, 400, 'InvalidAction'],
  ['an unknown parameter', { OptIn: 'true' }, {}, 400, 'UnknownParameter'],
  ['a Region that is not there', { 'RegionName.1': 'xx-north-1' }, {}, 400, 'InvalidParameterValue'],
  ['an unknown filter', { 'Filter.1.Name': 'name', 'Filter.1.Value.1': 'x' }, {}, 400, 'InvalidParameterValue'],
  ['what is no boolean', { AllRegions: 'yes' }, {}, 400, 'InvalidParameterValue'],
  ['no signature', {}, { authorization: undefined }, 400, 'MissingParameter'],
  ['a signature for ECS', {}, { authorization: signedFor('us-east-1') }, 401, 'AuthFailure']
])('refuses %s', async (_, form, headers, status, code) => {
  expect(await refusal(form, headers)).toEqual([status, code, expect.any(String)])
})

test('it is no operation of ECS', async () => {
  const { body } = await rawCall(standIn, 'DescribeRegions', {})
  expect(body).toMatchObject({ __type: 'UnknownOperationException' })
})

describe('faults', () => {
  const operation = 'DescribeRegions'

  test('deny', async () => {
    standIn.fault({ operation, kind: 'deny' })
    const { status, headers, xml } = await queryCall(standIn)
    expect(status).toBe(403)
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>' +
        'You are not authorized to perform this operation. ' +
        'User: arn:aws:sts::123456789012:assumed-role/deployer/session is not authorized to perform: ec2:DescribeRegions ' +
        'because no identity-based policy allows the ec2:DescribeRegions action</Message></Error></Errors>' +
        `<RequestID>${headers.get('x-amzn-requestid')}</RequestID></Response>`
    )
  })

  test('throttle, server-error, error and credentials are told in the words of EC2', async () => {
    standIn.fault({ operation, kind: 'throttle' })
    standIn.fault({ operation, kind: 'server-error', carriedOut: false })
    standIn.fault({ operation, kind: 'error', status: 400, code: 'OptInRequired', message: 'a < b & c' })
    standIn.fault({ operation, kind: 'expired-credentials', times: 1 })
    standIn.fault({ operation, kind: 'unrecognized-credentials', times: 1 })
    const told = []
    for (let call = 0; call < 5; call += 1) told.push(await refusal({}))
    expect(told).toEqual([
      [503, 'RequestLimitExceeded', 'Request limit exceeded.'],
      [500, 'InternalError', 'An internal error has occurred'],
      [400, 'OptInRequired', 'a &lt; b &amp; c'],
      [400, 'RequestExpired', 'Request has expired.'],
      [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials']
    ])
    expect(await names()).toHaveLength(2)
  })

  test('reset, lose-answer and hang give no answer', async () => {
    standIn.fault({ operation, kind: 'reset' })
    standIn.fault({ operation, kind: 'lose-answer' })
    await expect(queryCall(standIn)).rejects.toThrow('fetch failed')
    await expect(queryCall(standIn)).rejects.toThrow('fetch failed')
    standIn.fault({ operation, kind: 'hang' })
    const arrived = new Promise<void>(resolve => standIn.fault({ operation, kind: 'before', act: () => resolve() }))
    const answer = queryCall(standIn)
    await arrived
    await standIn.close()
    await expect(answer).rejects.toThrow('fetch failed')
    expect(standIn.requests.map(({ status }) => status)).toEqual(['lost', 'lost', 'lost'])
  })

  test('answer alters what is listed', async () => {
    standIn.fault({ operation, kind: 'answer', change: () => ({ regionInfo: [] }) })
    const { xml } = await queryCall(standIn)
    expect(xml).toContain('<regionInfo></regionInfo>')
  })

  test('no bucket throttles it', async () => {
    standIn.everywhere(account => Object.assign(account, { enforceBuckets: true }))
    for (let call = 0; call < 120; call += 1) expect((await queryCall(standIn)).status).toBe(200)
  })
})
