import { changesFor, type Layout, losesWhenReplaced } from './change.ts'
import { type Edit, indentAt, insertion, matchAt, replacement, startsLine } from './edit.ts'
import { type Planned, planFor } from './plan.ts'
import { isCollection, printInline, printLike, printLines } from './print.ts'
import type { Entry, Flow } from './tree.ts'
import { commaBehind, endsInLineComment, hasComment, lineBreakBefore } from './trivia.ts'

/** Makes a list or an object in brackets the target; undefined when none of it stays. */
export function editFlow(layout: Layout, node: Flow, target: unknown): Edit[] | undefined {
  const plan = planFor(node, target)
  if (plan === undefined) return undefined
  const changed = plan.entries.some(planned => planned.kind !== 'keep')
  const stays = plan.entries.filter(planned => planned.kind !== 'drop')
  if (changed && stays.length === 0) return undefined
  if (node.entries.length === 0 && changed) return fill(layout, node, target)
  const edits = plan.entries.flatMap(planned =>
    planned.kind === 'keep' ? changeEntry(layout, planned.entry, planned.value) : []
  )
  if (!changed) return edits
  return [
    ...(plan.moved ? [{ ...insertion(node.start, ''), loses: true }] : []),
    ...edits,
    ...arrange(layout, node, plan.entries)
  ]
}

function changeEntry(layout: Layout, entry: Entry, target: unknown): Edit[] {
  const { after, value } = entry
  const edits = changesFor(layout, value, target)
  if (edits !== undefined) return edits
  const { text, style } = layout
  const written = isCollection(target)
    ? printLike(style, target, indentAt(text, value.start), isInLine(text, entry))
    : style.scalar(target, value.kind === 'leaf' ? value.spelling : undefined)
  const blank = value.start === after && value.start === value.end ? ' ' : ''
  return [replacement(value.start, value.end, blank + written, losesWhenReplaced(layout, value))]
}

/** The first entries of a list or an object that has nothing but comments. */
function fill({ text, style, trivia }: Layout, node: Flow, target: unknown): Edit[] | undefined {
  const inside = text.slice(node.start + 1, node.end - 1)
  if (!hasComment(trivia, inside)) return undefined
  if (!inside.includes('\n')) {
    const entries = printInline(style, target).slice(1, -1).trim()
    return [insertion(node.end - 1, `${/\s$/.test(inside) ? '' : ' '}${entries} `)]
  }
  const indent = indentAt(text, node.start)
  const entries = printLines(style, target, indent).slice(1, -1).trim()
  const behind = node.start + 1 + matchAt(trivia.sameLine, text, node.start + 1).length
  return [insertion(behind, `${style.eol}${indent}${style.unit}${entries}`)]
}

/** Takes out what goes, puts in what is new, and mends the commas. */
function arrange(layout: Layout, node: Flow, planned: readonly Planned[]): Edit[] {
  const { text, trivia } = layout
  const edits: Edit[] = []
  const last = node.entries.at(-1)
  const trailing = last !== undefined && commaBehind(trivia, text, last.end) !== undefined
  const lastStaying = planned.findLast(each => each.kind !== 'drop')
  let anchor: Entry | undefined
  let gapStart = node.start + 1
  for (const each of planned) {
    if (each.kind !== 'add') {
      if (each.kind === 'drop') edits.push(drop(layout, each.entry, gapStart))
      gapStart = behindComma(layout, each.entry)
    }
    if (each.kind === 'drop') continue
    const comma = each !== lastStaying || trailing
    if (each.kind === 'add') edits.push(add(layout, node, anchor, each, comma))
    else {
      anchor = each.entry
      const found = commaBehind(trivia, text, anchor.end)
      if (comma && found === undefined) edits.push(insertion(anchor.end, ','))
      if (!comma && found !== undefined) edits.push(dropComma(layout, found, last?.end ?? anchor.end))
    }
  }
  return edits
}

/** A new entry behind the anchor, or first without one, in a line of its own where its neighbour has one. */
function add(
  layout: Layout,
  node: Flow,
  anchor: Entry | undefined,
  { key, value }: Extract<Planned, { kind: 'add' }>,
  comma: boolean
): Edit {
  const { text, style, trivia } = layout
  const neighbour = anchor ?? node.entries[0]
  const ownLine = neighbour !== undefined && startsLine(text, neighbour.start)
  const inLine = neighbour !== undefined && isInLine(text, neighbour)
  const indent = indentAt(text, neighbour === undefined ? node.start : ownLine ? neighbour.start : neighbour.end)
  const name = key === undefined ? '' : `${style.key(key)}${style.colon}`
  const written = `${name}${printLike(style, value, indent, inLine)}${comma ? ',' : ''}`
  const gap = ownLine ? `${style.eol}${indent}` : style.gap
  if (anchor === undefined && !ownLine) return insertion(neighbour?.start ?? node.end - 1, written + (comma ? gap : ''))
  const behind = anchor === undefined ? node.start + 1 : behindComma(layout, anchor)
  const comments = ownLine ? matchAt(trivia.sameLine, text, behind).length : 0
  return insertion(behind + comments, gap + written)
}

/** Whether an entry stands in one line: within one, or as a list or an object that could have had lines of its own. */
function isInLine(text: string, { start, end, value }: Entry): boolean {
  if (text.slice(start, end).includes('\n')) return false
  return !startsLine(text, start) || (value.kind === 'flow' && value.entries.length > 0)
}

function behindComma({ text, trivia }: Layout, { end }: Entry): number {
  return (commaBehind(trivia, text, end) ?? end - 1) + 1
}

/** A comma that begins a line goes with its line break, if the last entry of all, which goes too, ends its line. */
function dropComma({ text }: Layout, comma: number, end: number): Edit {
  const isWholeLine = startsLine(text, comma) && matchAt(/[ \t]*\r?\n/y, text, end) !== ''
  return replacement(isWholeLine ? (lineBreakBefore(text, comma) ?? comma) : comma, comma + 1, '')
}

/** Takes out an entry with its comma: its lines where it has lines of its own, with the comment behind it. */
function drop(layout: Layout, entry: Entry, gapStart: number): Edit {
  const { text, trivia } = layout
  const end = behindComma(layout, entry)
  const toBlanks = end + matchAt(/[ \t]*/y, text, end).length
  if (startsLine(text, entry.start)) {
    const lineEnd = end + matchAt(trivia.sameLine, text, end).length
    const isLineEnd = matchAt(/\r?\n/y, text, lineEnd) !== ''
    const from = lineBreakBefore(text, entry.start)
    if (from !== undefined && (isLineEnd || !endsInLineComment(trivia, text, gapStart, from)))
      return replacement(from, isLineEnd ? lineEnd : end, '')
    return replacement(entry.start, toBlanks, '')
  }
  let blanks = entry.start
  while (blanks > gapStart && /[ \t]/.test(text[blanks - 1] ?? '')) blanks--
  return text[blanks - 1] === ',' || blanks > gapStart
    ? replacement(blanks, end, '')
    : replacement(entry.start, toBlanks, '')
}
