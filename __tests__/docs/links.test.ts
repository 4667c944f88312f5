import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Tokens } from 'marked'
import { documents, ROOT, readText, tokensOf } from './read-documents.ts'

/** The anchors of a document as GitHub makes them of its headings: a text that comes again gets a number. */
function anchorsOf(path: string): string[] {
  const seen = new Map<string, number>()
  return tokensOf(path).flatMap(token => {
    if (token.type !== 'heading') return []
    const anchor = plain((token as Tokens.Heading).tokens)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(anchor) ?? 0
    seen.set(anchor, count + 1)
    return [count === 0 ? anchor : `${anchor}-${count}`]
  })
}

const plain = (tokens: readonly { raw: string; text?: string }[]): string =>
  tokens.map(({ raw, text }) => text ?? raw).join('')

const isOurs = (href: string) => !/^(?:[a-z]+:|\/\/)/i.test(href)

/** What is wrong with a link of a document; undefined when it leads somewhere. */
function problemOf(path: string, href: string): string | undefined {
  const [target = '', anchor] = decodeURIComponent(href).split('#')
  const file = target === '' ? path : join(dirname(path), target)
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) return `${href}: there is no ${file}`
  if (anchor === undefined) return undefined
  if (!file.endsWith('.md')) return `${href}: anchors are of documents`
  return anchorsOf(file).includes(anchor) ? undefined : `${href}: ${file} has no heading for it`
}

describe.each(documents())('%s', path => {
  const links = tokensOf(path).filter((token): token is Tokens.Link | Tokens.Image =>
    ['link', 'image'].includes(token.type)
  )

  test('every relative link leads to a file, and to a heading in it', () => {
    const problems = links.flatMap(({ href }) => (isOurs(href) ? (problemOf(path, href) ?? []) : []))
    expect(problems).toEqual([])
  })

  test('every picture has a text in its place, and is small', () => {
    for (const image of links.filter(({ type }) => type === 'image')) {
      expect(image.text.length).toBeGreaterThan(10)
      expect(statSync(join(ROOT, dirname(path), image.href)).size).toBeLessThan(150_000)
    }
  })

  test('nothing looks like a link that is none', () => {
    const text = readText(path).replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
    expect(text.match(/\]\s+\((?:docs|examples|http)[^)]*\)/g) ?? []).toEqual([])
  })
})

test('every page is linked from another one', () => {
  const linked = documents().flatMap(path =>
    tokensOf(path).flatMap(token =>
      token.type === 'link' && isOurs(token.href) ? join(dirname(path), token.href.split('#')[0] ?? '') : []
    )
  )
  // GitHub itself leads to these.
  const found = (path: string) => path === 'README.md' || path.startsWith('.github/') || linked.includes(path)
  expect(documents().filter(path => !found(path))).toEqual([])
})
