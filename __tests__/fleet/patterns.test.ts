import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { InputError } from '../../src/errors.ts'
import type { Scope } from '../../src/fleet/fleet.ts'
import { checkScope, isLiteral, namesAt, readPattern, toMatcher } from '../../src/fleet/patterns.ts'

const ARN = 'arn:aws:ecs:eu-west-1:123456789012'
const NAMES = ['web', 'web-api', 'Web', 'api', 'old-web', 'batch_1', 'w']

function scope(lists: Partial<Scope>): Scope {
  return { regions: [], clusters: [], services: [], families: [], ...lists }
}

describe('toMatcher', () => {
  test.each<[string[], string[]]>([
    [[], NAMES],
    [['web'], ['web']],
    [
      ['web', 'api'],
      ['web', 'api']
    ],
    [['web*'], ['web', 'web-api']],
    [['*web*'], ['web', 'web-api', 'old-web']],
    [['?'], ['w']],
    [['(web|api)'], ['web', 'api']],
    [['{web,api}'], ['web', 'api']],
    [['batch_{1..3}'], ['batch_1']],
    [['[!a]*b'], ['web', 'Web', 'old-web']],
    [['[^a]*b'], ['web', 'Web', 'old-web']],
    [['[Ww]eb'], ['web', 'Web']],
    [['*'], NAMES],
    [['**'], NAMES],
    [['!web*'], ['Web', 'api', 'old-web', 'batch_1', 'w']],
    [
      ['!(web|old)*', '!w'],
      ['Web', 'api', 'batch_1']
    ],
    [['*web*', '!old-*', '!web'], ['web-api']],
    [['web', '!web'], []]
  ])('%j means %j', (patterns, names) => {
    const isMeant = toMatcher('services', patterns)
    expect(NAMES.filter(name => isMeant(name))).toEqual(names)
  })

  test('a name means itself and nothing else', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
    fc.assert(
      fc.property(name, name, (given, other) => {
        expect(toMatcher('services', [given])(other)).toBe(given === other)
        expect(toMatcher('services', [`!${given}`])(other)).toBe(given !== other)
      })
    )
  })

  test('an ARN means its resource, there where it is', () => {
    const isMeant = toMatcher('services', [`${ARN}:service/prod/api`])
    expect(isMeant('api')).toBe(true)
    expect(isMeant('api', { region: 'eu-west-1', cluster: 'prod', account: '123456789012' })).toBe(true)
    expect(isMeant('api', { region: 'us-east-1' })).toBe(false)
    expect(isMeant('api', { region: 'eu-west-1', cluster: 'test' })).toBe(false)
    expect(isMeant('api', { account: '999999999999' })).toBe(false)
    expect(isMeant('web', { region: 'eu-west-1', cluster: 'prod' })).toBe(false)
  })

  test('an ARN that excludes leaves out nothing but its resource', () => {
    const isMeant = toMatcher('services', [`!${ARN}:service/prod/api`])
    const prod = { region: 'eu-west-1', account: '123456789012', cluster: 'prod' }
    expect(isMeant('api', prod)).toBe(false)
    expect(isMeant('api', { ...prod, cluster: 'test' })).toBe(true)
    expect(isMeant('api', { ...prod, account: '999999999999' })).toBe(true)
    expect(isMeant('api', { region: 'eu-west-1' })).toBe(true)
  })

  test('what is no pattern is an input error, if nobody has checked before', () => {
    expect(() => toMatcher('clusters', ['a b'])).toThrow(InputError)
    expect(() => toMatcher('clusters', ['a b'])).toThrow('clusters: must be names, ARNs or patterns, not "a b"')
  })
})

