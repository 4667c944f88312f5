import { type Container, isObject } from '../task-definition/definition.ts'

/** The lists in which one container names another, and the member that holds the name. */
const REFERENCES = [
  ['dependsOn', 'containerName'],
  ['volumesFrom', 'sourceContainer']
] as const

/** The container with references to any of the old names turned into the new one; the same container when it has none. */
export function renameReferences(container: Container, from: ReadonlySet<string>, to: string): Container {
  return eachList(container, from, (references, named, member) => {
    const renamed = references.map(reference =>
      named(reference) && isObject(reference) ? { ...reference, [member]: to } : reference
    )
    return onceEach(renamed, reference => isObject(reference) && reference[member] === to)
  })
}

/** The container without references to any of the names, and which lists named one. */
export function dropReferences(
  container: Container,
  names: ReadonlySet<string>
): { container: Container; lists: string[] } {
  const lists: string[] = []
  const dropped = eachList(container, names, (references, named, _member, list) => {
    lists.push(list)
    return references.filter(reference => !named(reference))
  })
  return { container: dropped, lists }
}

type Named = (reference: unknown) => boolean

function eachList(
  container: Container,
  names: ReadonlySet<string>,
  change: (references: readonly unknown[], named: Named, member: string, list: string) => unknown[]
): Container {
  let changed = container
  for (const [list, member] of REFERENCES) {
    const references = container[list]
    const named: Named = reference => isObject(reference) && names.has(String(reference[member]))
    if (Array.isArray(references) && references.some(named)) {
      changed = { ...changed, [list]: change(references, named, member, list) }
    }
  }
  return changed
}

/** Two old names may have become one: what says the same of it is said once. */
function onceEach(references: readonly unknown[], of: Named): unknown[] {
  const texts = references.map(reference => JSON.stringify(reference))
  return references.filter((reference, index) => !of(reference) || texts.indexOf(texts[index] ?? '') === index)
}
