import type { Operation } from './ecs.ts'
import type { Pace } from './wire.ts'

/** Time, handed in so that tests have their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  sleep(seconds: number): Promise<void>
}

interface Bucket {
  readonly operations: readonly Operation[]
  readonly burst: number
  /** Tokens a second. */
  readonly refill: number
}

/** Each holds for one account in one Region. Source: Amazon ECS API Reference, "Request throttling for the Amazon ECS API". */
const BUCKETS: readonly Bucket[] = [
  { operations: ['RegisterTaskDefinition'], burst: 20, refill: 1 },
  { operations: ['DescribeTaskDefinition'], burst: 50, refill: 20 },
  { operations: ['UpdateService'], burst: 50, refill: 5 },
  { operations: ['DescribeServices', 'ListServices'], burst: 100, refill: 20 },
  { operations: ['DescribeServiceDeployments'], burst: 50, refill: 20 },
  { operations: ['DescribeServiceRevisions'], burst: 50, refill: 20 },
  { operations: ['ListClusters'], burst: 50, refill: 20 },
  { operations: ['ListTasks', 'DescribeTasks'], burst: 100, refill: 20 },
  { operations: ['TagResource'], burst: 20, refill: 10 }
]

/**
 * What we take of the burst and of the refill. The buckets are shared with everybody else in the account: to take all of the refill would
 * leave others nothing for as long as we run, and to take all of the burst nothing at the start, when nobody knows how full a bucket is.
 */
const SHARE = 0.8

/**
 * A pace for all connections to one Region, that keeps them within our share of its token buckets. Who waits for the same bucket goes in
 * the order of asking. Operations in no published bucket do not wait.
 */
export function paceBy(clock: Clock): Pace {
  const queues = new Map<string, Queue>()
  for (const bucket of BUCKETS) {
    const queue = new Queue(bucket, clock)
    for (const operation of bucket.operations) queues.set(operation, queue)
  }
  return async operation => queues.get(operation)?.take()
}

/** Tokens of one bucket, told by the one time at which it would be full again: in whole steps, so that nothing is lost to rounding. */
class Queue {
  private readonly clock: Clock
  /** Milliseconds in which a token comes back. */
  private readonly step: number
  /** Milliseconds in which an empty bucket is filled. */
  private readonly whole: number
  private fullAt = Number.NEGATIVE_INFINITY
  private last: Promise<void> = Promise.resolve()

  constructor({ burst, refill }: Bucket, clock: Clock) {
    this.clock = clock
    this.step = 1000 / (refill * SHARE)
    this.whole = Math.floor(burst * SHARE) * this.step
  }

  take(): Promise<void> {
    const own = this.last.then(() => this.waitForToken())
    // A clock that fails fails whoever waits by it, and none of those behind.
    this.last = own.catch(() => {})
    return own
  }

  private async waitForToken(): Promise<void> {
    for (;;) {
      const now = this.clock.now()
      // No bucket is emptier than empty: a clock that was put back costs a step, not all the time by which it was.
      const fullAt = Math.min(Math.max(this.fullAt, now), now + this.whole)
      const wait = fullAt + this.step - this.whole - now
      if (wait <= 0) {
        this.fullAt = fullAt + this.step
        return
      }
      this.fullAt = fullAt
      await this.clock.sleep(wait / 1000)
    }
  }
}
