import { describe, expect, test } from '@jest/globals'
import type { Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { diffDefinitions } from '../../src/task-definition/diff.ts'
import { deepFreeze } from '../support/arbitraries.ts'

const define = (members: JsonObject, container: JsonObject = {}): Definition => ({
  family: 'shop',
  containerDefinitions: [{ name: 'web', image: 'web:1', ...container }],
  ...members
})

function texts(from: Definition, to: Definition): string[] {
  return diffDefinitions(deepFreeze(from), deepFreeze(to)).map(({ text }) => text)
}

const inContainer = (from: JsonObject, to: JsonObject) => texts(define({}, from), define({}, to))

describe('said is what differs', () => {
  test.each<[string, Definition, Definition, string[]]>([
    ['a size', define({ cpu: '256' }), define({ cpu: '512' }), ['cpu: "256" -> "512"']],
    ['a member that came', define({}), define({ networkMode: 'host' }), ['networkMode: added "host"']],
    ['a member that went', define({ networkMode: 'host' }), define({}), ['networkMode: gone']],
    ['a member that nobody knows', define({ x: 's3' }), define({ x: 's4' }), ['x: changed']],
    [
      'images first',
      define({ cpu: '256' }, { cpu: 1 }),
      define({ cpu: '512' }, { cpu: 2, image: 'web:2' }),
      [
        'containerDefinitions[web].image: "web:1" -> "web:2"',
        'containerDefinitions[web].cpu: 1 -> 2',
        'cpu: "256" -> "512"'
      ]
    ],
    [
      'a container',
      define({}),
      define({
        containerDefinitions: [
          { name: 'web', image: 'web:1' },
          { name: 'b', image: 's3' }
        ]
      }),
      ['containerDefinitions[b]: added']
    ]
  ])('%s', (_name, from, to, expected) => {
    expect(texts(from, to)).toEqual(expected)
  })

  test.each<[string, JsonObject, JsonObject, string[]]>([
    [
      'a variable',
      { environment: [{ name: 'A', value: 's3' }] },
      { environment: [{ name: 'A', value: 's4' }] },
      ['environment[A].value: changed']
    ],
    ['a new variable', {}, { environment: [{ name: 'A', value: 's3' }] }, ['environment: added']],
    ['a variable twice', twice('s3', 's4'), twice('s4', 's4'), ['environment: changed']],
    ['a label', { dockerLabels: { a: 's3' } }, { dockerLabels: { a: 's4' } }, ['dockerLabels.a: changed']],
    [
      'a label named image',
      { dockerLabels: { image: 's3' } },
      { dockerLabels: { image: 's4' } },
      ['dockerLabels.image: changed']
    ],
    [
      'an option named protocol',
      { logConfiguration: { options: { protocol: 's3' } } },
      { logConfiguration: { options: { protocol: 's4' } } },
      ['logConfiguration.options.protocol: changed']
    ],
    [
      'a port',
      ports({ containerPort: 80 }),
      ports({ containerPort: 81 }),
      ['portMappings[http].containerPort: 80 -> 81']
    ],
    ['a command', { command: ['s3'] }, { command: ['s4'] }, ['command: changed']],
    ['a container that is essential now', { essential: false }, {}, ['essential: false -> true']]
  ])('%s, and no value that may be secret', (_name, from, to, expected) => {
    const found = inContainer(from, to)
    expect(found).toEqual(expected.map(text => `containerDefinitions[web].${text}`))
    expect(found.join()).not.toMatch(/s3|s4/)
  })
})

test('an image that is only named so does not come first', () => {
  const found = texts(
    define({ cpu: '1' }, { dockerLabels: { image: 'a' }, cpu: 1 }),
    define({ cpu: '1' }, { dockerLabels: { image: 'b' }, cpu: 2 })
  )
  expect(found[0]).toContain('.cpu')
})

test('mere spelling is no difference', () => {
  const from = define({ cpu: '1 vCPU', memory: '2GB', volumes: [] }, { environment: [{ name: 'A' }, { name: 'B' }] })
  const to = define(
    { memory: '2048', cpu: 1024 },
    { environment: [{ name: 'B' }, { name: 'A' }], cpu: 0, essential: true }
  )
  expect(texts(from, to)).toEqual([])
})

function twice(first: string, second: string): JsonObject {
  return { environment: [first, second].map(value => ({ name: 'A', value })) }
}

function ports(port: JsonObject): JsonObject {
  return { portMappings: [{ name: 'http', hostPort: 0, ...port }] }
}
