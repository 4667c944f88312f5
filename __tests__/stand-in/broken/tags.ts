import { fargate } from '../definitions.ts'
import { copies, type Row } from './row.ts'

const tagged = (...tags: [string, string][]) => fargate({ tags: tags.map(([key, value]) => ({ key, value })) })

export const TAGS: readonly Row[] = [
  [
    'tags-too-many',
    fargate({ tags: copies(51, i => ({ key: `k${i}`, value: 'v' })) }),
    'Tags can not be more than 50.'
  ],
  ['tag-key-missing', tagged(['', 'v']), 'Tag keys can not be blank.'],
  ['tag-key-length', tagged(['k'.repeat(129), 'v']), 'Tag keys should not be longer than 128 characters.'],
  ['tag-value-length', tagged(['k', 'v'.repeat(257)]), 'Tag values should not be longer than 256 characters.'],
  ['tag-characters', tagged(['k', 'a*b']), 'Tags contain invalid characters.'],
  [
    'tag-reserved',
    tagged(['AWS:cloudformation:stack-name', 'v']),
    'aws: prefixed tag key names are not allowed for external use.'
  ],
  ['tag-keys-unique', tagged(['k', 'v'], ['k', 'w']), 'Tag keys must be unique.']
]
