import { isObject, type JsonObject } from './definition.ts'
import { KNOWN_MEMBERS, ROOT } from './known-members.ts'

/**
 * The paths of members that the bundled SDK's model does not have, such as `containerDefinitions[web].enviroment`. They are kept: they
 * may be newer than the SDK. They may also be misspelt, and then ECS ignores them.
 */
export function unknownMembers(definition: JsonObject): string[] {
  return search(definition, ROOT, '')
}

function search(value: unknown, structure: string, path: string): string[] {
  const known = KNOWN_MEMBERS[structure]
  if (known === undefined) return []
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      search(item, structure, `${path}[${isObject(item) && typeof item.name === 'string' ? item.name : index}]`)
    )
  }
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([member, inner]) => {
    const at = path === '' ? member : `${path}.${member}`
    const holds = Object.hasOwn(known, member) ? known[member] : undefined
    return holds === undefined ? [at] : search(inner, holds, at)
  })
}
