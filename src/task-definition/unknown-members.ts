import type { Path } from '../errors.ts'
import { isObject, type JsonObject } from './definition.ts'
import { KNOWN_MEMBERS, ROOT } from './known-members.ts'

export interface UnknownMember {
  /** For people, such as `containerDefinitions[web].enviroment`. */
  readonly path: string
  readonly at: Path
}

/**
 * The members that the bundled SDK's model does not have. They are kept: they may be newer than the SDK. They may also be misspelt, and
 * then ECS ignores them.
 */
export function unknownMembers(definition: JsonObject): UnknownMember[] {
  return search(definition, ROOT, { path: '', at: [] })
}

function search(value: unknown, structure: string, { path, at }: UnknownMember): UnknownMember[] {
  const known = membersOf(structure)
  if (known === undefined) return []
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const name = isObject(item) && typeof item.name === 'string' ? item.name : index
      return search(item, structure, { path: `${path}[${name}]`, at: [...at, index] })
    })
  }
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([member, inner]) => {
    const found = { path: path === '' ? member : `${path}.${member}`, at: [...at, member] }
    const holds = known.get(member)
    return holds === undefined ? [found] : search(inner, holds, found)
  })
}

const read = new Map<string, ReadonlyMap<string, string>>()

/** Each member with the structure that it holds, or an empty text. */
function membersOf(structure: string): ReadonlyMap<string, string> | undefined {
  const members = read.get(structure) ?? KNOWN_MEMBERS[structure]
  if (typeof members !== 'string') return members
  const known = new Map(
    members.split(' ').map(text => {
      const [member = '', holds = ''] = text.split(':')
      return [member, holds]
    })
  )
  read.set(structure, known)
  return known
}
