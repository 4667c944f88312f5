import { type Node as JsonNode, type ParseError, parseTree } from 'jsonc-parser'
import { changesFor } from './change.ts'
import { applyAll, type Edited, indentAt, lineBreakOf, startsLine } from './edit.ts'
import { printLines, type Style } from './print.ts'
import type { Entry, Node } from './tree.ts'
import { JSON_TRIVIA } from './trivia.ts'

/** The value of a JSON text, comments and trailing commas allowed; undefined when it is not JSON. */
export function read(text: string): unknown {
  const root = treeOf(text)
  if (root === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return root.value
  }
}

/** The JSON text with what has to change changed; undefined when that cannot be done place by place. */
export function edit(text: string, target: unknown): Edited | undefined {
  const root = treeOf(text)
  if (root === undefined) return undefined
  const layout = { text, style: styleOf(text, root), trivia: JSON_TRIVIA, block: { list: '', item: 2 } }
  const edits = changesFor(layout, root, target)
  return edits && applyAll(text, edits)
}

/** The target printed anew, indented like the text. */
export function* reprint(text: string, target: unknown): Generator<string> {
  yield printLines(styleOf(text, treeOf(text)), target, '') + (/\r?\n$/.exec(text)?.[0] ?? '')
}

function treeOf(text: string): Node | undefined {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false })
  return root === undefined || errors.length > 0 ? undefined : nodeOf(root)
}

function nodeOf({ type, offset: start, length, value, children = [] }: JsonNode): Node {
  const end = start + length
  if (type !== 'object' && type !== 'array') return { kind: 'leaf', start, end, value }
  const entries = children.map(type === 'array' ? itemOf : memberOf)
  const values = entries.map(entry => entry.value.value)
  const members = entries.map((entry, index) => [entry.key, values[index]])
  const isList = type === 'array'
  return { kind: 'flow', isList, start, end, value: isList ? values : Object.fromEntries(members), entries }
}

function itemOf(node: JsonNode): Entry {
  const value = nodeOf(node)
  return { start: value.start, end: value.end, after: value.start, value }
}

function memberOf({ offset, children = [], colonOffset = offset }: JsonNode): Entry {
  const [name, inner] = children
  const value: Node = inner === undefined ? { kind: 'leaf', start: offset, end: offset, value: null } : nodeOf(inner)
  return { key: String(name?.value), start: offset, end: value.end, after: colonOffset + 1, value }
}

function styleOf(text: string, root: Node | undefined): Style {
  const oneLine = root === undefined || !text.slice(root.start, root.end).includes('\n')
  return {
    eol: lineBreakOf(text),
    unit: (root && unitOf(text, root)) ?? '  ',
    pad: /\{([ \t]*)"/.exec(text)?.[1] ?? (oneLine ? '' : ' '),
    colon: /":([ \t]*)/.exec(text)?.[1] === '' ? ':' : ': ',
    gap: /,([ \t]*)["{[\d]/.exec(text)?.[1] ?? (oneLine ? '' : ' '),
    oneLine,
    width: 120,
    key: name => JSON.stringify(name),
    scalar: value => JSON.stringify(value)
  }
}

/** How much deeper than its list or object the first entry is that has a line of its own. */
function unitOf(text: string, node: Node): string | undefined {
  if (node.kind === 'leaf') return undefined
  const first = node.entries[0]
  if (first === undefined) return undefined
  const [inner, outer] = [indentAt(text, first.start), indentAt(text, node.start)]
  if (startsLine(text, first.start) && inner.startsWith(outer)) return inner.slice(outer.length)
  for (const { value } of node.entries) {
    const found = unitOf(text, value)
    if (found !== undefined) return found
  }
  return undefined
}
