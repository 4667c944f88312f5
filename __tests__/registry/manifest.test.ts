import { describe, expect, test } from '@jest/globals'
import { judge } from '../../src/registry/found.ts'
import { type Manifest, readConfig, readManifest } from '../../src/registry/manifest.ts'

const DIGEST = `sha256:${'0'.repeat(64)}`
const ATTESTATION = { os: 'unknown', architecture: 'unknown' }

function index(...platforms: unknown[]): Manifest {
  return readManifest(JSON.stringify({ schemaVersion: 2, manifests: platforms.map(platform => ({ platform })) }))
}

const found = (platforms: string[]) => ({ kind: 'index', found: { kind: 'found', platforms } })

describe('an index', () => {
  test.each<[string, unknown[], string[]]>([
    [
      'two platforms',
      [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64' }
      ],
      ['linux/amd64', 'linux/arm64']
    ],
    ['a variant', [{ os: 'linux', architecture: 'arm64', variant: 'v8' }], ['linux/arm64']],
    ['another architecture with a like name', [{ os: 'linux', architecture: 'arm', variant: 'v7' }], ['linux/arm']],
    ['attestations', [{ os: 'linux', architecture: 'amd64' }, ATTESTATION], ['linux/amd64']],
    ['attestations alone', [ATTESTATION], []],
    ['Windows', [{ os: 'windows', architecture: 'amd64', 'os.version': '10.0.1' }], ['windows/amd64']],
    [
      'one platform twice',
      [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'amd64' }
      ],
      ['linux/amd64']
    ],
    [
      'names as kernels have them',
      [
        { os: 'Linux', architecture: 'aarch64' },
        { os: 'linux', architecture: 'x86_64' }
      ],
      ['linux/amd64', 'linux/arm64']
    ],
    ['nothing', [], []]
  ])('of %s', (_name, platforms, names) => expect(index(...platforms)).toEqual(found(names)))

  test.each([
    ['no platform', undefined],
    ['an empty one', {}],
    ['a text', 'linux/amd64'],
    ['what could be a command of the runner', { os: 'linux', architecture: 'amd64\n::add-mask::x' }]
  ])('an entry with %s leaves open what it is for', (_name, platform) => {
    const read = index({ os: 'linux', architecture: 'arm64' }, platform)
    expect(read).toMatchObject({ found: { platforms: ['linux/arm64'], unsure: expect.stringContaining('entry') } })
  })
})

describe('a manifest', () => {
  test('of one image says where its configuration is', () => {
    const text = JSON.stringify({ schemaVersion: 2, config: { digest: DIGEST }, layers: [] })
    expect(readManifest(text)).toEqual({ kind: 'image', config: DIGEST })
  })

  test.each([
    ['a page', '<html><body>Sign in</body></html>'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['the first schema', '{"schemaVersion":1,"architecture":"amd64","fsLayers":[]}'],
    ['no digest', '{"config":{},"layers":[]}'],
    ['no layers', `{"config":{"digest":"${DIGEST}"}}`]
  ])('%s is none', (_name, text) => expect(readManifest(text)).toEqual({ kind: 'other' }))
})

test.each([
  ['{"os":"linux","architecture":"arm64","variant":"v8"}', { kind: 'found', platforms: ['linux/arm64'] }],
  ['{"os":"windows","architecture":"amd64"}', { kind: 'found', platforms: ['windows/amd64'] }],
  ['{"architecture":"amd64"}', { kind: 'found', platforms: [], unsure: expect.any(String) }],
  ['{}', { kind: 'found', platforms: [], unsure: expect.any(String) }],
  ['<html>', { kind: 'found', platforms: [], unsure: expect.any(String) }]
])('the configuration %s', (text, expected) => expect(readConfig(text)).toEqual(expected))

describe('the verdict', () => {
  const both = ['linux/amd64', 'linux/arm64']
  test.each([
    [both, undefined, 'linux/arm64', 'there'],
    [both, undefined, undefined, 'there'],
    [['linux/amd64'], undefined, 'linux/arm64', 'lacking'],
    [['linux/amd64'], 'not said', 'linux/amd64', 'there'],
    [['linux/amd64'], 'not said', 'linux/arm64', 'unsure'],
    [[], undefined, 'linux/amd64', 'lacking'],
    [[], 'not said', undefined, 'there']
  ])('found for %j (%s), wanted for %s: %s', (platforms, unsure, wanted, kind) => {
    expect(judge({ kind: 'found', platforms, unsure }, wanted).kind).toBe(kind)
  })

  test.each(['absent', 'unknown'] as const)('%s stays so', kind => {
    const given = kind === 'absent' ? { kind, says: 'no' } : { kind, why: 'no' }
    expect(judge(given, 'linux/amd64')).toBe(given)
  })
})
