import { InputError, messageOf, StepError } from '../errors.ts'
import type { Note } from '../task-definition/definition.ts'
import type { RunnerLog } from './runner-log.ts'

type Redact = (text: string) => string

/** A warning is an annotation, on its line of the task definition's file where it has one; anything else is a line of the log. */
export function annotateNote({ level, text, place }: Note, log: RunnerLog, redact: Redact): void {
  if (level === 'warning') log.warning(redact(text), place && { ...place, file: redact(place.file) })
  else log.info(redact(text))
}

/** GitHub shows as many of a level for each step. */
export const MOST_ANNOTATIONS = 10

/**
 * Says why the step fails, the whole message in one annotation: on its line where there is a single thing wrong that has one, else behind
 * an annotation for each thing that has a line.
 */
export function annotateFailure(error: unknown, log: RunnerLog, redact: Redact): void {
  const message = redact(messageOf(error))
  const faults = error instanceof InputError || error instanceof StepError ? error.faults : []
  const located = faults.flatMap(({ text, place }) =>
    place === undefined ? [] : [{ text: redact(text), at: { ...place, file: redact(place.file) } }]
  )
  const [only] = located
  if (faults.length === 1 && only !== undefined) {
    log.error(message, only.at)
    return
  }
  for (const { text, at } of located.slice(0, MOST_ANNOTATIONS - 1)) log.error(text, at)
  log.error(message)
}
