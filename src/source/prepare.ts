import { type Definition, type Note, warningAt } from '../task-definition/definition.ts'
import { toRegistrable } from '../task-definition/registrable.ts'
import { unknownMembers } from '../task-definition/unknown-members.ts'

interface Prepared {
  readonly definition: Definition
  readonly notes: readonly Note[]
}

/** What can be registered of it, with a note for each thing that somebody should know. */
export function prepare(read: Definition): Prepared {
  const { definition, notes } = toRegistrable(read)
  const unknown = unknownMembers(definition).map(({ path, at }) =>
    warningAt(
      `unknown to this version: \`${path}\`; it is kept as it is. Check the spelling, ECS does not use what it does not know`,
      at
    )
  )
  return { definition, notes: [...notes, ...unknown] }
}
