/** What the user gave is wrong: all problems at once, each naming the input, what came and what is allowed. */
export class InputError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.length === 1 ? problems[0] : `${problems.length} problems with the input:\n${bulleted(problems)}`)
    this.name = 'InputError'
    this.problems = problems
  }
}

export interface StepFailure {
  /** A short kebab-case word for the reason, for results and for scripts. */
  code: string
  /** What was tried, on what, and why it failed. */
  what: string
  /** What to do about it. */
  hint?: string | undefined
  cause?: unknown
}

/** A stage could not do its work. The message is whole: what was tried, on what, why, and what to do. */
export class StepError extends Error {
  readonly code: string

  constructor({ code, what, hint, cause }: StepFailure) {
    super(hint === undefined ? what : `${what}\n${hint}`, cause === undefined ? {} : { cause })
    this.name = 'StepError'
    this.code = code
  }
}

/** A list for a message, one item a line. */
export function bulleted(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n')
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
