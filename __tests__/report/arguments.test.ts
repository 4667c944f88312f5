import { describe, expect, test } from '@jest/globals'
import { hideArguments } from '../../src/report/arguments.ts'

/** The words as they are shown, and what is hidden by its place. */
function shown(entryPoint: unknown, command?: unknown) {
  const hidden: string[] = []
  const said = hideArguments({ name: 'c', entryPoint, command }, (place, value) => {
    hidden.push(`${place}: ${value}`)
    return '***'
  })
  return { said: Object.values(said).flat(), hidden }
}

const START = ['./bin/init', 'apidump']

describe('of a list', () => {
  test.each([
    ['known flags with their values', ['--levo-env', 'a', '--filter=port 80'], ['--levo-env', 'a', '--filter=port 80']],
    ['a known flag whose value looks like one', ['--levo-env', '--debug', 'x'], ['--levo-env', '--debug', '***']],
    ['the name of an unknown flag', ['--password', 'x'], ['--password', '***']],
    ['a value that looks like a flag', ['--password', '-x'], ['--password', '***']],
    ['a value that looks like a known flag', ['--password', '--levo-env', 'x'], ['--password', '***', '***']],
    ['an unknown flag behind one with a value', ['--a=1', '--b', '2'], ['--a=***', '--b', '***']],
    ['a short flag', ['-p', 'x'], ['-p', '***']],
    ['a short flag with its value', ['-pLEAK'], ['-p***']],
    ['a short flag with its value behind =', ['-p=LEAK', '-x'], ['-p***', '***']],
    ['no flag that is none', ['---LEAK', '-', '-1'], ['***', '***', '***']],
    ['no name with anything else in it', ['--a b=c'], ['***']],
    ['no stray word', ['x', '--', 'y'], ['***', '--', '***']],
    ['nothing that is no text', [{ a: 'x' }, 5], ['***', '***']],
    ['credentials within a value', ['--filter', 'tcp and https://u:x@h'], ['--filter', 'tcp and https://***@h']],
    ['credentials without a scheme', ['--satellite-url', 'u:x@h'], ['--satellite-url', '***@h']],
    ['a token without a scheme', ['--satellite-url', 'x@h'], ['--satellite-url', '***@h']],
    ['an address in another flag', ['--levo-env', 'a@b'], ['--levo-env', 'a@b']]
  ])('shows %s', (_name, words, expected) => {
    expect(shown([...START, ...words]).said).toEqual([...START, ...expected])
  })

  test('words before the program are not shown, but which variables they set', () => {
    const { said, hidden } = shown(['env', 'API_TOKEN=LEAK', './bin/init', 'apidump'])
    expect(said).toEqual(['***', '***', './bin/init', 'apidump'])
    expect(hidden).toEqual(['argument 1: env', 'variable API_TOKEN: LEAK'])
  })

  test('the command goes on where the entry point ends', () => {
    expect(shown([...START, '--password'], ['-x', '--levo-env', 'a']).said).toEqual([
      ...START,
      '--password',
      '***',
      '--levo-env',
      'a'
    ])
  })
})

describe('of a text for a shell', () => {
  test.each([
    ['./bin/init apidump --levo-env a', './bin/init apidump --levo-env a'],
    ['API_TOKEN=LEAK ./bin/init apidump', '*** ./bin/init apidump'],
    ['--satellite-url "https://u:LEAK@h" --levo-env a', '--satellite-url "https://***@h" --levo-env a'],
    ["--levo-env 'a b' --levoai-org-id LEAK", "--levo-env 'a b' --levoai-org-id ***"],
    ["--levoai-org-id='LEAK x' --levo-env a", '--levoai-org-id=*** --levo-env a'],
    ['--levo-env="a b" --x "LEAK LEAK"', '--levo-env="a b" --x ***'],
    ["--path-allow '^/a(b|c)$' --levo-env $NAME", "--path-allow '^/a(b|c)$' --levo-env $NAME"],
    ['--levo-env a;TOKEN=LEAK', '--levo-env ***'],
    ['--levo-env $(cat LEAK)', '--levo-env *** ***'],
    ['--levo-env "`cat LEAK`"', '--levo-env ***'],
    ['--levo-env\nLEAK', '--levo-env\n***'],
    ['--levo-env a && curl -u u:LEAK h', '--levo-env a *** *** -u *** ***'],
    ['--levo-env "LEAK', '--levo-env ***'],
    ["sh -c 'A=LEAK ./bin/init --x LEAK'", "sh -c '*** ./bin/init --x ***'"],
    ['bash -lc LEAK ./bin/init', 'bash -l*** *** ./bin/init']
  ])('%j is shown as %j', (text, expected) => {
    expect(shown(text).said).toEqual([expected])
    expect(shown(['sh', '-c', `exec ${text}`]).said).toEqual(['sh', '-c', `exec ${expected}`])
  })
})
