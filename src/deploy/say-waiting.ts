import type { Clock } from './clock.ts'

/** So many minutes without a word look like a run that hangs. */
const SILENCE = 5

/** Tells what is waited for: at first, when it is another, and again every few minutes. */
export function sayWaiting(clock: Clock, say: (text: string) => void): (awaited: string, text: string) => void {
  const began = clock.now()
  let last: { readonly awaited: string; readonly at: number } | undefined
  return (awaited, text) => {
    const now = clock.now()
    const isSame = last?.awaited === awaited
    if (isSame && last !== undefined && now - last.at < SILENCE * 60_000) return
    last = { awaited, at: now }
    say(`${isSame ? `still waiting, for ${Math.round((now - began) / 60_000)} minutes now,` : 'waiting'} for ${text}`)
  }
}

/** `1 minute`, `5 minutes`. */
export function sayMinutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`
}
