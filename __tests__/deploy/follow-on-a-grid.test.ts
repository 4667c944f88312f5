import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { gapAfter, toGrid } from '../../src/deploy/clock.ts'
import type { Deployment } from '../../src/deploy/deployment.ts'
import { followAll } from '../../src/deploy/follow.ts'
import type { Look, Looker } from '../../src/deploy/look.ts'
import type { Course } from '../../src/deploy/watch.ts'
import { VirtualClock } from '../support/virtual-clock.ts'

test('a look falls on the grid, and never later than its gap where that reaches as far', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.double({ min: 0.1, max: 120, noNaN: true }),
      fc.integer({ min: 1, max: 60 }),
      (now, gap, grid) => {
        const seconds = toGrid(now, gap, grid)
        expect(seconds).toBeGreaterThan(0)
        expect(seconds).toBeLessThanOrEqual(Math.max(gap, grid) + 1e-6)
        const rest = ((now / 1000 + seconds) / grid) % 1
        expect(Math.min(rest, 1 - rest)).toBeLessThan(1e-6)
      }
    )
  )
})

describe('two that follow each for themselves', () => {
  /** A course that wants so many looks, the next as late as may be. */
  async function* course(looks: number): Course<Deployment> {
    for (let count = 0; count < looks; count++) yield { by: Number.POSITIVE_INFINITY }
    return { service: 'web', outcome: 'deployed', previousArn: '', arn: '', notes: [] }
  }

  async function lookTimes(grid?: number): Promise<number[][]> {
    const clock = new VirtualClock()
    const begun = clock.now()
    const follow = async (after: number) => {
      const times: number[] = []
      const looker = {
        look: async (wishes: readonly unknown[]): Promise<Look[]> => {
          times.push((clock.now() - begun) / 1000)
          return wishes.map(() => ({ kind: 'seen', now: clock.now() }) as Look)
        }
      }
      await clock.sleep(after)
      const followed = { serviceArn: 'a', eventsSince: 0, course: course(6) }
      await followAll([followed], looker as unknown as Looker, clock, 15, () => {}, grid)
      return times
    }
    return Promise.all([follow(1), follow(8)])
  }

  test('look at the same moments with a grid', async () => {
    const [first, second] = await lookTimes(15)
    expect(first).toEqual([15, 30, 45, 60, 75, 90])
    expect(second).toEqual(first)
  })

  test('and each in its own rhythm without one', async () => {
    const [first = [], second = []] = await lookTimes()
    expect(first[0]).toBe(1 + gapAfter(0, 15))
    expect(second[0]).toBe(8 + gapAfter(0, 15))
    expect(second).not.toEqual(first)
  })

  test('take whole seconds between their looks for it, however long the answers take', async () => {
    const clock = new VirtualClock()
    const begun = clock.now()
    const moments: number[] = []
    const looker = {
      look: async (wishes: readonly unknown[], now: number): Promise<Look[]> => {
        moments.push((now - begun) / 1000)
        await clock.sleep(moments.length / 10)
        return wishes.map(() => ({ kind: 'seen', now }) as Look)
      }
    }
    // A timer that is late by some milliseconds.
    const late = { now: clock.now, sleep: (seconds: number) => clock.sleep(seconds + 0.004) }
    const followed = { serviceArn: 'a', eventsSince: 0, course: course(4) }
    await followAll([followed], looker as unknown as Looker, late, 15, () => {}, 15)
    expect(moments).toEqual([15, 30, 45, 60])
  })
})