describe('readPattern', () => {
  const place = { region: 'eu-west-1', account: '123456789012' }

  test.each([
    ['clusters', `${ARN}:cluster/prod`, { ...place, name: 'prod' }],
    ['services', `${ARN}:service/prod/api`, { ...place, cluster: 'prod', name: 'api' }],
    ['services', `${ARN}:service/api`, { ...place, cluster: undefined, name: 'api' }],
    ['families', `${ARN}:task-definition/web`, { ...place, name: 'web' }],
    ['families', `${ARN}:task-definition/web:12`, { ...place, name: 'web' }],
    ['clusters', 'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:cluster/a', { region: 'us-gov-west-1', name: 'a' }]
  ] as const)('%s: %s', (list, text, expected) => {
    expect(readPattern(list, text)).toMatchObject({ ...expected, isName: true, excludes: false })
    expect(readPattern(list, `!${text}`)).toMatchObject({ ...expected, isName: true, excludes: true })
  })

  test('all stands for every Region, and for itself among clusters', () => {
    expect(readPattern('regions', 'all')).toEqual({ excludes: false, name: '*', isName: false })
    expect(readPattern('clusters', 'all')).toEqual({ excludes: false, name: 'all', isName: true })
  })
})

describe('checkScope', () => {
  test('takes names, ARNs and patterns', () => {
    const lists = {
      regions: ['us-east-1', 'eu-*', '!eu-central-*', 'all', '*-gov-*'],
      clusters: ['prod', `${ARN}:cluster/prod`, '!test-?', '*'],
      services: ['api', `${ARN}:service/prod/api`, '!(a|b)*'],
      families: ['web', `${ARN}:task-definition/web:3`, '{a,b}-[0-9]']
    }
    expect(checkScope(scope(lists))).toEqual([])
  })

  test.each([
    '',
    '!',
    '!!a*',
    'a b',
    'a.b',
    'web:7',
    'prod/web',
    'a/*',
    '{web',
    'web}',
    'web}*',
    '[a*',
    '(a|b',
    'a)*',
    '[]*',
    'x'.repeat(256),
    `${ARN}:service/prod/api/more`,
    `${ARN}:service/prod/*`,
    `${ARN}:cluster/prod`,
    `${ARN}:task-definition/web`,
    'arn:aws:iam::123456789012:role/web'
  ])('services: %j is none', text => {
    expect(checkScope(scope({ services: [text] }))).toEqual([
      `services: must be names, ARNs or patterns, not "${text}"`
    ])
  })

  test('all problems at once', () => {
    const wrong = scope({
      regions: ['us-east-1', 'web', 'All', '!all', `${ARN}:cluster/prod`],
      clusters: [`${ARN}:service/prod/api`],
      families: [`${ARN}:task-definition/web:x`]
    })
    const regions = (text: string) => `regions: must be Regions such as us-west-2, patterns or all, not "${text}"`
    expect(checkScope(wrong)).toEqual([
      regions('web'),
      regions('All'),
      regions('!all'),
      regions(`${ARN}:cluster/prod`),
      `clusters: must be names, ARNs or patterns, not "${ARN}:service/prod/api"`,
      `families: must be names, ARNs or patterns, not "${ARN}:task-definition/web:x"`
    ])
  })

  test('never throws, and what it lets pass can be matched', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'ab1-_*?[]{}()|!+@^,.'), maxLength: 12 })
    )
    fc.assert(
      fc.property(text, given => {
        const problems = checkScope(scope({ services: [given] }))
        if (problems.length === 0) expect(typeof toMatcher('services', [given])('a-b')).toBe('boolean')
      }),
      { numRuns: 2000 }
    )
  })
})

test('isLiteral: whether a list says by names what it means', () => {
  expect(isLiteral('clusters', ['web', `${ARN}:cluster/api`])).toBe(true)
  expect(isLiteral('clusters', ['web', 'api', '!ap*'])).toBe(true)
  expect(isLiteral('clusters', [])).toBe(false)
  expect(isLiteral('clusters', ['!web'])).toBe(false)
  expect(isLiteral('clusters', ['web', 'a*'])).toBe(false)
  expect(isLiteral('regions', ['us-east-1'])).toBe(true)
  expect(isLiteral('regions', ['all'])).toBe(false)
})

test('namesAt: the names of a list that are meant in a place', () => {
  const services = ['api', 'web', 'api', `${ARN}:service/prod/pay`, 'x*', '!w*']
  expect(namesAt('services', services, { region: 'eu-west-1' })).toEqual(['api', 'pay'])
  expect(namesAt('services', services, { region: 'us-east-1' })).toEqual(['api'])
  expect(namesAt('services', services, { region: 'eu-west-1', cluster: 'test' })).toEqual(['api'])
})
