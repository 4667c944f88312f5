import { describe, expect, test } from '@jest/globals'
import { rawCall } from './raw-call.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const GROUP = '/ecs/pcap'
const STREAM = 'ecs-pcap/levo-pcap-sensor/0123'

async function get(request: Record<string, unknown>) {
  const headers = { 'x-amz-target': 'Logs_20140328.GetLogEvents' }
  const { status, body } = await rawCall(stage().standIn, 'GetLogEvents', request, headers)
  return { status, body: body as { events?: { message: string; timestamp: number }[]; [name: string]: unknown } }
}
const stream = { logGroupName: GROUP, logStreamName: STREAM }
const messages = async (request: Record<string, unknown>) =>
  (await get({ ...stream, ...request })).body.events?.map(({ message }) => message)

describe('GetLogEvents', () => {
  test('gives the newest ones, the oldest of them first', async () => {
    const s = stage()
    s.account.putLogEvents(GROUP, STREAM, ['one', 'two'])
    s.at(5)
    s.account.putLogEvents(GROUP, STREAM, ['three'])
    const { body } = await get({ ...stream, limit: 2 })
    expect(body.events).toEqual([
      { timestamp: 50_000_000, message: 'two', ingestionTime: 50_000_000 },
      { timestamp: 50_005_000, message: 'three', ingestionTime: 50_005_000 }
    ])
    expect(await messages({})).toEqual(['one', 'two', 'three'])
    expect(await messages({ limit: 2, startFromHead: true })).toEqual(['one', 'two'])
    expect(await messages({ startTime: 50_001_000 })).toEqual(['three'])
    expect(await messages({ endTime: 50_005_000 })).toEqual(['one', 'two'])
    const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`
    expect((await get({ logGroupIdentifier: arn, logStreamName: STREAM })).body.events).toHaveLength(3)
  })

  test('pages both ways, and repeats the token at the end', async () => {
    stage().account.putLogEvents(GROUP, STREAM, ['1', '2', '3', '4', '5'])
    const last = await get({ ...stream, limit: 2 })
    const { nextBackwardToken, nextForwardToken } = last.body
    expect(await messages({ limit: 2, nextToken: nextBackwardToken })).toEqual(['2', '3'])
    const beyond = await get({ ...stream, nextToken: nextForwardToken })
    expect(beyond.body).toMatchObject({ events: [], nextForwardToken })
  })

  test.each([
    [{ ...stream, logGroupName: 'none' }, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    [{ ...stream, logStreamName: 'none' }, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
    [{ ...stream, limit: 0 }, 'InvalidParameterException', expect.any(String)],
    [{ ...stream, limit: 10_001 }, 'InvalidParameterException', expect.any(String)],
    [{ ...stream, nextToken: 'x' }, 'InvalidParameterException', 'The specified nextToken is invalid.'],
    [{ logStreamName: STREAM }, 'InvalidParameterException', expect.any(String)]
  ])('refuses %j', async (request, __type, message) => {
    stage().account.putLogEvents(GROUP, STREAM, ['one'])
    expect(await get(request)).toEqual({ status: 400, body: { __type, message } })
  })

  test('is denied under its own name', async () => {
    const s = stage()
    s.standIn.fault({ operation: 'GetLogEvents', kind: 'deny' })
    const { body } = await get(stream)
    expect(body).toMatchObject({
      __type: 'AccessDeniedException',
      message: expect.stringContaining('to perform: logs:GetLogEvents on resource')
    })
    expect(s.standIn.requests).toMatchObject([{ operation: 'GetLogEvents', status: 400 }])
  })
})
