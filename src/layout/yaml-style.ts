import type { BlockStyle } from './block.ts'
import { lineBreakOf, lineStartOf, matchAt } from './edit.ts'
import type { Style } from './print.ts'
import type { Entry, Node, Spelling } from './tree.ts'

/** How a YAML text is written: its indentation, and the quotes that most of its strings have. */
export function yamlStyle(text: string, root: Node): { style: Style; block: BlockStyle } {
  const seen: Seen = { spellings: { plain: 0, single: 0, double: 0, block: 0 } }
  look(text, root, undefined, seen)
  const { plain, single, double } = seen.spellings
  const quote = single > double ? 'single' : 'double'
  const usual = plain >= single + double && plain > 0 ? 'plain' : quote
  const unit = seen.unit ?? 2
  const style: Style = {
    eol: lineBreakOf(text),
    unit: ' '.repeat(unit),
    pad: /\{([ \t]*)[\w"']/.exec(text)?.[1] ?? ' ',
    colon: ': ',
    gap: ' ',
    oneLine: root.kind === 'flow' && !text.slice(root.start, root.end).includes('\n'),
    // In lines, brackets have to be indented more than what is around them.
    width: Number.POSITIVE_INFINITY,
    key: name => spell(name, 'plain', 'double'),
    scalar: (value, spelling) =>
      typeof value === 'string'
        ? spell(value, spelling === undefined || spelling === 'block' ? usual : spelling, quote)
        : JSON.stringify(value)
  }
  return { style, block: { list: ' '.repeat(seen.list ?? unit), item: seen.item ?? 2 } }
}

interface Seen {
  readonly spellings: Record<Spelling, number>
  unit?: number
  list?: number
  item?: number
}

function look(text: string, node: Node, holder: Entry | undefined, seen: Seen): void {
  if (node.kind === 'leaf') {
    if (typeof node.value === 'string' && node.spelling !== undefined) seen.spellings[node.spelling]++
    return
  }
  const column = (offset: number) => offset - lineStartOf(text, offset)
  if (node.kind === 'block' && holder?.key !== undefined) {
    const deeper = column(node.start) - column(holder.start)
    if (node.isList) seen.list ??= deeper
    else if (deeper > 0) seen.unit ??= deeper
  }
  for (const entry of node.entries) {
    if (node.kind === 'block' && node.isList)
      seen.item ??= 1 + Math.max(1, matchAt(/ +(?=[^\s#])/y, text, entry.after).length)
    look(text, entry.value, entry, seen)
  }
}

function spell(value: string, spelling: Spelling, quote: Spelling): string {
  if (spelling === 'plain' && isPlain(value)) return value
  const quoted = spelling === 'plain' ? quote : spelling
  if (quoted === 'single' && !UNPRINTABLE.test(value)) return `'${value.replaceAll("'", "''")}'`
  return JSON.stringify(value).replace(new RegExp(UNPRINTABLE, 'gu'), escaped)
}

/** What readers of YAML refuse or take for a line break, unless it is escaped. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Letters, digits and what is in paths, images and ARNs; readers of YAML 1.1 count, who take `no` for false and 1:30 for 90. */
function isPlain(value: string): boolean {
  return (
    /^[\p{L}\d/](?:[\p{L}\p{M}\d _./:@+()=-]*[\p{L}\p{M}\d_/)=-])?$/u.test(value) &&
    !value.includes(': ') &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value) &&
    !/^\d[\d_.,:/-]*(?:e[-+]?\d+)?$/i.test(value) &&
    !/^0[xob]/i.test(value) &&
    !/^\d{4}-\d\d?-\d\d?/.test(value)
  )
}
