import { messageOf, StepError } from './errors.ts'

/** Throws what failed: one error as it is, several one after another, each numbered and with all that it says below it. */
export function failWith(errors: readonly unknown[]): void {
  const [first, ...others] = errors
  if (first === undefined) return
  if (others.length === 0) throw first
  // An empty line between them: their own lists would run into one another.
  const told = errors.map((error, index) => `(${index + 1}) ${messageOf(error)}`)
  throw new StepError({
    code: first instanceof StepError ? first.code : 'failed',
    what: [`${errors.length} services failed:`, ...told].join('\n\n'),
    cause: first
  })
}
