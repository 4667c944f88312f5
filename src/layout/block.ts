import { changesFor, type Layout, losesWhenReplaced } from './change.ts'
import { type Edit, insertion, lineEndOf, lineStartOf, matchAt, nextLineOf, replacement, startsLine } from './edit.ts'
import { type Planned, planFor } from './plan.ts'
import { isCollection, type Style } from './print.ts'
import type { Block, Entry } from './tree.ts'
import { hasComment } from './trivia.ts'

/** How the lists and maps of a YAML file are indented. */
export interface BlockStyle {
  /** From a key to the hyphens of its list. */
  readonly list: string
  /** From a hyphen to what it stands before, the hyphen itself included. */
  readonly item: number
}

/**
 * Makes a YAML list or map of lines the target. The text ends with a line break. Undefined when none of it stays, or
 * something new would come first behind a hyphen.
 */
export function editBlock(layout: Layout, node: Block, target: unknown): Edit[] | undefined {
  const plan = planFor(node, target)
  if (plan === undefined || plan.entries.every(planned => planned.kind === 'drop')) return undefined
  const edits: Edit[] = plan.moved ? [{ ...insertion(node.start, ''), loses: true }] : []
  const staying = plan.entries.find(planned => planned.kind !== 'drop')
  const [first] = node.entries
  const isWithinLine = first !== undefined && !startsLine(layout.text, first.start)
  if (isWithinLine && plan.entries[0]?.kind === 'drop') {
    if (staying?.kind !== 'keep') return undefined
    edits.push(pullUp(layout, first, staying.entry))
  }
  let anchor: Entry | undefined
  for (const planned of plan.entries) {
    if (planned.kind === 'add') {
      if (anchor === undefined && (first === undefined || isWithinLine)) return undefined
      edits.push(add(layout, anchor, first ?? node, planned, node.isList))
    } else if (planned.kind === 'keep') {
      anchor = planned.entry
      const changes = changesFor(layout, anchor.value, planned.value)
      edits.push(...(changes ?? writeAnew(layout, anchor, planned.value, node.isList)))
    } else if (planned.entry !== first || !isWithinLine) edits.push(drop(layout, planned.entry))
  }
  return edits
}

/** Takes out the entry behind a hyphen. The next one that stays takes its place, unless there are comments above that one. */
function pullUp({ text, style, trivia }: Layout, first: Entry, next: Entry): Edit {
  if (!hasComment(trivia, text.slice(first.start, next.start))) return replacement(first.start, next.start, '')
  let start = first.start
  while (text[start - 1] === ' ') start--
  return replacement(start, endOfLines(text, first), style.eol)
}

function columnOf(text: string, { start }: { start: number }): number {
  return start - lineStartOf(text, start)
}

/** Behind the lines of an entry and the comments that are indented more than it begins. */
function endOfLines(text: string, entry: Entry): number {
  const comment = new RegExp(`(?:[ \\t]*\\r?\\n)* {${columnOf(text, entry) + 1},}#[^\\n]*\\n`, 'y')
  let at = nextLineOf(text, entry.end)
  for (let found = matchAt(comment, text, at); found !== ''; found = matchAt(comment, text, at)) at += found.length
  return at
}

function drop({ text }: Layout, entry: Entry): Edit {
  return replacement(lineStartOf(text, entry.start), endOfLines(text, entry), '')
}

/** A new entry behind the lines of the anchor, or without one before those of the first entry and the comment above it. */
function add(
  layout: Layout,
  anchor: Entry | undefined,
  first: { start: number },
  { key, value }: Extract<Planned, { kind: 'add' }>,
  isList: boolean
): Edit {
  const { text, style } = layout
  const indent = ' '.repeat(columnOf(text, anchor ?? first))
  const lines = isList ? itemLines(layout, value, indent) : memberLines(layout, key ?? '', value, indent)
  const written = lines.map(line => line + style.eol).join('')
  if (anchor !== undefined) return insertion(endOfLines(text, anchor), written)
  let at = lineStartOf(text, first.start)
  while (at > 0 && matchAt(/ *#/y, text, lineStartOf(text, at - 1)) === `${indent}#`) at = lineStartOf(text, at - 1)
  return insertion(at, written)
}

/** Writes another value behind the colon or hyphen of an entry; a comment in that line stays there. */
function writeAnew(layout: Layout, entry: Entry, target: unknown, isList: boolean): Edit[] {
  const { text, style } = layout
  const { after, value } = entry
  const loses = losesWhenReplaced(layout, value)
  const indent = ' '.repeat(columnOf(text, entry))
  if (isList && isCollection(target)) {
    const [first = '', ...rest] = itemLines(layout, target, indent)
    const losesMore = loses || hasComment(layout.trivia, text.slice(after, value.end))
    return [replacement(after, value.end, [first.slice(indent.length + 1), ...rest].join(style.eol), losesMore)]
  }
  const spelling = value.kind === 'leaf' ? value.spelling : undefined
  const head = headOf(text, entry)
  const below = replacement(Math.min(lineEndOf(text, head.end), value.end), value.end, '')
  if (isCollection(target)) {
    const lines = valueLines(layout, target, indent).map(line => line + style.eol)
    return [replacement(after, head.end, '', loses), below, insertion(nextLineOf(text, value.end), lines.join(''))]
  }
  const written = style.scalar(target, spelling)
  if (head.start === head.end) return [replacement(after, after, ` ${written}`, loses), below]
  return [replacement(head.start, head.end, written, loses), below]
}

/** What of a value stands in the line of its colon or hyphen: all of it, the sign of a text of many lines, or nothing. */
function headOf(text: string, { after, value }: Entry): { start: number; end: number } {
  if (value.kind === 'flow' || (value.kind === 'leaf' && value.spelling !== 'block')) return value
  if (value.kind === 'block') return value.start < lineEndOf(text, after) ? value : { start: after, end: after }
  return { start: value.start, end: value.start + matchAt(/[|>][-+\d]*/y, text, value.start).length }
}

interface Printer {
  readonly style: Style
  readonly block: BlockStyle
}

function valueLines(printer: Printer, value: object, indent: string): string[] {
  if (!Array.isArray(value)) return mapLines(printer, value, indent + printer.style.unit)
  return value.flatMap(item => itemLines(printer, item, indent + printer.block.list))
}

function mapLines(printer: Printer, value: object, indent: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) => memberLines(printer, key, inner, indent))
}

function memberLines(printer: Printer, key: string, value: unknown, indent: string): string[] {
  const name = `${indent}${printer.style.key(key)}:`
  if (!isCollection(value)) return [`${name} ${printer.style.scalar(value)}`]
  return [name, ...valueLines(printer, value, indent)]
}

function itemLines(printer: Printer, value: unknown, indent: string): string[] {
  const { style, block } = printer
  const hyphen = `${indent}-${' '.repeat(block.item - 1)}`
  if (!isCollection(value)) return [hyphen + style.scalar(value)]
  const inner = ' '.repeat(hyphen.length)
  const lines = Array.isArray(value)
    ? value.flatMap(item => itemLines(printer, item, inner))
    : mapLines(printer, value, inner)
  return lines.map((line, index) => (index === 0 ? hyphen + line.slice(inner.length) : line))
}
