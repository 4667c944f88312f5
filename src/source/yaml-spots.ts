import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'
import type { Spot } from './place.ts'

/** Where the members and items of a YAML text stand. */
export function spotsOf(text: string): Spot | undefined {
  const { contents } = parseDocument(text, { merge: true, logLevel: 'error' })
  return spotOf(contents, startOf(contents) ?? 0)
}

function spotOf(node: unknown, start: number): Spot {
  return {
    start,
    child(step) {
      if (isSeq(node)) {
        const item = typeof step === 'number' ? node.items[step] : undefined
        return item === undefined ? undefined : spotOf(item, startOf(item) ?? start)
      }
      const member = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined
      return member && spotOf(member.value, startOf(member.key) ?? start)
    }
  }
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
