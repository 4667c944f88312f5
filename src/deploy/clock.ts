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

/**
 * Seconds to a multiple of `grid` seconds of the clock: the last one within the gap, or else the next one. Who wait each for themselves
 * then look at the same moments.
 */
export function toGrid(now: number, gap: number, grid: number): number {
  const seconds = now / 1000
  const next = Math.floor(seconds / grid) + 1
  const last = Math.floor((seconds + gap) / grid)
  return Math.max(next, last) * grid - seconds
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000))
}
