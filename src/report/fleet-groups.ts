import type { FleetReport } from './fleet-report.ts'

/** What is said of several things in the same words, but for their names. */
export interface Group<T> {
  /** As it is said of the first. */
  readonly text: string
  /** Whether it is said of all of them to the letter. */
  readonly same: boolean
  readonly items: readonly T[]
}

/** Groups of what is said in the same words, the largest first; `loosely` also of what differs in any numbers. */
export function groupByText<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  names: ReadonlySet<string>,
  loosely = false
): Group<T>[] {
  const looseKeyOf = (text: string) => (loosely ? keyOf(text, names).replace(/\d+/g, '…') : keyOf(text, names))
  const groups = [...Map.groupBy(items, item => looseKeyOf(textOf(item))).values()]
  return groups
    .map(group => {
      const [text = '', ...others] = group.map(textOf)
      return { text, same: others.every(other => other === text), items: group }
    })
    .sort((a, b) => b.items.length - a.items.length)
}

/** Words that tell one service from another, and nothing of what happened to it. */
export function namesIn({ entries, skipped }: FleetReport): ReadonlySet<string> {
  const names = [...entries, ...skipped].flatMap(({ region, cluster, service }) => [region, cluster, service])
  const families = entries.map(({ arn }) => /task-definition\/([^:]+)/.exec(arn)?.[1])
  return new Set([...names, ...families].filter(name => name !== undefined))
}

/** Names, ids and counts of tasks are left out, and so is a line that is there before: several tasks end for one reason. */
function keyOf(text: string, names: ReadonlySet<string>): string {
  const lines = text
    .replace(/[\w-]+/g, word => (names.has(word) ? '…' : word))
    .replace(/…:\d+/g, '…')
    .replace(/\becs-svc\/\d+|\b[0-9a-f]{32}\b|\b\d+(?:\/| of )\d+\b|\b\d+ s\b/g, '…')
    .split('\n')
  return [...new Set(lines)].join('\n')
}

/** The services that a text names. */
export function servicesIn(text: string, services: ReadonlySet<string>): string[] {
  return [...new Set(text.match(/[\w-]+/g))].filter(word => services.has(word))
}

/** The first of a list, and how many more there are. */
export function listSome(names: readonly string[], most: number): string {
  const more = names.length - most
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ')
}
