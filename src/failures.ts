import { bulleted, messageOf, StepError } from './errors.ts'

/** Throws what failed: one error as it is, several under one another. */
export function failWith(errors: readonly unknown[]): void {
  const [first, ...others] = errors
  if (first === undefined) return
  if (others.length === 0) throw first
  throw new StepError({
    code: first instanceof StepError ? first.code : 'failed',
    what: `${errors.length} services failed:\n${bulleted(errors.map(messageOf))}`,
    cause: first
  })
}
