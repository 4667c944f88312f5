import { type Node, parseTree } from 'jsonc-parser'
import type { Spot } from './place.ts'

/** Where the members and items of a JSON text stand, comments and trailing commas allowed. */
export function spotsOf(text: string): Spot | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: false })
  return root && spotOf(root, root.offset)
}

function spotOf(node: Node | undefined, start: number): Spot {
  const { type, children = [] } = node ?? {}
  return {
    start,
    child(step) {
      if (type === 'array') {
        const item = typeof step === 'number' ? children[step] : undefined
        return item && spotOf(item, item.offset)
      }
      // Of a name that is there twice, the last counts.
      const member = children.findLast(each => each.children?.[0]?.value === step)
      return member && spotOf(member.children?.[1], member.offset)
    }
  }
}
