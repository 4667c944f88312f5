import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { paceBy } from '../../src/ecs/buckets.ts'
import { VirtualClock } from '../support/virtual-clock.ts'

interface Grant {
  readonly operation: string
  /** Its place among all that asked. */
  readonly asked: number
  /** Milliseconds from the beginning, as the next. */
  readonly from: number
  readonly at: number
}

/** Asks after gaps of so many milliseconds, one without waiting for another; gives the grants in their order. */
async function grantsOf(asks: readonly (readonly [gap: number, operation: string])[]): Promise<Grant[]> {
  const clock = new VirtualClock()
  const beginning = clock.now()
  const pace = paceBy(clock)
  const grants: Grant[] = []
  const pending: Promise<void>[] = []
  for (const [asked, [gap, operation]] of asks.entries()) {
    if (gap > 0) await clock.sleep(gap / 1000)
    const from = clock.now() - beginning
    const grant = pace(operation).then(() => {
      grants.push({ operation, asked, from, at: clock.now() - beginning })
    })
    pending.push(grant)
  }
  await Promise.all(pending)
  return grants
}

const times = (count: number, operation: string) => Array.from({ length: count }, () => [0, operation] as const)

describe('so many pass at once, and then one in so many milliseconds', () => {
  test.each([
    ['RegisterTaskDefinition', 16, 1250],
    ['DescribeTaskDefinition', 40, 62.5],
    ['UpdateService', 40, 250],
    ['DescribeServices', 80, 62.5],
    ['ListServices', 80, 62.5],
    ['DescribeServiceDeployments', 40, 62.5],
    ['DescribeServiceRevisions', 40, 62.5],
    ['ListClusters', 40, 62.5],
    ['ListTasks', 80, 62.5],
    ['DescribeTasks', 80, 62.5],
    ['TagResource', 16, 125]
  ])('%s: %i, %f', async (operation, burst, step) => {
    const grants = await grantsOf(times(burst + 5, operation))
    const waits = [1, 2, 3, 4, 5].map(place => place * step)
    expect(grants.map(({ at }) => at)).toEqual([...Array<number>(burst).fill(0), ...waits])
  })
})

test('a pause fills the bucket up again, but not beyond', async () => {
  const register = 'RegisterTaskDefinition'
  const grants = await grantsOf([...times(16, register), [2500, register], ...times(2, register), [100_000, register]])
  expect(grants.slice(16).map(({ at }) => at)).toEqual([2500, 2500, 3750, 102_500])
  const long = await grantsOf([...times(16, register), [100_000, register], ...times(16, register)])
  expect(long.at(-1)?.at).toBe(101_250)
})

test('operations of one bucket share it, and those of others do not wait for it', async () => {
  const grants = await grantsOf([
    ...times(79, 'DescribeServices'),
    ...times(3, 'ListServices'),
    ...times(1, 'ListTasks'),
    ...times(1, 'UpdateService')
  ])
  const at = (operation: string) => grants.filter(each => each.operation === operation).map(each => each.at)
  expect(at('ListServices')).toEqual([0, 62.5, 125])
  expect(at('ListTasks')).toEqual([0])
  expect(at('UpdateService')).toEqual([0])
})

test.each(['StopServiceDeployment', 'GetLogEvents', 'CreateDeployment', ''])('%s is in no bucket', async operation => {
  const clock = new VirtualClock()
  const pace = paceBy(clock)
  await Promise.all(times(500, operation).map(() => pace(operation)))
  expect(clock.slept).toEqual([])
})

test('a clock that is put back costs a step, and not all that time', async () => {
  let time = 1_000_000
  const slept: number[] = []
  const sleep = async (seconds: number) => {
    slept.push(seconds)
    time += seconds * 1000
  }
  const pace = paceBy({ now: () => time, sleep })
  for (let call = 0; call < 16; call += 1) await pace('RegisterTaskDefinition')
  time -= 3_600_000
  await pace('RegisterTaskDefinition')
  expect(slept).toEqual([1.25])
})

test('a timer that fires too early is waited for again', async () => {
  let time = 0
  const slept: number[] = []
  const sleep = async (seconds: number) => {
    slept.push(seconds)
    time += Math.max(1, seconds * 1000 - 250)
  }
  const pace = paceBy({ now: () => time, sleep })
  for (let call = 0; call < 17; call += 1) await pace('RegisterTaskDefinition')
  expect(slept).toEqual([1.25, 0.25, 0.249].concat(slept.slice(3)))
  expect(time).toBeGreaterThanOrEqual(1250)
})

test('a wait that fails holds up nobody behind it', async () => {
  let fails = true
  let time = 0
  const sleep = async (seconds: number) => {
    if (fails) throw new Error('cancelled')
    time += seconds * 1000
  }
  const pace = paceBy({ now: () => time, sleep })
  for (let call = 0; call < 16; call += 1) await pace('RegisterTaskDefinition')
  const first = pace('RegisterTaskDefinition')
  const second = first.catch(() => {
    fails = false
  })
  const third = pace('RegisterTaskDefinition').catch(() => 'failed too')
  await expect(first).rejects.toThrow('cancelled')
  await second
  await third
  await pace('RegisterTaskDefinition')
  expect(time).toBe(1250)
})

/** The published sizes, of which a share may be used. */
const BUCKETS = [
  { operations: ['RegisterTaskDefinition'], burst: 20, refill: 1 },
  { operations: ['UpdateService'], burst: 50, refill: 5 },
  { operations: ['DescribeServices', 'ListServices'], burst: 100, refill: 20 },
  { operations: ['TagResource'], burst: 20, refill: 10 }
]

test('whoever asks whenever: within the share in every window, in turn, and not a moment later than that needs', async () => {
  const operations = BUCKETS.flatMap(bucket => bucket.operations)
  const gap = fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4000 }))
  const group = fc.tuple(fc.integer({ min: 1, max: 60 }), gap, fc.constantFrom(...operations))
  await fc.assert(
    fc.asyncProperty(fc.array(group, { minLength: 1, maxLength: 8 }), async groups => {
      const asks = groups.flatMap(([count, first, operation]) =>
        Array.from({ length: count }, (_, index) => [index === 0 ? first : 0, operation] as const)
      )
      const grants = await grantsOf(asks)
      expect(grants).toHaveLength(asks.length)
      for (const { operations: own, burst, refill } of BUCKETS) {
        const granted = grants.filter(({ operation }) => own.includes(operation))
        expect(granted.map(({ asked }) => asked)).toEqual(granted.map(({ asked }) => asked).sort((a, b) => a - b))
        expectEarliest(granted, burst * 0.8, (refill * 0.8) / 1000)
      }
    }),
    { numRuns: 40 }
  )
}, 60_000)

/** At the first moment at which each window that ends there holds no more than the burst and what was refilled in it. */
function expectEarliest(grants: readonly Grant[], burst: number, refill: number): void {
  for (const [place, { at, from }] of grants.entries()) {
    const windows = grants.slice(0, place).map((earlier, index) => earlier.at + (place - index + 1 - burst) / refill)
    expect(at).toBeCloseTo(Math.max(from, grants[place - 1]?.at ?? 0, ...windows), 6)
  }
}
