import { describe, expect, test } from '@jest/globals'
import { checkExpressions, matchEverything } from '../../src/sensor/regex.ts'

describe('the sensor compiles', () => {
  test.each([
    ...['\\d+\\w\\s', '\\bx\\b', '\\Aa\\z', '\\pN', '\\p{Greek}', '\\x{e9}', '[[:alpha:]]+', '\\Qa.b\\E'],
    ...['(?i)API', '(?s).', '(?m)^a$', '(?i:a)b', '(?P<n>a)', 'a*?b+?', 'a{1000}', '\\/\\-\\_\\"', '\\0'],
    ...['a{,3}', 'x{a}', '{', '}', ']', 'a{1,3}', '^/v\\d{1,3}/', '[a-z&&[^b]]', 'a|b', '#c', 'é', 'a,b', '"']
  ])('%s', async expression => {
    expect(await checkExpressions([expression])).toEqual([])
  })
})

describe('the sensor would exit at', () => {
  test.each([
    ...['(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(a)\\1', '(?P<n>a)(?P=n)', 'a++', 'a**', 'a{2}{3}', '(?>a)', '(?#c)'],
    ...['(?x)a', 'a\\Z', '\\Ga', '\\K', '\\R', '\\X', '\\N', '\\h', '\\e', '\\cA', '\\u00e9', '\\8', '\\é', 'a\\'],
    ...['a{1001}', 'a{2,1}', '(a{500}){3}', '[a-\\d]', '*.example.com', '+a', '(a', 'a)', '[a', '(?y)a', '\\p{Nope}']
  ])('%s', async expression => {
    const problems = await checkExpressions([expression])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^line 1 ".*" is not a regular expression that the sensor takes: ./s)
    expect(problems[0]).toContain(`"${expression}"`)
  })
})

describe('a line is refused that', () => {
  test.each([
    ['is empty', '', 'line 1 is empty, and an empty expression matches everything'],
    ['is blank', ' \t', 'line 1 is empty, and an empty expression matches everything'],
    ['holds a carriage return', 'a\rb', 'line 1 holds a carriage return'],
    ['ends in a comma', '^/a$,', 'line 1 "^/a$," ends in a comma: write one expression a line, without separators']
  ])('%s', async (_name, line, problem) => {
    expect(await checkExpressions([line])).toEqual([problem])
  })

  test('uses look-around, with the way out', async () => {
    const problems = await checkExpressions(['^(?!/health)', '(?<=a)b'])
    expect(problems).toEqual([
      expect.stringMatching(/^line 1 .*no look-around.*allow and the exclusions/),
      expect.stringMatching(/^line 2 .*no look-around/)
    ])
  })

  test('uses a back-reference, with the reason', async () => {
    expect(await checkExpressions(['(a)\\1'])).toEqual([expect.stringMatching(/no back-references/)])
  })
})

test('every bad line is named by its number, and the good ones are not', async () => {
  const problems = await checkExpressions(['^/a', '', '(', '^/b', 'c,'])
  expect(problems.map(problem => problem.slice(0, 7))).toEqual(['line 2 ', 'line 3 ', 'line 5 '])
})

test('no lines have no problems', async () => {
  expect(await checkExpressions([])).toEqual([])
})

describe('an empty alternative matches everything', () => {
  test.each(['a|', 'a||b', '|a', '(a|)', '(|a)', '(?:|a)', '(?i:|a)', 'a\\\\|', 'a*', '.*', '\\s*', '^'])(
    '%s',
    async expression => {
      expect(await matchEverything(['x', expression])).toEqual([expression])
    }
  )

  test.each(['a|b', 'a\\|', '(a|b)', '[|]', '[a|)]', '[(|]', 'a\\|\\|b', '\\(|a', '^$', '.'])(
    'but not %s',
    async expression => {
      expect(await matchEverything([expression])).toEqual([])
    }
  )
})
