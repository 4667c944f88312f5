import { isObject } from '../task-definition/definition.ts'
import { isEqual } from './equal.ts'

/** How a list becomes another, in the order of the result: an item stays (`from` and `to`), goes (`from`) or is new (`to`). */
export type Step =
  | { readonly from: number; readonly to: { readonly value: unknown } }
  | { readonly from: number; readonly to?: undefined }
  | { readonly from?: undefined; readonly to: { readonly value: unknown } }

export interface Matching {
  readonly steps: readonly Step[]
  /** An item has another place than before, so it is both gone and new. */
  readonly moved: boolean
}

/** Beyond this many comparisons only the equal items at both ends are matched. */
const MOST_COMPARISONS = 1_000_000

/**
 * Matches two lists. Where every item has a name of its own, those of one name are one item that may have changed; else equal items
 * are. Of the others, those that stand in the same gap are one item that changed: named ones only when they are alike, so
 * that a container never inherits the comments of another.
 */
export function matchItems(before: readonly unknown[], after: readonly unknown[]): Matching {
  const named = [before, after].every(hasNames)
  const keyOf = (item: unknown) => (named && isObject(item) ? item.name : JSON.stringify(item))
  const [from, to] = [before.map(keyOf), after.map(keyOf)]
  const steps: Step[] = []
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of [...commonItems(from, to), [before.length, after.length] as const]) {
    steps.push(...gap(before.slice(i, nextI), after.slice(j, nextJ), i, named))
    if (nextI < before.length) steps.push({ from: nextI, to: { value: after[nextJ] } })
    i = nextI + 1
    j = nextJ + 1
  }
  const kept = new Set(steps.map(step => (step.to === undefined ? undefined : step.from)))
  const wanted = new Set(to)
  const moved = named && from.some((key, index) => wanted.has(key) && !kept.has(index))
  return { steps, moved }
}

function hasNames(items: readonly unknown[]): boolean {
  const names = items.map(item => (isObject(item) && typeof item.name === 'string' ? item.name : undefined))
  return !names.includes(undefined) && new Set(names).size === names.length
}

/** Between two items that stay: pairs of what changed, then what goes, then what is new. */
function gap(gone: readonly unknown[], added: readonly unknown[], offset: number, named: boolean): Step[] {
  const steps: Step[] = []
  let next = 0
  for (const [index, item] of gone.entries()) {
    const found = named ? added.findIndex((candidate, at) => at >= next && isAlike(item, candidate)) : next
    if (found < 0 || found >= added.length) {
      steps.push({ from: offset + index })
      continue
    }
    steps.push(...added.slice(next, found).map(value => ({ to: { value } })))
    steps.push({ from: offset + index, to: { value: added[found] } })
    next = found + 1
  }
  return [...steps, ...added.slice(next).map(value => ({ to: { value } }))]
}

/** Half of the members are the same: the item has another name now. */
function isAlike(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return false
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  const same = keys.filter(key => Object.hasOwn(b, key) && isEqual(a[key], b[key])).length
  return same > 0 && same * 2 >= Math.max(keys.length, others.length)
}

/** The longest common subsequence, as pairs of indices. */
function commonItems(from: readonly unknown[], to: readonly unknown[]): [number, number][] {
  let start = 0
  while (start < Math.min(from.length, to.length) && from[start] === to[start]) start++
  let end = 0
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end++
  const middle = longestCommon(from.slice(start, from.length - end), to.slice(start, to.length - end))
  return [
    ...Array.from({ length: start }, (_, index): [number, number] => [index, index]),
    ...middle.map(([i, j]): [number, number] => [i + start, j + start]),
    ...Array.from({ length: end }, (_, index): [number, number] => [from.length - end + index, to.length - end + index])
  ]
}

function longestCommon(from: readonly unknown[], to: readonly unknown[]): [number, number][] {
  if (from.length === 0 || to.length === 0 || from.length * to.length > MOST_COMPARISONS) return []
  const width = to.length + 1
  const lengths = new Uint32Array((from.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--)
      lengths[i * width + j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < from.length && j < to.length; ) {
    if (from[i] === to[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}
