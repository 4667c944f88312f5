import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Rhythm } from '../../src/fleet/fleet.ts'
import { type Hooks, type Step, schedule } from '../../src/fleet/schedule.ts'
import { VirtualClock } from '../support/virtual-clock.ts'

type Ended = Awaited<ReturnType<Step['run']>>
type Outcome = Ended | 'throws'

interface Plan {
  readonly seconds?: number
  readonly changes?: boolean
  /** At the first and the second try. */
  readonly ends?: readonly Outcome[]
}

const DONE: readonly Outcome[] = ['done']

/** Carries out a step for each plan, and gives what happened, each line with its second. */
async function carryOut(
  plans: Readonly<Record<string, Plan>>,
  rhythm: Partial<Rhythm> = {},
  hooks: Partial<Hooks> = {}
) {
  const clock = new VirtualClock()
  const begin = clock.now()
  const log: string[] = []
  const say = (text: string) => void log.push(`${(clock.now() - begin) / 1000} ${text}`)
  let underWay = 0
  let most = 0
  const steps = Object.entries(plans).map(([key, { seconds = 10, changes = true, ends = DONE }]): Step => {
    let tries = 0
    const run = async (): Promise<Ended> => {
      const end: Outcome = ends[tries] ?? ends.at(-1) ?? 'done'
      tries += 1
      say(`${key} begins`)
      underWay += 1
      most = Math.max(most, underWay)
      if (end !== 'busy') await clock.sleep(seconds)
      underWay -= 1
      say(`${key} ${end}`)
      if (end === 'throws') throw new Error(key)
      return end
    }
    return { key, changes, run }
  })
  const standard: Rhythm = { maxParallel: 2, canary: 1, canarySoak: 0, stopAfterFailures: 1 }
  await schedule(steps, { ...standard, ...rhythm }, clock, {
    mayGoOn: () => true,
    notBegun: ({ key }) => say(`${key} not begun`),
    stillBusy: ({ key }) => say(`${key} still busy`),
    ...hooks
  })
  return { log, most, slept: clock.slept, begins: () => log.filter(line => line.endsWith('begins')) }
}

describe('the order', () => {
  test('a canary first, the others after it, so many at a time', async () => {
    const { log, most } = await carryOut({ a: {}, b: { seconds: 5 }, c: { seconds: 8 }, d: {} })
    expect(log).toEqual([
      '0 a begins',
      '10 a done',
      '10 b begins',
      '10 c begins',
      '15 b done',
      '15 d begins',
      '18 c done',
      '25 d done'
    ])
    expect(most).toBe(2)
  })

  test('several canaries side by side, followed to their end', async () => {
    const plans = { a: {}, b: { changes: false }, c: { seconds: 30 }, d: {}, e: {} }
    const { begins } = await carryOut(plans, { canary: 3, maxParallel: 2 })
    expect(begins()).toEqual(['0 a begins', '0 c begins', '10 d begins', '30 b begins', '30 e begins'])
  })

  test('what changes nothing needs no canary', async () => {
    const { begins } = await carryOut({ a: { changes: false }, b: { changes: false } }, { canarySoak: 5 })
    expect(begins()).toEqual(['0 a begins', '0 b begins'])
  })

  test('no canary was asked for', async () => {
    const { begins } = await carryOut({ a: {}, b: {} }, { canary: 0, canarySoak: 5 })
    expect(begins()).toEqual(['0 a begins', '0 b begins'])
  })

  test('nothing to do', async () => {
    expect((await carryOut({}, { canarySoak: 5 })).log).toEqual([])
  })
})

describe('the soak', () => {
  test('is between the last canary and the others, and is told', async () => {
    const told: number[] = []
    const { begins, slept } = await carryOut(
      { a: {}, b: { seconds: 20 }, c: {} },
      { canary: 2, canarySoak: 3 },
      { soaking: minutes => void told.push(minutes) }
    )
    expect(begins()).toEqual(['0 a begins', '0 b begins', '200 c begins'])
    expect(slept).toEqual([10, 20, 180, 10])
    expect(told).toEqual([3])
  })

  test.each([
    ['nothing is left', { a: {} }],
    ['nothing is left that changes', { a: {}, b: { changes: false } }]
  ])('is not when %s', async (_, plans) => {
    expect((await carryOut(plans, { canarySoak: 3 })).slept).not.toContain(180)
  })

  test('is for what is busy too', async () => {
    const { begins } = await carryOut({ a: { ends: ['busy', 'done'] }, b: {} }, { canarySoak: 3 })
    expect(begins()).toEqual(['0 a begins', '0 b begins', '190 a begins'])
  })

  test.each<[string, () => Promise<boolean>]>([
    ['says no', async () => false],
    ['throws', () => Promise.reject(new Error('not seen'))]
  ])('a last look that %s ends the rollout', async (_, afterSoak) => {
    const { log } = await carryOut({ a: {}, b: {}, c: {} }, { canarySoak: 1 }, { afterSoak })
    expect(log).toEqual(['0 a begins', '10 a done', '70 b not begun', '70 c not begun'])
  })

  test('a last look that is content lets the others begin', async () => {
    const { begins } = await carryOut({ a: {}, b: {} }, { canarySoak: 1 }, { afterSoak: async () => true })
    expect(begins()).toEqual(['0 a begins', '70 b begins'])
  })
})

