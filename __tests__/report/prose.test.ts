import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { marked } from 'marked'
import { escaped, toProse, toText } from '../../src/report/prose.ts'

/** What a browser would show of it. */
function shown(markdown: string): string {
  const html = marked.parse(markdown, { gfm: true, async: false })
  const text = html.replace(/<[^>]*>/g, '')
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, entity => entities[entity] ?? entity).trim()
}

describe('text is shown as it is', () => {
  test.each([
    '__init__ and _x_ and a_b_c',
    '~x~ and ~~y~~',
    '1) x',
    '1. x',
    '# x',
    '- x',
    '+ x',
    'a *b* **c** `d`',
    '<b>x</b> <!-- y -->',
    '[x](y) ![z](w)',
    'a | b',
    '&lt; &amp; &#35;',
    'back\\slash'
  ])('%s', text => {
    expect(shown(escaped(text))).toBe(text)
  })

  test('whatever it is', () => {
    const word = fc.stringMatching(/^[a-z0-9_*~`[\]<>|\\&;#()!.+-]{1,8}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), words => {
        const text = `x ${words.join(' ')}`
        expect(shown(escaped(text))).toBe(text)
      })
    )
  })

  test('and nobody is told of it', () => {
    expect(escaped('by @somebody')).toBe('by @\u200bsomebody')
  })
})

describe('a message', () => {
  test('of several kinds of lines', () => {
    expect(toProse('it failed:\n- one\n- two\n{"Effect":"Allow"}\nIts log:\n  a `b`\n  c')).toBe(
      'it failed:\n\n- one\n- two\n\n```json\n{\n  "Effect": "Allow"\n}\n```\n\nIts log:\n\n```\na `b`\nc\n```'
    )
  })

  test('links revisions, and no pattern of them', () => {
    const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop'
    expect(toText(`on ${arn}:7.`)).toMatch(/^on \[shop:7\]\(https:.*\)\.$/)
    expect(toText(`on ${arn}:*.`)).toBe(`on \`${arn}:*\`.`)
    expect(toText(`secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:x`)).toContain('`arn:aws:secretsmanager')
  })
})
