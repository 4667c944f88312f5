import { cutMarkdown } from './cut.ts'
import type { Group } from './fleet-groups.ts'
import { escaped, toProse } from './prose.ts'

/** So that a summary stays readable, and far below what GitHub takes. */
const MOST_GROUPS = 25
/** The messages of a list share it: what to do stands at the end of each, so that a few are shown whole. */
const LONGEST_LIST = 100_000
const LONGEST_MESSAGE = 20_000

const CUT = '… cut here: the log and the output results-file have all of it.'

/** A message of ours as Markdown, cut where it is far too long. */
export function cutProse(text: string, longest = LONGEST_MESSAGE): string {
  return cutMarkdown(toProse(text), longest, CUT).trimEnd()
}

/** A list with a title, an item for each group; `prose` is what is said of all of it. Further lines of an item stand below its first. */
export function listed<T>(
  title: string,
  groups: readonly Group<T>[],
  say: (group: Group<T>, prose: string) => string
): string[] {
  if (groups.length === 0) return []
  const shown = groups.slice(0, MOST_GROUPS)
  const longest = Math.min(LONGEST_MESSAGE, Math.floor(LONGEST_LIST / shown.length))
  const items = shown.map(group => `- ${say(group, cutProse(group.text, longest)).replace(/\n(?=.)/g, '\n  ')}`)
  const rest = groups.slice(MOST_GROUPS).reduce((count, { items }) => count + items.length, 0)
  const more = rest === 0 ? [] : [`- … and ${rest} more for other reasons, in the log and in the output results-file.`]
  return [`**${escaped(title)}**\n\n${[...items, ...more].join('\n')}`]
}
