interface Entry {
  /** Milliseconds since the epoch. */
  at: number
  owner: string
  act(): void
}

/**
 * What time it is, and what is going to happen. Nothing runs by itself: what is due happens when somebody looks, one thing
 * after the other, each at the time that it was planned for.
 */
export class Timeline {
  private readonly clock: () => number
  private readonly entries: Entry[] = []
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
    const at = this.time() + seconds * 1000
    const index = this.entries.findLastIndex(entry => entry.at <= at)
    this.entries.splice(index + 1, 0, { at, owner, act })
  }

  cancel(owner: string): void {
    const kept = this.entries.filter(entry => entry.owner !== owner)
    this.entries.splice(0, this.entries.length, ...kept)
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
      while (this.entries[0] !== undefined && this.entries[0].at <= until) {
        const [entry] = this.entries.splice(0, 1) as [Entry]
        this.instant = entry.at
        entry.act()
      }
    } finally {
      this.instant = undefined
    }
  }
}
