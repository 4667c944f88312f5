import { isObject, type JsonObject } from '../task-definition/definition.ts'
import { isEqual } from './equal.ts'
import { matchItems } from './match.ts'
import type { Collection, Entry } from './tree.ts'

/** What becomes of the entries of a collection, in the order of the result. */
export type Planned =
  | { readonly kind: 'keep'; readonly entry: Entry; readonly value: unknown }
  | { readonly kind: 'drop'; readonly entry: Entry }
  | { readonly kind: 'add'; readonly key?: string | undefined; readonly value: unknown }

export interface Plan {
  readonly entries: readonly Planned[]
  /** Items changed their order: they are written anew in their new place. */
  readonly moved: boolean
}

/** Undefined when the collection cannot become the target entry by entry. */
export function planFor(collection: Collection, target: unknown): Plan | undefined {
  if (collection.isList) return Array.isArray(target) ? planItems(collection, target) : undefined
  if (!isObject(target) || !isObject(collection.value)) return undefined
  return planMembers(collection.entries, collection.value, target)
}

function planItems({ entries }: Collection, target: readonly unknown[]): Plan {
  const { steps, moved } = matchItems(
    entries.map(entry => entry.value.value),
    target
  )
  const planned = steps.flatMap((step): Planned[] => {
    if (step.from === undefined) return [{ kind: 'add', value: step.to.value }]
    const entry = entries[step.from]
    if (entry === undefined) return []
    return [step.to === undefined ? { kind: 'drop', entry } : { kind: 'keep', entry, value: step.to.value }]
  })
  return { entries: planned, moved }
}

/** New members come behind the member that they follow in the target, when it has a place here, else last. */
function planMembers(entries: readonly Entry[], value: JsonObject, target: JsonObject): Plan | undefined {
  const last = new Map(entries.map(entry => [entry.key, entry]))
  const merged = Object.keys(value).filter(key => !last.has(key))
  if (merged.some(key => !Object.hasOwn(target, key))) return undefined
  const behind = new Map<string | undefined, string[]>()
  let previous: string | undefined
  for (const key of Object.keys(target)) {
    if (last.has(key)) previous = key
    else if (!merged.includes(key) || !isEqual(value[key], target[key]))
      behind.set(previous, [...(behind.get(previous) ?? []), key])
  }
  const added = (keys: readonly string[] | undefined) =>
    (keys ?? []).map((key): Planned => ({ kind: 'add', key, value: target[key] }))
  const planned = entries.flatMap((entry): Planned[] => {
    if (entry.key === undefined) return [{ kind: 'keep', entry, value: entry.value.value }]
    if (!Object.hasOwn(target, entry.key)) return [{ kind: 'drop', entry }]
    // Of members of one name the last one counts.
    if (last.get(entry.key) !== entry) return [{ kind: 'keep', entry, value: entry.value.value }]
    return [{ kind: 'keep', entry, value: target[entry.key] }, ...added(behind.get(entry.key))]
  })
  return { entries: [...planned, ...added(behind.get(undefined))], moved: false }
}
