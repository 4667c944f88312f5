import { type JsonObject, string } from './json.ts'

const MOST_TAGS = 50
const CHARACTERS = /^[\p{L}\p{N}\p{Z}_.:/=+@-]*$/u

export interface TagRule {
  name: string
  broken(tags: JsonObject[]): boolean
  text: string
}

const keys = (tags: JsonObject[]) => tags.map(tag => string(tag.key) ?? '')
const values = (tags: JsonObject[]) => tags.map(tag => string(tag.value) ?? '')

/** AWS API reference, TagResource: what a resource's tags have to keep, given them all. */
export const TAG_RULES: readonly TagRule[] = [
  {
    name: 'tags-too-many',
    broken: tags => keys(tags).filter(key => !isReserved(key)).length > MOST_TAGS,
    text: 'Tags can not be more than 50.'
  },
  { name: 'tag-key-missing', broken: tags => keys(tags).includes(''), text: 'Tag keys can not be blank.' },
  {
    name: 'tag-key-length',
    broken: tags => keys(tags).some(key => key.length > 128),
    text: 'Tag keys should not be longer than 128 characters.'
  },
  {
    name: 'tag-value-length',
    broken: tags => values(tags).some(value => value.length > 256),
    text: 'Tag values should not be longer than 256 characters.'
  },
  {
    name: 'tag-characters',
    broken: tags => [...keys(tags), ...values(tags)].some(text => !CHARACTERS.test(text)),
    text: 'Tags contain invalid characters.'
  },
  {
    name: 'tag-reserved',
    broken: tags => keys(tags).some(isReserved),
    text: 'aws: prefixed tag key names are not allowed for external use.'
  },
  {
    name: 'tag-keys-unique',
    broken: tags => new Set(keys(tags)).size < tags.length,
    text: 'Tag keys must be unique.'
  }
]

export function isReserved(key: string): boolean {
  return key.toLowerCase().startsWith('aws:')
}
