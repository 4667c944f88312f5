/** A part of the text: from `start` up to `end`, which is behind its last character. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A value with no layout inside that could be kept: a scalar, an alias, or something unusual that is only replaced as a whole. */
export interface Leaf extends Span {
  readonly kind: 'leaf'
  readonly value: unknown
  readonly spelling?: Spelling
  readonly isAlias?: boolean
}

export type Spelling = 'plain' | 'single' | 'double' | 'block'

/** A list or an object in brackets. */
export interface Flow extends Span {
  readonly kind: 'flow'
  readonly isList: boolean
  readonly value: unknown
  readonly entries: readonly Entry[]
}

/** A YAML list with hyphens or a map by indentation. It ends with its last entry. */
export interface Block extends Span {
  readonly kind: 'block'
  readonly isList: boolean
  readonly value: unknown
  readonly entries: readonly Entry[]
}

export type Collection = Flow | Block
export type Node = Leaf | Collection

/** An item of a list, or a member of an object with its name. */
export interface Entry extends Span {
  /** Undefined for items, and for keys that are more than a name. */
  readonly key?: string | undefined
  /** A merge key, or a key that is a list or an alias: never changed, and what it says is known of the whole only. */
  readonly isMerge?: boolean
  /** Behind the colon or hyphen, and behind an anchor or a tag: where a value may be written. */
  readonly after: number
  readonly value: Node
}
