import { ENDINGS, type Ending, WRONG_ARCHITECTURE } from './endings.ts'
import { blame, type Evidence, sensorLogOf, textsOf } from './evidence.ts'
import { type Concerns, type Heard, hear } from './sayings.ts'
import { ECS_SAYS, SENSOR_SAYS } from './stop-causes.ts'

export type { Evidence } from './evidence.ts'

export interface Diagnosis {
  /** A short kebab-case word, such as `image-rate-limited`. */
  readonly code: string
  readonly concerns: Concerns
  /** The likely cause in one plain sentence, beginning in lower case, without a full stop at its end. */
  readonly cause: string
  /** What to do, one or two sentences, in terms of this action's inputs where one helps. */
  readonly remedy: string
}

export const CAUSE_CODES: readonly string[] = [WRONG_ARCHITECTURE, ...ECS_SAYS, ...SENSOR_SAYS, ...ENDINGS].map(
  ({ code }) => code
)

/** The first cause that fits; undefined when nothing known does. */
export function diagnose(evidence: Evidence): Diagnosis | undefined {
  return (
    // Before the runtime's own error around it, whose row knows less.
    ended([WRONG_ARCHITECTURE], evidence) ??
    said(hear(ECS_SAYS, textsOf(evidence)), words => blame(evidence, words)) ??
    said(hear(SENSOR_SAYS, [sensorLogOf(evidence)]), () => 'sensor') ??
    ended(ENDINGS, evidence) ??
    // Last, for they may be about other tasks than the one that is judged.
    said(hear(ECS_SAYS, evidence.events), () => 'task')
  )
}

function ended(endings: readonly Ending[], evidence: Evidence): Diagnosis | undefined {
  const ending = endings.find(({ applies }) => applies(evidence))
  if (ending === undefined) return undefined
  const { code, concerns, cause, remedy } = ending
  return { code, concerns: concerns(evidence), cause: cause(evidence), remedy: remedy(evidence) }
}

function said(heard: Heard | undefined, concerns: (words: RegExp) => Concerns): Diagnosis | undefined {
  if (heard === undefined) return undefined
  const { code, words, cause, remedy } = heard
  const side = concerns(words)
  return { code, concerns: side, cause, remedy: remedy(side) }
}
