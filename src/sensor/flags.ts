/**
 * The sensor's flags in the order of the documented JSON, then of the documented list. `text` goes through as given;
 * `expressions` is a string slice, which the sensor's parser reads as one CSV record for each occurrence.
 */
export const FLAGS = {
  'satellite-url': { kind: 'text' },
  'levo-env': { kind: 'text' },
  'levoai-org-id': { kind: 'text' },
  'levoai-workspace-id': { kind: 'text' },
  'rate-limit': { kind: 'text' },
  'trace-export-interval': { kind: 'text' },
  'stream-timeout-seconds': { kind: 'text' },
  'max-http-length': { kind: 'text' },
  filter: { kind: 'text' },
  'host-allow': { kind: 'expressions' },
  'path-allow': { kind: 'expressions' },
  'host-exclusions': { kind: 'expressions' },
  'path-exclusions': { kind: 'expressions' }
} as const satisfies Record<string, { kind: 'text' | 'expressions' }>

export type Flag = keyof typeof FLAGS

export type FlagValues = {
  readonly [F in Flag]?: ((typeof FLAGS)[F]['kind'] extends 'text' ? string : readonly string[]) | undefined
}

/** The program of the image and its sub-command, relative to the image's working directory. */
export const PROGRAM = ['./bin/init', 'apidump'] as const

/** The flags whose values identify the customer and are never shown. */
export const SECRET_FLAGS: readonly string[] = ['--levoai-org-id']

/** Flag and value as two elements each, in the documented order; a flag without a value is left out. */
export function toArguments(values: FlagValues): string[] {
  return (Object.keys(FLAGS) as Flag[]).flatMap(flag => {
    const value = values[flag]
    if (value === undefined) return []
    return typeof value === 'string'
      ? [`--${flag}`, value]
      : value.flatMap(expression => [`--${flag}`, toCsvRecord(expression)])
  })
}

/**
 * One value as a CSV record of one field, which the parser of a Go string-slice flag gives back unchanged: a comma would
 * split it, and a bare quote is a parse error that ends the sensor at once (spf13/pflag, StringSlice).
 */
export function toCsvRecord(value: string): string {
  return /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
