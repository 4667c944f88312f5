import { describe, expect, test } from '@jest/globals'
import { readArguments } from '../../src/command/arguments.ts'
import { blocksOf, documents } from './read-documents.ts'

/** Every command that a document shows, each on one line; `…` stands for flags that are shown above it. */
const SHOWN = documents().flatMap(path =>
  blocksOf(path, 'sh').flatMap(block =>
    block
      .replaceAll('\\\n', ' ')
      .split('\n')
      .flatMap((line): [string, string][] => {
        const [, argv] = /^(?:npx )?(?:node dist\/cli\.js|fargate-pcap) (.*)$/.exec(line) ?? []
        return argv === undefined ? [] : [[path, argv.replace(' …', '').replaceAll("'", '').trim()]]
      })
  )
)

describe.each(SHOWN)('%s shows %s', (_path, argv) => {
  test('whose words are all known', () => {
    const read = readArguments(argv.split(/\s+/))
    expect(read.kind === 'run' ? read.problems : []).toEqual([])
  })
})

test('commands are found', () => expect(SHOWN.length).toBeGreaterThan(12))
