import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Tokens } from 'marked'
import { CAUSE_CODES } from '../../src/deploy/diagnose.ts'
import { ROOT, tokensOf } from './read-documents.ts'

const filesUnder = (folder: string, ending: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending))
    .map(name => ({ name, text: readFileSync(join(ROOT, folder, name), 'utf8') }))

const SOURCES = filesUnder('src', '.ts').map(({ name, text }) => ({
  name,
  text: text.replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}))

/** What the code says and what runs said, in one text: parts of a text that are joined over lines are one. */
const SAID = [
  ...SOURCES.map(({ text }) => text.replace(/(['`"]) \+\s*['`"]/g, '').replaceAll("\\'", "'")),
  ...filesUnder('__tests__/texts/expected', '.txt').map(({ text }) => text)
].join('\n')

interface Row {
  readonly texts: readonly string[]
  readonly code: string
}

const quoted = (cell: string | undefined) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)

const ROWS = tokensOf('docs/troubleshooting.md')
  .filter((token): token is Tokens.Table => token.type === 'table')
  .flatMap(({ header, rows }): Row[] => {
    const hasCode = header[1]?.text === 'code'
    return rows.map(row => ({ texts: quoted(row[0]?.text), code: hasCode ? (quoted(row[1]?.text)[0] ?? '') : '' }))
  })

const TEXTS = ROWS.flatMap(({ texts }) => texts)

test.each(TEXTS)('"%s" is said', text => {
  const parts = text.split('…').map(part => part.trim())
  expect(Math.max(...parts.map(({ length }) => length))).toBeGreaterThan(7)
  expect(parts.filter(part => !SAID.includes(part))).toEqual([])
})

describe('the codes', () => {
  const shown = new Set(ROWS.flatMap(({ code }) => (code === '' ? [] : code)))
  // A warning has none: what is wrong with a definition and does not stop anything is told apart by its text alone.
  const failures = SOURCES.filter(({ name }) => name !== join('sensor', 'warnings.ts')).flatMap(({ text }) =>
    [...text.matchAll(/\bcode: '([a-z0-9-]+)'|\bfails\('[a-z-]+', '([a-z0-9-]+)'/g)].map(
      ([, code, other]) => code ?? other
    )
  )
  const known = new Set([...failures, ...CAUSE_CODES])

  test('each that a failure has is here', () => {
    // What nobody foresaw has no text that could be quoted.
    expect([...known].filter(code => code !== undefined && code !== 'failed' && !shown.has(code))).toEqual([])
  })

  test('each that is here is one of the code', () => {
    const inSources = [...shown].filter(code => !SOURCES.some(({ text }) => text.includes(`'${code}'`)))
    expect(inSources).toEqual([])
  })
})
