/**
 * A place in the task definition as the user wrote it, names and indices from its top; `[]` is the whole. Where it names what is not
 * there, what comes nearest is meant.
 */
export type Path = readonly (string | number)[]

/** A line of a file in the workspace. */
export interface FileLine {
  /** Relative to the workspace, with slashes. */
  readonly file: string
  /** From 1 on. */
  readonly line: number
}

/** One thing that is wrong, and where. */
export interface Fault {
  readonly text: string
  readonly at?: Path | undefined
  /** Where the reader of a file stopped. */
  readonly line?: number | undefined
  /** Found from the others when the definition came from a file. */
  readonly place?: FileLine | undefined
}

/** What the user gave is wrong: all problems at once, each naming the input, what came and what is allowed. */
export class InputError extends Error {
  readonly problems: readonly string[]
  /** The problems with their places. */
  faults: readonly Fault[]

  constructor(found: readonly (string | Fault)[]) {
    const faults = found.map(each => (typeof each === 'string' ? { text: each } : each))
    const problems = faults.map(({ text }) => text)
    super(problems.length === 1 ? problems[0] : `${problems.length} problems with the input:\n${bulleted(problems)}`)
    this.name = 'InputError'
    this.problems = problems
    this.faults = faults
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
  /** What of the definition this is about. */
  at?: Path | undefined
  /** In place of `at` when several things are wrong. */
  faults?: readonly Fault[] | undefined
}

/** A stage could not do its work. The message is whole: what was tried, on what, why, and what to do. */
export class StepError extends Error {
  readonly code: string
  /** What is wrong with the definition, with its places; none when this is about something else. */
  faults: readonly Fault[]

  constructor({ code, what, hint, cause, at, faults }: StepFailure) {
    super(hint === undefined ? what : `${what}\n${hint}`, cause === undefined ? {} : { cause })
    this.name = 'StepError'
    this.code = code
    this.faults = faults ?? (at === undefined ? [] : [{ text: this.message, at }])
  }
}

/** A list for a message, one item a line. */
export function bulleted(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n')
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
