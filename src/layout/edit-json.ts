import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser'
import { isObject, type JsonObject } from '../task-definition/definition.ts'
import { applyEdits, type Edit, indentAt, itemName, lineBreakOf, matchItems } from './edit.ts'
import { isEqual } from './equal.ts'

/**
 * The JSON text (comments and trailing commas allowed) with the value at `path` turned into `target`, touching only the lines that
 * have to change. Undefined when the text is not JSON or has nothing at the path.
 */
export function editJson(text: string, path: readonly string[], target: JsonObject): string | undefined {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false })
  const node = root && findNodeAtLocation(root, [...path])
  if (node === undefined || errors.length > 0) return undefined
  const unit = unitOf(text, node)
  return applyEdits(text, editsFor({ text, unit, eol: lineBreakOf(text) }, node, target))
}

interface Layout {
  readonly text: string
  /** What one level is indented by; empty in a text of one line. */
  readonly unit: string
  readonly eol: string
}

/** The indentation of the first member beyond that of its object; none in a text of one line. */
function unitOf(text: string, node: Node): string {
  const first = node.children?.[0]
  if (!text.slice(node.offset, node.offset + node.length).includes('\n')) return ''
  if (first === undefined || !text.slice(node.offset, first.offset).includes('\n')) return '  '
  return indentAt(text, first.offset).slice(indentAt(text, node.offset).length) || '  '
}

function editsFor(layout: Layout, node: Node, target: unknown): Edit[] {
  const value: unknown = getNodeValue(node)
  if (isEqual(value, target)) return []
  if (isObject(value) && isObject(target)) return editMembers(layout, node, value, target)
  if (Array.isArray(value) && Array.isArray(target)) {
    const steps = value.length === 0 ? undefined : matchItems(value, target, itemName)
    if (steps !== undefined) return editItems(layout, node, steps)
  }
  return [{ offset: node.offset, length: node.length, text: write(layout, target, indentAt(layout.text, node.offset)) }]
}

function editMembers(layout: Layout, node: Node, value: JsonObject, target: JsonObject): Edit[] {
  const properties = node.children ?? []
  const added = Object.keys(target).filter(key => !Object.hasOwn(value, key))
  const kept = properties.filter(property => Object.hasOwn(target, property.children?.[0]?.value))
  if (kept.length === 0)
    return [
      { offset: node.offset, length: node.length, text: write(layout, target, indentAt(layout.text, node.offset)) }
    ]
  const changed = kept.flatMap(property => {
    const [key, inner] = property.children ?? []
    return key === undefined || inner === undefined ? [] : editsFor(layout, inner, target[key.value])
  })
  const gone = properties.filter(property => !kept.includes(property))
  const texts = added.map(key => (indent: string) => `${JSON.stringify(key)}: ${write(layout, target[key], indent)}`)
  return [
    ...changed,
    ...dropAll(layout, properties, gone, added.length > 0),
    ...insertBehind(layout, node, kept.at(-1), texts)
  ]
}

function editItems(layout: Layout, node: Node, steps: NonNullable<ReturnType<typeof matchItems<unknown>>>): Edit[] {
  const items = node.children ?? []
  const edits: Edit[] = []
  const gone: Node[] = []
  const inserted = new Map<Node | undefined, unknown[]>()
  for (const step of steps) {
    const item = items[step.kind === 'insert' ? step.after : step.from]
    if (step.kind === 'keep' && item !== undefined) edits.push(...editsFor(layout, item, step.to))
    else if (step.kind === 'drop' && item !== undefined) gone.push(item)
    else if (step.kind === 'insert') inserted.set(item, [...(inserted.get(item) ?? []), step.to])
  }
  const atEnd = [...inserted.keys()].some(item => item === items.findLast(candidate => !gone.includes(candidate)))
  edits.push(...dropAll(layout, items, gone, atEnd))
  for (const [item, targets] of inserted) {
    edits.push(
      ...insertBehind(
        layout,
        node,
        item,
        targets.map(target => (indent: string) => write(layout, target, indent))
      )
    )
  }
  return edits
}

/** Takes nodes out of a list of members or items, each with its comma and the line break before it. */
function dropAll({ text }: Layout, all: readonly Node[], gone: readonly Node[], followed: boolean): Edit[] {
  const edits = gone.map(node => {
    const end = node.offset + node.length
    const comma = commaBehind(text, end)
    const start = node.offset - (/\s*$/.exec(text.slice(0, node.offset))?.[0].length ?? 0)
    return { offset: start, length: (comma ?? end - 1) + 1 - start, text: '' }
  })
  const last = all.at(-1)
  const left = all.findLast(node => !gone.includes(node))
  const dangling =
    left !== undefined &&
    last !== undefined &&
    gone.includes(last) &&
    !followed &&
    commaBehind(text, last.offset + last.length) === undefined
  const comma = dangling ? commaBehind(text, left.offset + left.length) : undefined
  return comma === undefined ? edits : [...edits, { offset: comma, length: 1, text: '' }]
}

/** Puts new members or items behind a node (or first, without one), in lines of their own where the others have them. */
function insertBehind(
  layout: Layout,
  parent: Node,
  node: Node | undefined,
  texts: readonly ((indent: string) => string)[]
): Edit[] {
  if (texts.length === 0) return []
  const { text, unit, eol } = layout
  const neighbour = node ?? parent.children?.[0]
  const ownLines = neighbour !== undefined && /\n\s*$/.test(text.slice(0, neighbour.offset))
  const indent =
    neighbour === undefined
      ? indentAt(text, parent.offset) + unit
      : indentAt(text, ownLines ? neighbour.offset : neighbour.offset + neighbour.length)
  const gap = ownLines ? `${eol}${indent}` : ' '
  const written = texts.map(each => each(indent))
  if (node === undefined)
    return [{ offset: parent.offset + 1, length: 0, text: written.map(each => `${gap}${each},`).join('') }]
  const end = node.offset + node.length
  const comma = commaBehind(text, end)
  const behind = endOfComments(text, (comma ?? end - 1) + 1)
  const isLast = parent.children?.at(-1) === node
  const trailing = !isLast || comma !== undefined ? ',' : ''
  const insertion = { offset: behind, length: 0, text: `${gap}${written.join(`,${gap}`)}${trailing}` }
  return comma === undefined ? [{ offset: end, length: 0, text: ',' }, insertion] : [insertion]
}

const COMMENT = /^\s*(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/)/

/** The offset of the comma that follows, comments in between or not; undefined when another thing follows. */
function commaBehind(text: string, end: number): number | undefined {
  let at = end
  for (let comment = COMMENT.exec(text.slice(at)); comment !== null; comment = COMMENT.exec(text.slice(at)))
    at += comment[0].length
  const comma = /^\s*,/.exec(text.slice(at))
  return comma === null ? undefined : at + comma[0].length - 1
}

/** Behind the comments that stand on the same line: they belong to what is before them. */
function endOfComments(text: string, end: number): number {
  const comment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\n]*?\*\/)/.exec(text.slice(end))
  return end + (comment?.[0].length ?? 0)
}

function write({ unit, eol }: Layout, value: unknown, indent: string): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${indent}`)
}
