import type { Clock } from '../../src/deploy/clock.ts'
import type { Ecs } from '../../src/ecs/ecs.ts'

/** Turns of the event loop without anything new, after which all are taken to wait. */
const QUIET_TURNS = 3

interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

/**
 * A clock for many that sleep at the same time: when all of them do, and nothing that is tracked is under way, time moves to the first
 * one's end, and that one goes on until it waits again. What takes real time, such as a call over HTTP, has to be tracked.
 */
export class VirtualClock implements Clock {
  private time = Date.UTC(2026, 0, 1)
  private readonly sleepers: Sleeper[] = []
  private inFlight = 0
  /** Counts whatever happens, so that a quiet turn is told from a busy one. */
  private happenings = 0
  private isMoving = false
  /** Seconds that were slept, each time, in the order in which they were asked for. */
  readonly slept: number[] = []
  /** Called whenever time has passed. */
  onSleep: () => void = () => {}

  readonly now = (): number => this.time

  readonly sleep = (seconds: number): Promise<void> => {
    this.slept.push(seconds)
    const { promise, resolve } = Promise.withResolvers<void>()
    const until = this.time + Math.max(0, seconds) * 1000
    // Behind all that end at the same time or before: of those, the first that went to sleep wakes first.
    const index = this.sleepers.findIndex(other => other.until > until)
    this.sleepers.splice(index < 0 ? this.sleepers.length : index, 0, { until, wake: resolve })
    this.happened()
    return promise
  }

  /** Holds time still until the work has ended. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    this.inFlight += 1
    this.happened()
    try {
      return await work()
    } finally {
      this.inFlight -= 1
      this.happened()
    }
  }

  /** Within what is tracked: waits for this clock, and so must not hold it. */
  async apart<T>(work: () => Promise<T>): Promise<T> {
    this.inFlight -= 1
    this.happened()
    try {
      return await work()
    } finally {
      this.inFlight += 1
      this.happened()
    }
  }

  /** The same for what is under way already. */
  busy<T>(promise: Promise<T>): Promise<T> {
    return this.track(() => promise)
  }

  /** The same ECS, each of whose calls holds time still. */
  trackCalls(ecs: Ecs): Ecs {
    return {
      region: ecs.region,
      call: (operation, input, options) => this.track(() => ecs.call(operation, input, options))
    }
  }

  private happened(): void {
    this.happenings += 1
    if (this.isMoving || this.inFlight > 0 || this.sleepers.length === 0) return
    this.isMoving = true
    void this.move()
  }

  private async move(): Promise<void> {
    while (this.inFlight === 0 && this.sleepers.length > 0) {
      if (await this.isQuiet()) this.wakeFirst()
    }
    this.isMoving = false
  }

  private async isQuiet(): Promise<boolean> {
    const before = this.happenings
    for (let turn = 0; turn < QUIET_TURNS; turn += 1) {
      await new Promise(resolve => setImmediate(resolve))
      if (this.happenings !== before) return false
    }
    return true
  }

  private wakeFirst(): void {
    const sleeper = this.sleepers.shift()
    if (sleeper === undefined) return
    this.time = Math.max(this.time, sleeper.until)
    this.onSleep()
    sleeper.wake()
  }
}
