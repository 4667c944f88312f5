import { describe, expect, test } from '@jest/globals'
import { paceBy } from '../../src/ecs/buckets.ts'
import { connect } from '../../src/ecs/client.ts'
import type { Ecs } from '../../src/ecs/ecs.ts'
import { StepError } from '../../src/errors.ts'
import { shop } from '../support/flow-definitions.ts'
import { CREATED_BY, useScene } from '../support/flow-scene.ts'

const scene = useScene()

type Pace = (operation: string) => Promise<void>

function paced(pace: Pace, maxAttempts = 3): Ecs {
  const s = scene()
  for (const service of ['ECS', 'CODEDEPLOY', 'CLOUDWATCH_LOGS'])
    process.env[`AWS_ENDPOINT_URL_${service}`] = s.standIn.url
  const { region } = s.account
  return connect({ region, maxAttempts, userAgent: CREATED_BY, proxy: {}, retryDelay: () => 1, pace })
}

/** Counts what is asked for, and lets all pass. */
function counting(): { pace: Pace; asked: string[] } {
  const asked: string[] = []
  return { asked, pace: async operation => void asked.push(operation) }
}

const describeShop = (ecs: Ecs, more: object = {}) =>
  ecs.call('DescribeTaskDefinition', { taskDefinition: 'shop' }, { on: 'shop', ...more })

describe('before every attempt of every call', () => {
  test('that is throttled and made again', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'throttle', times: 2 })
    const { pace, asked } = counting()
    await describeShop(paced(pace))
    expect(s.calls()).toEqual(Array(3).fill('DescribeTaskDefinition'))
    expect(asked).toEqual(s.calls())
  })

  test('that fails to the end', async () => {
    const s = scene()
    s.standIn.fault({ kind: 'throttle', times: Infinity })
    const { pace, asked } = counting()
    await expect(describeShop(paced(pace, 4))).rejects.toMatchObject({ code: 'throttled' })
    expect(s.calls()).toHaveLength(4)
    expect(asked).toEqual(s.calls())
  })

  test('that is tried once, or must not be made twice', async () => {
    const s = scene()
    const { pace, asked } = counting()
    const ecs = paced(pace)
    s.standIn.fault({ kind: 'throttle', times: 2 })
    await expect(describeShop(ecs, { single: true })).rejects.toMatchObject({ code: 'throttled' })
    await ecs.call('RegisterTaskDefinition', shop(), { on: 'shop', repeatable: false })
    const calls = ['DescribeTaskDefinition', 'RegisterTaskDefinition', 'RegisterTaskDefinition']
    expect([s.calls(), asked]).toEqual([calls, calls])
  })

  test('of ECS, and of nothing else', async () => {
    const s = scene()
    s.account.putLogEvents('/shop', 'counter', ['one'])
    const { pace, asked } = counting()
    const ecs = paced(pace)
    await ecs.call('GetLogEvents', { logGroupName: '/shop', logStreamName: 'counter' }, { on: '/shop' })
    await ecs.call('ListDeployments', {}, { on: 'group' }).catch(() => {})
    expect(s.calls()).toEqual(['GetLogEvents', 'ListDeployments'])
    expect(asked).toEqual([])
  })
})

test('the request waits unsigned, so that a long wait makes no old signature', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  let release = () => {}
  const waiting = new Promise<void>(resolve => {
    release = resolve
  })
  const call = describeShop(paced(() => waiting))
  await new Promise(resolve => setTimeout(resolve, 1100))
  expect(s.calls()).toEqual([])
  const released = Date.now()
  release()
  await call
  const [, date = ''] = /^(\d{8}T\d{6})Z$/.exec(String(s.standIn.requests[0]?.headers['x-amz-date'])) ?? []
  const signed = Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6Z'))
  expect(signed).toBeGreaterThanOrEqual(Math.floor(released / 1000) * 1000)
})

test('a call that its pace lets not through was not carried out', async () => {
  const cancelled = new StepError({ code: 'cancelled', what: 'the run was cancelled' })
  const call = paced(() => Promise.reject(cancelled)).call('RegisterTaskDefinition', shop(), {
    on: 'shop',
    repeatable: false
  })
  await expect(call).rejects.toBe(cancelled)
  expect(scene().calls()).toEqual([])
})

describe('within the buckets that the account enforces', () => {
  const many = (ecs: Ecs) => Promise.all(Array.from({ length: 130 }, () => describeShop(ecs, { single: true })))

  test('by the pace of the Region nothing is throttled, through several connections', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.account.enforceBuckets = true
    let passed = 0
    // Time stands still until what may go out has arrived: the account counts by arrivals.
    const sleep = async (seconds: number) => {
      do await new Promise(resolve => setImmediate(resolve))
      while (s.standIn.requests.length < passed)
      await s.clock.sleep(seconds)
    }
    const take = paceBy({ now: s.clock.now, sleep })
    const pace = async (operation: string) => {
      await take(operation)
      passed += 1
    }
    await Promise.all([many(paced(pace)), many(paced(pace))])
    expect(s.account.throttled.size).toBe(0)
    expect(s.calls()).toHaveLength(260)
    const seconds = s.slept.reduce((sum, each) => sum + each, 0)
    expect(seconds).toBeCloseTo((260 - 40) / 16, 6)
  })

  test('without it much is', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.account.enforceBuckets = true
    await expect(many(s.connect())).rejects.toMatchObject({ code: 'throttled' })
  })
})
