import { isObject } from './definition.ts'

export interface Tag {
  readonly key: string
  readonly value: string
}

/** Tags for each resource, API reference, RegisterTaskDefinition `tags`. */
export const TAG_LIMIT = 50

/** Where a registration came from; what is unknown is left out. */
export interface Provenance {
  readonly createdBy: string
  readonly repository?: string | undefined
  readonly commit?: string | undefined
  readonly run?: string | undefined
}

/** The tags in a parsed list; entries that are not tags, and those that only AWS may write, are left out. */
export function readTags(value: unknown): Tag[] {
  if (!Array.isArray(value)) return []
  return value
    .filter(isObject)
    .filter(tag => typeof tag.key === 'string')
    .map(tag => ({ key: String(tag.key), value: plainText(tag.value) }))
    .filter(tag => !isReserved(tag.key))
}

/** YAML reads a bare `1234` or `true` as a number or a boolean; a tag's value is a text. */
function plainText(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : ''
}

/** AWS's own prefix, in any case: such a tag can be read but not written. */
export function isReserved(key: string): boolean {
  return key.toLowerCase().startsWith('aws:')
}

export function isOwnMark(tag: Tag): boolean {
  return tag.key.startsWith('levoai:')
}

/** Later tags replace earlier ones of the same key, in place. */
export function mergeTags(...lists: readonly (readonly Tag[])[]): Tag[] {
  const byKey = new Map<string, Tag>()
  for (const tag of lists.flat()) byKey.set(tag.key, tag)
  return [...byKey.values()]
}

/** The marks that a registration of ours sets; those of an earlier one say nothing about the next. */
const MARKS = ['levoai:created_by', 'levoai:repository', 'levoai:commit', 'levoai:run']

export function withoutMarks(tags: readonly Tag[]): Tag[] {
  return tags.filter(tag => !MARKS.includes(tag.key))
}

export function marksOf(provenance: Provenance): Tag[] {
  return [
    { key: 'levoai:created_by', value: provenance.createdBy },
    { key: 'levoai:repository', value: provenance.repository },
    { key: 'levoai:commit', value: provenance.commit },
    { key: 'levoai:run', value: provenance.run }
  ].filter((mark): mark is Tag => mark.value !== undefined && mark.value !== '' && mark.value.length <= 256)
}

/** Adds our marks behind the tags, as far as the limit of 50 allows; the tags themselves are never given up for a mark. */
export function markTags(tags: readonly Tag[], marks: readonly Tag[]): Tag[] {
  const others = withoutMarks(tags)
  return [...others, ...marks.slice(0, Math.max(0, TAG_LIMIT - others.length))]
}
