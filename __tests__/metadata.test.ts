import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import type { Option } from '../src/options/option.ts'
import { OPTIONS } from '../src/options/table.ts'
import { OUTPUTS } from '../src/report/outputs.ts'
import { VERSION } from '../src/version.ts'

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8')

const defaultOf = ({ default: text, expression }: Option<unknown>) =>
  expression === undefined ? text : `\${{ ${expression} }}`

const withDefault = (text: string | undefined) => (text === undefined ? {} : { default: text })

describe('one source for inputs and outputs', () => {
  const action = parse(read('action.yml'))

  test('action.yml has every option with its description and default, and no other', () => {
    const expected = Object.entries<Option<unknown>>(OPTIONS).map(([name, option]) => [
      name,
      { description: option.description, required: false, ...withDefault(defaultOf(option)) }
    ])
    expect(Object.entries(action.inputs)).toEqual(expected)
  })

  test('action.yml has every output, and no other', () => {
    expect(Object.keys(action.outputs)).toEqual(Object.keys(OUTPUTS))
  })

  test('action.yml has what the Marketplace asks for', () => {
    const { name, description, author, branding } = action
    expect([name, author]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)])
    expect(description.length).toBeLessThan(125)
    expect(['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark']).toContain(
      branding.color
    )
    // One of the Feather icons that GitHub takes.
    expect(branding.icon).toBe('activity')
  })

  test('action.yml starts the committed bundle on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  })

  test.each(Object.keys(OPTIONS))(
    'the README has a row for %s, which leads to its part of the page of inputs',
    name => {
      expect(read('README.md')).toContain(`| [\`${name}\`](docs/inputs.md#${name}) |`)
      expect(read('docs/inputs.md')).toContain(`\n### \`${name}\`\n`)
    }
  )

  test.each(Object.keys(OUTPUTS))('the README has a row for %s', name => {
    expect(read('README.md')).toContain(`| \`${name}\` |`)
  })

  test('the README gives every default', () => {
    for (const [name, option] of Object.entries<Option<unknown>>(OPTIONS)) {
      const text = defaultOf(option)
      if (text !== undefined) expect(read('README.md')).toContain(`#${name}) | \`${text}\` |`)
    }
  })

  test('every option is tidy: no default that its own parser refuses', () => {
    for (const option of Object.values<Option<unknown>>(OPTIONS)) {
      if (option.default !== undefined) expect(option.parse(option.default)).toHaveProperty('value')
    }
  })
})

test('the version is that of package.json', () => {
  expect(JSON.parse(read('package.json')).version).toBe(VERSION)
})
