import type { Ecs } from '../ecs/ecs.ts'
import { describeTaskDefinition, type Revision } from '../ecs/task-definitions.ts'
import type { Sourced } from '../source/source.ts'
import { canonical } from '../task-definition/canonical.ts'
import { type Definition, textOf } from '../task-definition/definition.ts'
import { toRegistrable } from '../task-definition/registrable.ts'
import { mergeTags, type Tag } from '../task-definition/tags.ts'

/** The rendered definition beside the revision that it starts from. */
export type Comparison =
  | { readonly kind: 'unchanged'; readonly base: Revision }
  | {
      readonly kind: 'changed'
      readonly base?: Revision | undefined
      readonly tags: readonly Tag[]
      /** The base is this very definition, but was deregistered. */
      readonly again: boolean
    }

/**
 * The revision to compare with: the one that the definition came from, or for a file the family's latest ACTIVE one.
 * Undefined when the family has none.
 */
export async function readBase(sourced: Sourced, ecs: Ecs): Promise<Revision | undefined> {
  if (sourced.revision !== undefined) return sourced.revision
  const family = textOf(sourced.definition.family)
  return family === undefined ? undefined : describeTaskDefinition(ecs, family)
}

/** Unchanged means: registering would give what the base is already, tags included, ours left out. An INACTIVE base never is. */
export function compare(
  after: Definition,
  sourced: Sourced,
  given: readonly Tag[],
  base: Revision | undefined
): Comparison {
  const tags = mergeTags(sourced.tags, given)
  const isThere = base !== undefined && isSame(after, tags, base)
  if (isThere && base.active) return { kind: 'unchanged', base }
  return { kind: 'changed', base, tags, again: isThere }
}

export function isSame(definition: Definition, tags: readonly Tag[], revision: Revision): boolean {
  return canonical(definition, tags) === canonical(toRegistrable(revision.definition).definition, revision.tags)
}
