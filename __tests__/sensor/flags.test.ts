import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { toArguments, toCsvRecord } from '../../src/sensor/flags.ts'
import { checkExpressions } from '../../src/sensor/regex.ts'
import { readCsvRecord } from '../support/csv-record.ts'

test('the flags stand in the documented order, whatever the order of the values', () => {
  const values = {
    'path-exclusions': ['pe'],
    'host-exclusions': ['he'],
    'path-allow': ['pa'],
    'host-allow': ['ha'],
    filter: 'port 80',
    'max-http-length': '5',
    'stream-timeout-seconds': '4',
    'trace-export-interval': '3',
    'rate-limit': '2',
    'levoai-workspace-id': 'w',
    'levoai-org-id': 'o',
    'levo-env': 'e',
    'satellite-url': 'u'
  }
  expect(toArguments(values).join(' ')).toBe(
    '--satellite-url u --levo-env e --levoai-org-id o --levoai-workspace-id w --rate-limit 2 ' +
      '--trace-export-interval 3 --stream-timeout-seconds 4 --max-http-length 5 --filter port 80 ' +
      '--host-allow ha --path-allow pa --host-exclusions he --path-exclusions pe'
  )
})

test('a flag without a value is left out', () => {
  expect(toArguments({ 'levo-env': 'e', filter: undefined, 'host-allow': [] })).toEqual(['--levo-env', 'e'])
})

test('each expression is a pair of its own, in the order given', () => {
  expect(toArguments({ 'path-allow': ['^/b', '^/a', '^/b'] })).toEqual([
    '--path-allow',
    '^/b',
    '--path-allow',
    '^/a',
    '--path-allow',
    '^/b'
  ])
})

test('text keeps its spelling, commas and quotes included', () => {
  const filter = 'port 80 or "x", 1.0'
  expect(toArguments({ 'rate-limit': '1.0', filter })).toEqual(['--rate-limit', '1.0', '--filter', filter])
})

describe('CSV records', () => {
  test.each([
    ['^/v1/', '^/v1/'],
    ['#c', '#c'],
    [' a ', ' a '],
    ["it's", "it's"],
    ['^/v\\d{1,3}/', '"^/v\\d{1,3}/"'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['say "hi", x{1,2}', '"say ""hi"", x{1,2}"'],
    [' a,b', '" a,b"'],
    ['"', '""""']
  ])('%j is written as %j', (value, record) => {
    expect(toCsvRecord(value)).toBe(record)
    expect(readCsvRecord(record)).toEqual([value])
  })

  test.each([
    ['a,b', ['a', 'b']],
    ['^/v\\d{1,3}/', ['^/v\\d{1', '3}/']],
    ['"^/v\\d{1,3}/"', ['^/v\\d{1,3}/']],
    ['"say ""hi"", x{1,2}"', ['say "hi", x{1,2}']],
    ['" a,b"', [' a,b']],
    ['a"b', 'error'],
    ['"abc', 'error'],
    ['"a"b', 'error'],
    [' "a,b"', 'error'],
    ['a,', ['a', '']],
    [',a', ['', 'a']],
    ['', []],
    [' a , b ', [' a ', ' b ']],
    ['a\nb', ['a']],
    ['"a\nb"', ['a\nb']],
    ['a\r', ['a']],
    ['#c', ['#c']]
  ])("the sensor's parser, as this test stands in for it, reads %j as %j", (argument, expected) => {
    expect(readCsvRecord(argument)).toEqual(expected)
  })

  test('every expression that is accepted reaches the sensor as it was written', async () => {
    const tricky = fc.constantFrom(',', '"', '""', ' ', '\t', '#', "'", '\\', 'a', 'é', '🦊', '{1,2}', ';', '=')
    const expression = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: tricky }))
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(expression, async value => {
        if ((await checkExpressions([value])).length > 0 || value.includes('\n')) return
        accepted += 1
        expect(readCsvRecord(toCsvRecord(value))).toEqual([value])
      }),
      { numRuns: 2000 }
    )
    expect(accepted).toBeGreaterThan(500)
  })
})
