import { statSync } from 'node:fs'

/** The bits of a file for its owner, group and others. */
export function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}

/** What `modeOf` says of a file that was given this mode: Windows only knows whether it can be written. */
export function asGiven(mode: number): number {
  if (process.platform !== 'win32') return mode
  return (mode & 0o200) === 0 ? 0o444 : 0o666
}
