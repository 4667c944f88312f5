import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cutMarkdown } from '../../src/report/cut.ts'

const CUT = '… cut'

test('what fits stays as it is', () => {
  expect(cutMarkdown('a\n```\nb\n```\n', 13, CUT)).toBe('a\n```\nb\n```\n')
})

test('text ends at the end of a line', () => {
  expect(cutMarkdown('one\ntwo\nthree and more', 20, CUT)).toBe('one\ntwo\n\n… cut\n')
})

describe('what is open is closed', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `+line ${index}`).join('\n')

  test('a code block', () => {
    expect(cutMarkdown(`# t\n\`\`\`diff\n${lines}\n\`\`\`\n`, 50, CUT)).toMatch(/line \d\n(\+.*\n)?```\n\n… cut\n$/)
  })

  test('a code block that holds fences, by a fence as long as its own', () => {
    const text = cutMarkdown(`\`\`\`\`\n\`\`\`\n${lines}\n\`\`\`\`\n`, 60, CUT)
    expect(text).toMatch(/^````\n```\n\+line 0\n/)
    expect(text).toMatch(/\n````\n\n… cut\n$/)
  })

  test('a folded part around it', () => {
    const text = cutMarkdown(`<details><summary>s</summary>\n\n\`\`\`\n${lines}\n\`\`\`\n</details>\n`, 120, CUT)
    expect(text).toMatch(/\n```\n\n<\/details>\n\n… cut\n$/)
  })

  test('but not a tag that is only shown in a code block', () => {
    const text = cutMarkdown(`\`\`\`\n<details>\n${lines}\n\`\`\`\n`, 60, CUT)
    expect(text).not.toContain('</details>')
  })

  test('not what was closed before', () => {
    const text = cutMarkdown(`<details>\n\n\`\`\`\nx\n\`\`\`\n\n</details>\n\n${lines}`, 90, CUT)
    expect(text.match(/<\/details>/g)).toHaveLength(1)
    expect(text.match(/```/g)).toHaveLength(2)
  })
})

test('one line that is too long is cut within a code block, between characters', () => {
  const text = cutMarkdown(`\`\`\`\n${'😀'.repeat(200)}\n\`\`\`\n`, 100, CUT)
  expect(text).toMatch(/^```\n(😀)+\n```\n\n… cut\n$/u)
  expect(text.length).toBeGreaterThan(90)
  expect(text.isWellFormed()).toBe(true)
})

test('one line that is too long is left out elsewhere: half a link is none', () => {
  expect(cutMarkdown(`a\n[text](${'x'.repeat(200)})`, 50, CUT)).toBe('a\n\n… cut\n')
})

/** A second opinion on what CommonMark calls a fence. */
function endsInCode(text: string): boolean {
  let open = ''
  for (const line of text.split('\n')) {
    const fence = /^(?:`{3,}|~{3,})/.exec(line)?.[0] ?? ''
    if (open === '') open = fence
    else if (fence.startsWith(open) && fence === line.trim()) open = ''
  }
  return open !== ''
}

test('never longer than asked for, and every code block closed', () => {
  const line = fc.constantFrom(
    '```',
    '````',
    '~~~',
    '```diff',
    '`````'.repeat(20),
    '<details>',
    '</details>',
    'text',
    '😀'.repeat(30),
    ''
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 120, max: 400 }), (lines, limit) => {
      const text = lines.join('\n')
      const cut = cutMarkdown(text, limit, CUT)
      if (text.length <= limit) return cut === text
      expect(cut.length).toBeLessThanOrEqual(limit)
      expect(cut.endsWith(`\n${CUT}\n`)).toBe(true)
      expect(endsInCode(cut)).toBe(false)
      return cut.isWellFormed()
    })
  )
})
