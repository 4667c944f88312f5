import { type BlockStyle, editBlock } from './block.ts'
import type { Edit } from './edit.ts'
import { isEqual } from './equal.ts'
import { editFlow } from './flow.ts'
import type { Style } from './print.ts'
import type { Node } from './tree.ts'
import { hasComment, type Trivia } from './trivia.ts'

/** A text, and how it is written. */
export interface Layout {
  readonly text: string
  readonly style: Style
  readonly trivia: Trivia
  readonly block: BlockStyle
  /** Aliases are left alone: what they stand for may still change. */
  readonly sparesAliases?: boolean
}

/** The edits that make a node the target. Undefined: it has to be written anew as a whole, by whoever holds it. */
export function changesFor(layout: Layout, node: Node, target: unknown): Edit[] | undefined {
  if (node.kind === 'flow') return editFlow(layout, node, target)
  if (node.kind === 'block') return editBlock(layout, node, target)
  return (node.isAlias && layout.sparesAliases) || isEqual(node.value, target) ? [] : undefined
}

/** Whether something is lost when a node is written anew: a comment, or what stood for a list or an object. */
export function losesWhenReplaced({ text, trivia }: Layout, node: Node): boolean {
  return standsForMore(node) || (node.kind !== 'leaf' && hasComment(trivia, text.slice(node.start, node.end)))
}

function standsForMore(node: Node): boolean {
  if (node.kind === 'leaf') return typeof node.value === 'object' && node.value !== null
  return node.entries.some(({ isMerge, value }) => isMerge || standsForMore(value))
}
