/** Who is to blame: the sensor's container, a container of the application, or the task as a whole. */
export type Concerns = 'sensor' | 'application' | 'task'

/** What a known text most likely means. */
export interface Saying {
  readonly code: string
  readonly words: RegExp
  readonly cause: string | ((found: RegExpExecArray) => string)
  /** What is to be done depends on whose container it is about; `task`: that is not known. */
  readonly remedy: string | ((found: RegExpExecArray, side: Concerns) => string)
}

/** Texts may depend on what the words caught; only the names of flags, programs and rights are ever caught. */
export interface Heard extends Pick<Saying, 'code' | 'words'> {
  readonly cause: string
  readonly remedy: (side: Concerns) => string
}

/** The first saying that one of the texts holds. */
export function hear(sayings: readonly Saying[], texts: readonly string[]): Heard | undefined {
  for (const { code, words, cause, remedy } of sayings) {
    const found = texts.map(text => words.exec(text)).find(match => match !== null)
    if (found) {
      return {
        code,
        words,
        cause: typeof cause === 'string' ? cause : cause(found),
        remedy: side => (typeof remedy === 'string' ? remedy : remedy(found, side))
      }
    }
  }
  return undefined
}

/** The words for one side, or those for both where it is not known which it is. */
export function bySide(
  side: Concerns,
  words: Readonly<Record<'sensor' | 'application', string>>,
  both: string
): string {
  return side === 'task' ? both : words[side]
}

export const REACH_AWS =
  'the subnets of the service need a way out (a public address or a NAT gateway) or VPC endpoints, and the security groups must let HTTPS out.'
