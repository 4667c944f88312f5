import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { code, escaped, htmlOf, toProse, toText } from '../../src/report/prose.ts'
import { Redaction, redactor } from '../../src/report/redact.ts'

test.each([
  ['a secret', ['org-1'], 'is org-1, org-1', 'is ***, ***'],
  ['the longest', ['pass', 'user:pass'], 'user:pass and pass', '*** and ***'],
  ['what overlaps', ['ab-cd', 'cd-efg'], 'ab-cd-efg', '***'],
  ['what follows at once', ['org-1', 'org-2'], 'org-1org-2', '******'],
  ['as JSON spells it', ['a"b\\c'], JSON.stringify({ x: 'a"b\\c' }), '{"x":"***"}'],
  ['as a URL spells it', ['a b/ä'], 'https://h/?q=a%20b%2F%C3%A4', 'https://h/?q=***'],
  ['what looks like a pattern', ['a.c$&'], 'abc$& a.c$&', 'abc$& ***'],
  ['what is short as a word', ['a:s'], 'a:s, xa:s, a:sx', '***, xa:s, a:sx'],
  ['half of a surrogate pair', ['half-\ud800'], 'a half-\ud800 b', 'a *** b'],
  ['nothing for an empty secret', [''], 'text', 'text'],
  ['nothing without secrets', [], 'text', 'text']
])('%s is hidden', (_name, secrets, text, shown) => {
  expect(redactor(secrets)(text)).toBe(shown)
})

test('what is suspected and short is hidden as a word', () => {
  const redact = redactor([], ['shop', 'planted-value'])
  expect(redact('shop, /shop, workshop, an-planted-values')).toBe('***, /***, workshop, an-***s')
})

test('no secret is left in any text around it', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 4 }).filter(text => !text.includes('*') && text.trim() !== '')
  fc.assert(
    fc.property(
      fc.array(secret, { minLength: 1, maxLength: 3 }),
      fc.string(),
      fc.string(),
      (secrets, before, after) => {
        const text = secrets.map(one => `${before}${one}${after}${JSON.stringify(one)}`).join('|')
        const shown = redactor(secrets)(text)
        for (const one of secrets) expect(shown).not.toContain(one)
      }
    ),
    { numRuns: 500 }
  )
})

/** As a person reads Markdown, and as GitHub renders it: without the characters that only escape others. */
function rendered(text: string): string {
  return text
    .replace(/\\(?=[^\w\s])|\u200b/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
}

const MEANINGFUL = [
  'a*b_|<&>[1]',
  'LEAK*org_[1]',
  'LEAK|org',
  'LEAK`org',
  '_LEAKorg_',
  'LEAK~~org',
  '- LEAK',
  '12. LEAK'
]

test.each([...MEANINGFUL, '# LEAK', '@LEAK@', '&LEAK&', '__LEAK__', 'LEAK\\', '<LEAK/>'])(
  '%j is hidden in whatever way Markdown and HTML spell it',
  secret => {
    const redact = redactor([secret])
    for (const before of ['', 'x', ' ', '"', '_', '* ']) {
      for (const after of ['', 'x', ' ', '.', '_', '#']) {
        const text = `${before}${secret}${after}`
        for (const spell of [escaped, code, htmlOf, toText, toProse, (all: string) => escaped(JSON.stringify(all))]) {
          expect(rendered(redact(spell(text))).replaceAll("'", '`')).not.toContain(rendered(secret))
        }
      }
    }
  }
)

test('what Markdown spells is hidden of any secret', () => {
  const character = fc.constantFrom(...'ab_*|<>&[]`~#-@\\ 1.')
  const secret = fc.string({ unit: character, minLength: 4, maxLength: 12 }).map(text => `a${text}b`)
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom('', 'x', ' ', '.'),
      fc.constantFrom('', 'x', ' ', '.'),
      (one, before, after) => {
        const shown = redactor([one])(`${escaped(`${before}${one}${after}`)}\n${code(one)}\n${htmlOf(one)}`)
        expect(shown).not.toMatch(/a.*b/)
      }
    ),
    { numRuns: 1000 }
  )
})

test('many texts are looked for as quickly as few', () => {
  const many = Array.from({ length: 20_000 }, (_none, index) => `value-${index}-of-many`)
  const redaction = new Redaction()
  redaction.suspect(many)
  const text = 'something else is said here, '.repeat(20_000)
  const start = performance.now()
  expect(redaction.text(`${text}value-777-of-many`)).toBe(`${text}***`)
  expect(performance.now() - start).toBeLessThan(2000)
})

test('for people nothing moves a cursor or renames a window', () => {
  const redaction = new Redaction()
  expect(redaction.text('\x1b]0;pwned\x07\x1b[2J\u009b2J\x7f\x00')).toBe('�]0;pwned��[2J�2J��')
  expect(redaction.text('a\tb\r\nc\nd\re ä 😀')).toBe('a\tb\nc\nd�e ä 😀')
})

test('what is only suspected changes no name, id or ARN of the results', () => {
  const redaction = new Redaction()
  redaction.hide(['org-1', 'ab'])
  redaction.suspect(['my-cluster', 'planted-value'])
  expect(redaction.result('my-cluster')).toBe('my-cluster')
  expect(redaction.result('my-cluster has planted-value of org-1, ab')).toBe('*** has *** of ***, ***')
  expect(redaction.result('arn:aws:ecs:eu-west-1:1:task/org-1/ab')).toBe('arn:aws:ecs:eu-west-1:1:task/***/ab')
  expect(redaction.masked('my-cluster of org-1, ab')).toBe('my-cluster of ***, ab')
})
