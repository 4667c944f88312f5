import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { redactor } from '../../src/report/redact.ts'

test.each([
  ['a secret', ['org-1'], 'is org-1, org-1', 'is ***, ***'],
  ['the longest first', ['pass', 'user:pass'], 'user:pass and pass', '*** and ***'],
  ['as JSON spells it', ['a"b\\c'], JSON.stringify({ x: 'a"b\\c' }), '{"x":"***"}'],
  ['as a URL spells it', ['a b/ä'], 'https://h/?q=a%20b%2F%C3%A4', 'https://h/?q=***'],
  ['what looks like a pattern', ['a.c$&'], 'abc$& a.c$&', 'abc$& ***'],
  ['nothing for an empty secret', [''], 'text', 'text'],
  ['nothing without secrets', [], 'text', 'text']
])('%s is hidden', (_name, secrets, text, shown) => {
  expect(redactor(secrets)(text)).toBe(shown)
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
