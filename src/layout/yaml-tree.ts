import { type CST, type Document, isAlias, isMap, isNode, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Entry, Leaf, Node, Spelling } from './tree.ts'

/** Where the values of a document, parsed with its source tokens, stand in its text. */
export function yamlTree(document: Document, text: string): Node {
  return nodeOf({ document, text }, document.contents, 0)
}

interface Source {
  readonly document: Document
  readonly text: string
}

function nodeOf(source: Source, node: unknown, after: number): Node {
  if (isMap(node) || isSeq(node)) return collectionOf(source, node) ?? unusual(source, node)
  if (!isScalar(node) && !isAlias(node)) return { kind: 'leaf', start: after, end: after, value: null }
  const value = isAlias(node) ? node.toJS(source.document, { maxAliasCount: 100 }) : node.value
  const [start, end] = node.range ?? [after, after]
  if (start === end) return { kind: 'leaf', start: after, end: after, value }
  const spelling = isScalar(node) ? SPELLINGS[node.type ?? ''] : undefined
  if (spelling === undefined) return { kind: 'leaf', start, end, value, isAlias: isAlias(node) }
  const lineBreak = /\r?\n$/.exec(source.text.slice(start, end))?.[0].length ?? 0
  return { kind: 'leaf', start, end: spelling === 'block' ? end - lineBreak : end, value, spelling }
}

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block'
}

/** Such as a pair without braces in a list: read, but replaced only as a whole. */
function unusual({ document, text }: Source, node: YAMLMap | YAMLSeq): Leaf {
  const [start, end] = node.range ?? [0, 0]
  const value: unknown = node.toJS(document, { maxAliasCount: 100 })
  return {
    kind: 'leaf',
    start,
    end: text.slice(0, end).trimEnd().length,
    value,
    spelling: node.flow ? 'plain' : 'block'
  }
}

function collectionOf(source: Source, node: YAMLMap | YAMLSeq): Node | undefined {
  const { srcToken: token } = node
  const entries = isSeq(node) ? itemsOf(source, node) : membersOf(source, node)
  const [first, last] = [entries?.[0], entries?.at(-1)]
  if (token === undefined || entries === undefined) return undefined
  const value = contentOf(source, node, entries)
  const isList = isSeq(node)
  if (token.type === 'flow-collection') {
    const close = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end')
    return close && { kind: 'flow', isList, start: token.start.offset, end: close.offset + 1, value, entries }
  }
  return first && last && { kind: 'block', isList, start: first.start, end: last.end, value, entries }
}

function contentOf({ document }: Source, node: YAMLMap | YAMLSeq, entries: readonly Entry[]): unknown {
  if (isSeq(node)) return entries.map(entry => entry.value.value)
  if (entries.some(entry => entry.isMerge)) return node.toJS(document, { maxAliasCount: 100 })
  return Object.fromEntries(entries.map(entry => [entry.key, entry.value.value]))
}

function itemsOf(source: Source, { items, srcToken: token }: YAMLSeq): Entry[] | undefined {
  if (token?.type !== 'block-seq' && token?.type !== 'flow-collection') return undefined
  const isFlow = token.type === 'flow-collection'
  const tokens = (token.items as CST.CollectionItem[]).filter(({ start, value, sep }) =>
    isFlow ? value !== undefined || sep !== undefined : start.some(({ type }) => type === 'seq-item-ind')
  )
  if (tokens.length !== items.length) return undefined
  return tokens.map((token, index) => {
    const after = endOf(token.start, 'seq-item-ind')
    const value = nodeOf(source, items[index], after)
    return { start: startOf(token) ?? after, end: value.end, after: isFlow ? value.start : after, value }
  })
}

function membersOf(source: Source, { items, srcToken: token }: YAMLMap): Entry[] | undefined {
  if (token?.type !== 'block-map' && token?.type !== 'flow-collection') return undefined
  return items.map(({ key, value: inner, srcToken: pair }): Entry => {
    const hasColon = pair?.sep?.some(({ type }) => type === 'map-value-ind')
    const endOfKey = isNode(key) ? (key.range?.[1] ?? 0) : 0
    const after = hasColon ? endOf(pair?.sep ?? [], 'map-value-ind') : endOfKey
    const value = nodeOf(source, inner, after)
    const isMerge = !isScalar(key) || (key.type === 'PLAIN' && key.source === '<<')
    const name = isMerge ? undefined : String(key.value ?? '')
    return { key: name, isMerge, start: (pair && startOf(pair)) ?? after, end: value.end, after, value }
  })
}

/** Where an entry begins: its hyphen, question mark, anchor, tag, key or value. */
function startOf({ start, key, sep, value }: CST.CollectionItem): number | undefined {
  const tokens = [...start, key, ...(sep ?? []), value]
  return tokens.find(token => token && !BLANKS.has(token.type))?.offset
}

const BLANKS: ReadonlySet<string> = new Set(['space', 'newline', 'comment', 'comma'])

/** Behind the colon or hyphen, and the anchor and tag behind it. */
function endOf(tokens: readonly CST.SourceToken[], indicator: CST.TokenType): number {
  const last = tokens.findLast(({ type }) => type === indicator || type === 'anchor' || type === 'tag')
  return last === undefined ? 0 : last.offset + last.source.length
}
