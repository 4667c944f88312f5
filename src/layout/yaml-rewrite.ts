import { Document, isMap, isNode, isScalar, isSeq, type Node, type Pair, visit, type YAMLMap, type YAMLSeq } from 'yaml'
import { isObject, type JsonObject } from '../task-definition/definition.ts'
import { isEqual } from './equal.ts'
import { matchItems } from './match.ts'

/** Makes the nodes of a document say the target, for printing: comments stay, aliases and merge keys become what they stand for. */
export function rewrite(document: Document, target: unknown): void {
  // As long as every alias has its anchor.
  const lists = new Map<YAMLSeq, readonly unknown[]>()
  visit(document, {
    Seq: (_, list) => {
      const items = list.items.map((item): unknown => (isNode(item) ? item.toJS(document) : null))
      lists.set(list, items)
    }
  })
  document.contents = rewritten({ document, lists }, document.contents, target) as typeof document.contents
  visit(document, {
    Node: (place, node) => {
      delete node.anchor
      // Without quotes it is no name.
      if (place === 'key' && isScalar(node) && node.value === '<<') node.type ??= 'QUOTE_DOUBLE'
    }
  })
}

/** A value as a YAML document of its own. */
export function printYaml(value: unknown): string {
  const document = new Document()
  rewrite(document, value)
  return document.toString({ lineWidth: 0 })
}

interface Source {
  readonly document: Document
  readonly lists: ReadonlyMap<YAMLSeq, readonly unknown[]>
}

function rewritten(source: Source, node: unknown, target: unknown): unknown {
  if (isMap(node) && isObject(target)) return rewriteMap(source, node, target)
  if (isSeq(node) && Array.isArray(target)) return rewriteList(source, node, target)
  if (isScalar(node) && isEqual(node.value, target)) return node
  // Equal values that happen to be one object are not to become aliases.
  const created = source.document.createNode(target, { aliasDuplicateObjects: false })
  if (isNode(node)) Object.assign(created, commentsOf(node))
  return created
}

function commentsOf({ comment, commentBefore, spaceBefore }: Node): Partial<Node> {
  return {
    ...(comment ? { comment } : {}),
    ...(commentBefore ? { commentBefore } : {}),
    ...(spaceBefore ? { spaceBefore } : {})
  }
}

function rewriteMap(source: Source, map: YAMLMap, target: JsonObject): YAMLMap {
  const there = new Map<string, Pair>()
  for (const pair of map.items) {
    const name = nameOf(pair)
    if (name === undefined || !Object.hasOwn(target, name)) continue
    pair.value = rewritten(source, pair.value, target[name])
    there.set(name, pair)
  }
  const added = Object.keys(target).filter(key => !there.has(key))
  const pairs = added.map(key => source.document.createPair(key, target[key], { aliasDuplicateObjects: false }))
  map.items = [...there.values(), ...pairs]
  return map
}

/** Merge keys are symbols; they, lists and aliases are no names. */
function nameOf({ key }: Pair): string | undefined {
  return isScalar(key) && typeof key.value !== 'symbol' ? String(key.value ?? '') : undefined
}

function rewriteList(source: Source, list: YAMLSeq, target: readonly unknown[]): YAMLSeq {
  const { steps } = matchItems(source.lists.get(list) ?? [], target)
  list.items = steps.flatMap(({ from, to }) =>
    to === undefined ? [] : [rewritten(source, from === undefined ? undefined : list.items[from], to.value)]
  )
  return list
}
