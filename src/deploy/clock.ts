/** Time as the stages see it, so that tests hand in their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  sleep(seconds: number): Promise<void>
}

/** Seconds from one look to the next: 5 after the first look, half as long again each time, at most `longest`. */
export function gapAfter(looks: number, longest: number): number {
  return Math.min(5 * 1.5 ** looks, longest)
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000))
}
