import { Grouped } from './grouped.ts'
import { Heap } from './heap.ts'

interface Entry {
  /** Milliseconds since the epoch. */
  at: number
  /** How many were planned before it. */
  order: number
  owner: string
  /** Nothing once it is cancelled: taking it out of the heap would cost more than to pass it by when it is due. */
  act: (() => void) | undefined
}

/**
 * What time it is, and what is going to happen. Nothing runs by itself: what is due happens when somebody looks, one thing
 * after the other, each at the time that it was planned for.
 */
export class Timeline {
  private readonly clock: () => number
  private readonly entries = new Heap<Entry>(
    (one, other) => one.at < other.at || (one.at === other.at && one.order < other.order)
  )
  private readonly byOwner = new Grouped<Entry>()
  private planned = 0
  private ahead = 0
  /** The time of what is happening right now. */
  private instant: number | undefined

  constructor(clock: () => number) {
    this.clock = clock
  }

  /** Milliseconds since the epoch. */
  time(): number {
    return this.instant ?? this.clock() + this.ahead
  }

  /** In so many seconds, unless `owner` is cancelled before; of what is due at the same time, in the order of planning. */
  plan(seconds: number, owner: string, act: () => void): void {
    const entry = { at: this.time() + seconds * 1000, order: this.planned, owner, act }
    this.planned += 1
    this.entries.push(entry)
    this.byOwner.add(owner, entry)
  }

  cancel(owner: string): void {
    for (const entry of this.byOwner.of(owner)) entry.act = undefined
    this.byOwner.clear(owner)
  }

  /** Puts this time ahead of the clock's by so many seconds more. */
  advance(seconds: number): void {
    this.ahead += seconds * 1000
    this.settle()
  }

  /** Lets all happen that is due by now. */
  settle(): void {
    if (this.instant !== undefined) return
    const until = this.time()
    try {
      for (let entry = this.entries.first(); entry !== undefined && entry.at <= until; entry = this.entries.first()) {
        this.entries.pop()
        this.byOwner.delete(entry.owner, entry)
        if (entry.act === undefined) continue
        this.instant = entry.at
        entry.act()
      }
    } finally {
      this.instant = undefined
    }
  }
}
