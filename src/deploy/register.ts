import type { Ecs } from '../ecs/ecs.ts'
import { describeTaskDefinition, type Revision, registerTaskDefinition } from '../ecs/task-definitions.ts'
import { messageOf, StepError } from '../errors.ts'
import { type Definition, type Note, textOf, warning } from '../task-definition/definition.ts'
import { toBody } from '../task-definition/registrable.ts'
import {
  isOwnMark,
  marksOf,
  markTags,
  type Provenance,
  TAG_LIMIT,
  type Tag,
  withoutMarks
} from '../task-definition/tags.ts'
import type { Clock } from './clock.ts'
import { isSame } from './compare.ts'

export interface Registration {
  readonly arn: string
  readonly outcome: 'registered' | 'unchanged'
  readonly notes: readonly Note[]
}

/** A definition without a family has nowhere to be registered; said before anything is asked of AWS. */
export function requireFamily(definition: Definition, origin: string): string {
  const family = textOf(definition.family)
  if (family !== undefined) return family
  throw new StepError({
    code: 'no-family',
    what: `the task definition (${origin}) has no "family", so there is nothing to register a revision of.`,
    hint: 'Add "family" to the definition.',
    at: ['family']
  })
}

/** Registers one revision, and never a second one when the answer of the first is lost. */
export async function register(
  definition: Definition,
  tags: readonly Tag[],
  provenance: Provenance,
  ecs: Ecs,
  clock: Clock
): Promise<Registration> {
  const kept = withoutMarks(tags)
  if (kept.length > TAG_LIMIT) {
    throw new StepError({
      code: 'too-many-tags',
      what: `the revision would have ${kept.length} tags; ECS takes ${TAG_LIMIT}.`,
      hint: 'Give fewer tags.'
    })
  }
  const marked = markTags(kept, marksOf(provenance))
  try {
    const { arn } = await registerOnce(definition, marked, ecs, clock)
    return { arn, outcome: 'registered', notes: [] }
  } catch (error) {
    if (!isTaggingDenied(error) || !marked.every(isOwnMark)) throw error
    const { arn } = await registerOnce(definition, [], ecs, clock)
    const text = 'ecs:TagResource is denied: registered without the levoai: tags that say who made the revision'
    return { arn, outcome: 'registered', notes: [warning(text)] }
  }
}

/** Eight waits of 1 to 5 seconds outlast any other registration of the family. */
const CONCURRENT_ATTEMPTS = 8
const LOST_ATTEMPTS = 3

async function registerOnce(
  definition: Definition,
  tags: readonly Tag[],
  ecs: Ecs,
  clock: Clock
): Promise<{ arn: string }> {
  const family = textOf(definition.family) ?? ''
  const body = toBody(definition, tags)
  const left = { concurrent: CONCURRENT_ATTEMPTS, lost: LOST_ATTEMPTS }
  for (;;) {
    try {
      return await registerTaskDefinition(ecs, body, family)
    } catch (error) {
      if (!(error instanceof StepError)) throw error
      if (error.code === 'concurrent-revision' && --left.concurrent > 0) {
        await clock.sleep(1 + 4 * Math.random())
      } else if (error.code === 'answer-lost') {
        const made = await lookUp(definition, tags, family, ecs, clock).catch(cause => {
          throw unseen(family, error, cause)
        })
        if (made !== undefined) return made
        if (--left.lost === 0) throw error
      } else throw error
    }
  }
}

/** After a lost answer: the family's newest revision, if it is what was sent. Looked for twice, since a registration may still be under way. */
async function lookUp(
  definition: Definition,
  tags: readonly Tag[],
  family: string,
  ecs: Ecs,
  clock: Clock
): Promise<Revision | undefined> {
  for (const seconds of [1, 3]) {
    await clock.sleep(seconds)
    const newest = await describeTaskDefinition(ecs, family)
    if (newest !== undefined && isSame(definition, tags, newest)) return newest
  }
  return undefined
}

/** The look that was to tell whether it was carried out failed as well: then it stays unknown, and both are to be told. */
function unseen(family: string, { message }: StepError, cause: unknown): StepError {
  return new StepError({
    code: 'answer-lost',
    what: `${message}, and looking for the revision failed too: ${messageOf(cause)}`,
    hint: `See in the ECS console whether ${family} got a revision.`,
    cause
  })
}

function isTaggingDenied(error: unknown): boolean {
  return error instanceof StepError && error.code === 'access-denied' && /ecs:TagResource/.test(error.message)
}
