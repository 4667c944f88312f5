/** One replacement in a text; the characters from `offset` on, `length` of them, give way to `text`. */
export interface Edit {
  readonly offset: number
  readonly length: number
  readonly text: string
}

/** Carries out edits that do not overlap; those at one offset come to stand in the order that they are given in. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let edited = ''
  let from = 0
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    edited += text.slice(from, edit.offset) + edit.text
    from = edit.offset + edit.length
  }
  return edited + text.slice(from)
}

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** The blanks and tabs that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
}

/** How the items of a list that is there become those of the list that is wanted. */
export type Step<T> =
  | { readonly kind: 'keep'; readonly from: number; readonly to: T }
  | { readonly kind: 'drop'; readonly from: number }
  | { readonly kind: 'insert'; readonly after: number; readonly to: T }

/**
 * Matches two lists of items that may have names: items of the same name are one item that changed; those without a counterpart are
 * dropped or inserted behind the item before them (`after`, -1 for the beginning). Undefined when the kept ones change their order.
 */
export function matchItems<T>(
  before: readonly unknown[],
  after: readonly T[],
  nameOf: (item: unknown) => unknown
): Step<T>[] | undefined {
  const named = before.every(item => nameOf(item) !== undefined) && after.every(item => nameOf(item) !== undefined)
  const keys = (items: readonly unknown[]) => items.map((item, index) => (named ? nameOf(item) : index))
  const [from, to] = [keys(before), keys(after)]
  const steps: Step<T>[] = from.flatMap((key, index) => (to.includes(key) ? [] : [{ kind: 'drop', from: index }]))
  let last = -1
  for (const [index, item] of after.entries()) {
    const found = from.indexOf(to[index])
    if (found < 0) steps.push({ kind: 'insert', after: last, to: item })
    else if (found <= last) return undefined
    else {
      steps.push({ kind: 'keep', from: found, to: item })
      last = found
    }
  }
  return steps
}

/** A name that tells items of the API's lists apart. */
export function itemName(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined
}
