import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { movedTag, prepareRelease, sectionsOf, versionOf } from '../../scripts/changelog.ts'

const CHANGELOG = `# Changelog

## Unreleased

## 1.2.0 (2026-11-30)

- One.
- Two, with a line
  more.

### Fixed

- Three.

## 1.1.0

- Old.
`

const prepare = (tag: string, changelog = CHANGELOG, versions: Record<string, unknown> = { 'package.json': '1.2.0' }) =>
  prepareRelease({ tag, changelog, versions })

describe('a tag', () => {
  test('is vX.Y.Z', () => {
    expect(versionOf('v1.20.3')).toEqual({ major: 1, minor: 20, patch: 3 })
    expect(versionOf('v0.0.0')).toEqual({ major: 0, minor: 0, patch: 0 })
  })

  test.each(['1.2.3', 'v1.2', 'v1', 'v1.2.3-rc.1', 'v01.2.3', 'v1.2.3\n', 'v1.2.3.4', ''])('is not %j', tag => {
    expect(versionOf(tag)).toBeUndefined()
  })

  test('moves that of its major version', () => {
    expect(movedTag('v1.2.0', ['v1', 'v1.1.9', 'v1.2.0', 'v0.9.9'])).toBe('v1')
    expect(movedTag('v1.10.0', ['v1.9.0', 'v1.10.0'])).toBe('v1')
    expect(movedTag('v0.1.0', [])).toBe('v0')
  })

  test('does not take it back when an older version is corrected', () => {
    expect(movedTag('v1.2.1', ['v1.3.0'])).toBeUndefined()
    expect(movedTag('v1.2.1', ['v1.2.2'])).toBeUndefined()
  })

  test('moves that of an older major version when it is the newest of it', () => {
    expect(movedTag('v1.2.1', ['v2.0.0', 'v1.2.0', 'nightly'])).toBe('v1')
  })
})

describe('the notes', () => {
  test('are the section of the version, its own headings with it', () => {
    expect(prepare('v1.2.0')).toEqual({
      problems: [],
      notes: '- One.\n- Two, with a line\n  more.\n\n### Fixed\n\n- Three.'
    })
  })

  test('are found without a date, in the last section and behind Windows line ends', () => {
    const changelog = CHANGELOG.replaceAll('\n', '\r\n')
    expect(prepare('v1.1.0', changelog, {})).toEqual({ problems: [], notes: '- Old.' })
  })

  test('a version that is the beginning of another is not taken for it', () => {
    expect(prepare('v1.2.0', '## 1.2.01\n\n- A.\n', {}).problems).toEqual(['CHANGELOG.md has no section "## 1.2.0"'])
  })
})

describe('nothing is released', () => {
  test('from a tag of another form', () => {
    expect(prepare('v1.2').problems).toEqual(['the tag v1.2 is not of the form vX.Y.Z'])
  })

  test('when a file names another version: each is told', () => {
    const versions = { 'package.json': '1.1.0', 'package-lock.json': undefined, 'src/version.ts': '1.2.0' }
    expect(prepare('v1.2.0', CHANGELOG, versions).problems).toEqual([
      'package.json says 1.1.0, the tag 1.2.0',
      'package-lock.json says undefined, the tag 1.2.0'
    ])
  })

  test('without a section, or with an empty one', () => {
    expect(prepare('v1.3.0', CHANGELOG, {}).problems).toEqual(['CHANGELOG.md has no section "## 1.3.0"'])
    expect(prepare('v1.2.0', '## 1.2.0\n\n## 1.1.0\n\n- Old.\n', {}).problems).toEqual([
      'the section "## 1.2.0" of CHANGELOG.md is empty'
    ])
  })

  test('while something is still under Unreleased', () => {
    const changelog = CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n- Four.\n')
    expect(prepare('v1.2.0', changelog, {}).problems).toEqual([
      'CHANGELOG.md has entries under "## Unreleased", which v1.2.0 would release without a word'
    ])
  })
})

test('the changelog has sections that a release can be made of', () => {
  const headings = [...sectionsOf(readFileSync(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8')).keys()]
  const [first, ...versions] = headings
  expect(first).toBe('Unreleased')
  for (const heading of versions) expect([heading, versionOf(`v${heading}`)]).toEqual([heading, expect.any(Object)])
})
