import { type Document, isMap, isScalar, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml'
import { isObject, type JsonObject } from '../task-definition/definition.ts'
import { applyEdits, type Edit, itemName, lineBreakOf, matchItems } from './edit.ts'
import { isEqual } from './equal.ts'

/**
 * The YAML text with the value at `path` turned into `target`, touching only the lines that have to change. Undefined when that
 * cannot be done line by line: aliases, flow collections, members that come or go outside a list of containers.
 */
export function editYaml(text: string, path: readonly string[], target: JsonObject): string | undefined {
  const document = parseDocument(text, { keepSourceTokens: true, merge: true })
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  if (document.errors.length > 0) return undefined
  const edits = editsFor({ text, document, eol: lineBreakOf(text) }, node, target)
  return edits && applyEdits(text, edits)
}

interface Layout {
  readonly text: string
  readonly document: Document
  readonly eol: string
}

/** Undefined: the node has to be written anew as a whole, by whoever holds it. */
function editsFor(layout: Layout, node: unknown, target: unknown): Edit[] | undefined {
  if (isMap(node)) return isEqual(node.toJS(layout.document), target) ? [] : editMap(layout, node, target)
  if (isSeq(node)) return isEqual(node.toJS(layout.document), target) ? [] : editList(layout, node, target)
  if (!isScalar(node) || !node.range) return undefined
  if (isEqual(node.value, target)) return []
  if (isObject(target) || Array.isArray(target)) return undefined
  const [start, end] = node.range
  return [{ offset: start, length: end - start, text: JSON.stringify(target) }]
}

function editMap(layout: Layout, map: YAMLMap, target: unknown): Edit[] | undefined {
  if (!isObject(target) || map.items.length !== Object.keys(target).length) return undefined
  const edits: Edit[] = []
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : undefined
    if (name === undefined || !Object.hasOwn(target, name)) return undefined
    const inner = editsFor(layout, value, target[name])
    if (inner === undefined) return undefined
    edits.push(...inner)
  }
  return edits
}

function editList(layout: Layout, list: YAMLSeq, target: unknown): Edit[] | undefined {
  if (!Array.isArray(target) || list.flow || list.items.length === 0) return undefined
  const places = list.items.map((_, index) => placeOf(layout, list, index))
  const steps = matchItems(list.toJS(layout.document), target, itemName)
  if (steps === undefined || places.some(place => place === undefined)) return undefined
  const edits: Edit[] = []
  const inserted = new Map<number, string>()
  for (const step of steps) {
    if (step.kind === 'insert') {
      const place = places[Math.max(0, step.after)]
      if (place !== undefined)
        inserted.set(step.after, (inserted.get(step.after) ?? '') + write(layout, step.to, place.indent))
      continue
    }
    const place = places[step.from]
    if (place === undefined) return undefined
    const { start, end, indent } = place
    if (step.kind === 'drop') edits.push({ offset: start, length: end - start, text: '' })
    else
      edits.push(
        ...(editsFor(layout, list.items[step.from], step.to) ?? [
          { offset: start, length: end - start, text: write(layout, step.to, indent) }
        ])
      )
  }
  for (const [after, text] of inserted) {
    const place = places[Math.max(0, after)]
    if (place !== undefined) edits.push(insertion(layout, after < 0 ? place.start : place.end, text))
  }
  return edits
}

interface Place {
  /** The beginning of the line with the item's hyphen. */
  readonly start: number
  /** The beginning of the line behind the item's last. */
  readonly end: number
  /** What stands before the hyphen. */
  readonly indent: string
}

function placeOf({ text }: Layout, list: YAMLSeq, index: number): Place | undefined {
  const token = list.srcToken?.type === 'block-seq' ? list.srcToken.items[index] : undefined
  const hyphen = token?.start.find(each => each.type === 'seq-item-ind')
  const item = list.items[index]
  const range = isMap(item) || isScalar(item) || isSeq(item) ? item.range : undefined
  if (hyphen === undefined || !range) return undefined
  const start = text.lastIndexOf('\n', hyphen.offset - 1) + 1
  const indent = text.slice(start, hyphen.offset)
  const content = text.slice(0, range[1]).trimEnd().length
  const lineEnd = text.indexOf('\n', content)
  return indent.trim() === '' ? { start, end: lineEnd < 0 ? text.length : lineEnd + 1, indent } : undefined
}

function insertion({ text, eol }: Layout, offset: number, lines: string): Edit {
  const needsBreak = offset > 0 && text[offset - 1] !== '\n'
  return { offset, length: 0, text: needsBreak ? `${eol}${lines.slice(0, -eol.length)}` : lines }
}

/** Strings in double quotes: a plain `no` or `1.0` means something else to other readers. */
function write({ eol }: Layout, value: unknown, indent: string): string {
  const block = stringify(value, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }).trimEnd()
  const [first, ...rest] = block.split('\n')
  return [`${indent}- ${first}`, ...rest.map(line => (line === '' ? '' : `${indent}  ${line}`))].join(eol) + eol
}
