import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { NOTES } from '../../scripts/inputs-page/page.ts'
import type { Option } from '../../src/options/option.ts'
import { OPTIONS } from '../../src/options/table.ts'
import { blocksOf, readText } from './read-documents.ts'

const options = Object.entries<Option<unknown>>(OPTIONS)
const page = readText('docs/inputs.md')

describe.each(options)('%s', (name, option) => {
  const { example } = NOTES[name as keyof typeof NOTES]

  test('has an example that its own parser takes', () => expect(option.parse(example)).toHaveProperty('value'))

  test('shows that example as it stands in a workflow', () => {
    const shown = blocksOf('docs/inputs.md', 'yaml').map(block => parse(block))
    expect(shown.map(block => String(block[name] ?? '').trim())).toContain(example)
  })
})

test('no part of it lacks what the table and the commands know', () => {
  for (const part of page.split('\n### ').slice(1)) {
    for (const row of ['default', 'value', 'mode', 'command'])
      expect(part).toMatch(new RegExp(`^\\| ${row} \\| .+ \\|$`, 'm'))
  }
})
