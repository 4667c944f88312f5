/** Time as the stages see it, so that tests hand in their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  sleep(seconds: number): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000))
}