describe('failures', () => {
  test('a canary that fails stops everything else, but not what is under way', async () => {
    const plans: Record<string, Plan> = { a: { ends: ['failed'] }, b: { seconds: 60 }, c: {}, d: { changes: false } }
    const { log } = await carryOut(plans, { canary: 3, stopAfterFailures: 50, canarySoak: 1 })
    expect(log).toEqual(['0 a begins', '0 b begins', '10 a failed', '60 b done', '60 c not begun', '60 d not begun'])
  })

  test('so many stop the rest; one that throws has failed', async () => {
    const plans: Record<string, Plan> = {
      a: {},
      b: { ends: ['failed'] },
      c: { seconds: 15, ends: ['throws'] },
      d: { seconds: 15 },
      e: {}
    }
    const { log } = await carryOut(plans, { stopAfterFailures: 2 })
    expect(log).toEqual([
      '0 a begins',
      '10 a done',
      '10 b begins',
      '10 c begins',
      '20 b failed',
      '20 d begins',
      '25 c throws',
      '35 d done',
      '35 e not begun'
    ])
  })

  test('credentials that expire leave the rest for ever', async () => {
    let asked = 0
    const mayGoOn = () => {
      asked += 1
      return asked !== 4
    }
    const plans: Record<string, Plan> = { a: {}, b: { ends: ['busy'] }, c: {}, d: {} }
    const { log } = await carryOut(plans, { maxParallel: 1 }, { mayGoOn })
    expect(log.slice(-2)).toEqual(['10 c not begun', '10 d not begun'])
    expect(log.join()).not.toContain('still busy')
  })
})

describe('what is busy', () => {
  test('is tried again once, after all others, and takes nobody else a place', async () => {
    const plans: Record<string, Plan> = {
      a: {},
      b: { ends: ['busy', 'done'] },
      c: { ends: ['busy', 'busy'] },
      d: {},
      e: { seconds: 15 }
    }
    const { log } = await carryOut(plans)
    expect(log).toEqual([
      '0 a begins',
      '10 a done',
      '10 b begins',
      '10 b busy',
      '10 c begins',
      '10 c busy',
      '10 d begins',
      '10 e begins',
      '20 d done',
      '25 e done',
      '25 b begins',
      '25 c begins',
      '25 c busy',
      '25 c still busy',
      '35 b done'
    ])
  })

  test('to the last is a failure, and stops what is left', async () => {
    const busy: Plan = { ends: ['busy'] }
    const { log } = await carryOut({ a: {}, b: busy, c: busy, d: busy }, { maxParallel: 1 })
    expect(log.slice(-4)).toEqual(['10 b busy', '10 b still busy', '10 c not begun', '10 d not begun'])
  })

  test('is no canary: the next takes its place', async () => {
    const { begins } = await carryOut({ a: { ends: ['busy', 'done'] }, b: {}, c: {} })
    expect(begins()).toEqual(['0 a begins', '0 b begins', '10 c begins', '20 a begins'])
  })

  test('and when all were, the first of them is the canary at its second try', async () => {
    const once: Plan = { ends: ['busy', 'done'] }
    const { begins } = await carryOut({ a: once, b: once, c: once, d: { changes: false } }, { canarySoak: 1 })
    expect(begins().slice(-4)).toEqual(['0 d begins', '10 a begins', '80 b begins', '80 c begins'])
  })

  test('is not begun, in its order, when others have failed', async () => {
    const plans: Record<string, Plan> = { a: {}, b: { ends: ['busy'] }, c: { ends: ['failed'] }, d: {}, e: {} }
    const { log } = await carryOut(plans, { maxParallel: 1 })
    expect(log.slice(-3)).toEqual(['20 b not begun', '20 d not begun', '20 e not begun'])
  })
})

test('whatever happens, each step ends in one way, and never more run than may', async () => {
  const ends = fc.constantFrom<Outcome>('done', 'done', 'done', 'failed', 'busy', 'throws')
  const plan = fc.record({ seconds: fc.integer({ min: 1, max: 5 }), changes: fc.boolean(), ends: fc.tuple(ends, ends) })
  const rhythm = fc.record({
    maxParallel: fc.integer({ min: 1, max: 4 }),
    canary: fc.nat(3),
    canarySoak: fc.nat(1),
    stopAfterFailures: fc.integer({ min: 1, max: 4 })
  })
  const run = async (plans: readonly Plan[], given: Rhythm) =>
    carryOut(Object.fromEntries(plans.map((each, index) => [`s${index}`, each])), given)
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { maxLength: 8 }), rhythm, async (plans, given) => {
      const { log, most } = await run(plans, given)
      expect(most).toBeLessThanOrEqual(given.maxParallel)
      for (const [index] of plans.entries()) {
        const own = log.map(line => line.split(' ').slice(1)).filter(([key]) => key === `s${index}`)
        const final = own.filter(([, ...how]) => !['begins', 'busy'].includes(how.join(' ')))
        expect(final).toHaveLength(1)
      }
      expect((await run(plans, given)).log).toEqual(log)
    }),
    { numRuns: 60 }
  )
})
