import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { canonical } from '../../src/task-definition/canonical.ts'
import {
  type Container,
  type Definition,
  isObject,
  type JsonObject,
  objectsOf,
  toDefinition
} from '../../src/task-definition/definition.ts'
import type { Tag } from '../../src/task-definition/tags.ts'
import { deepFreeze, definitions } from '../support/arbitraries.ts'

const RUNS = { numRuns: 500 }

const tags = fc.uniqueArray(
  fc.record({ key: fc.stringMatching(/^[a-z:]{1,6}$/), value: fc.string({ maxLength: 6 }) }),
  { selector: ({ key }) => key, maxLength: 4 }
)

/** Members in the opposite order, at every depth. */
function reverseMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseMembers)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([member, inner]) => [member, reverseMembers(inner)])
  )
}

function eachContainer(definition: Definition, change: (container: Container) => JsonObject): Definition {
  const containerDefinitions = definition.containerDefinitions.map(container => ({
    ...container,
    ...change(container)
  }))
  return { ...definition, containerDefinitions }
}

/** What a real answer of DescribeTaskDefinition has besides, or spells otherwise. */
function asEcsAnswers(definition: Definition): Definition {
  const answered = eachContainer(definition, container => ({
    essential: container.essential ?? true,
    cpu: Number(container.cpu ?? 0),
    ...(container.memory === undefined ? {} : { memory: Number(container.memory) }),
    mountPoints: container.mountPoints ?? [],
    volumesFrom: [],
    systemControls: [],
    environment: objectsOf(container.environment).reverse(),
    ...(container.portMappings === undefined
      ? {}
      : {
          portMappings: objectsOf(container.portMappings).map(port => ({
            protocol: 'tcp',
            hostPort: port.containerPort,
            ...port
          }))
        })
  }))
  return { volumes: [], placementConstraints: [], ...answered }
}

test('the canonical form of a canonical form is itself', () => {
  fc.assert(
    fc.property(definitions, tags, (definition, given) => {
      const text = canonical(definition, given)
      const { tags: within, ...rest } = JSON.parse(text) as JsonObject
      const again = objectsOf(within).map((tag): Tag => ({ key: String(tag.key), value: String(tag.value) }))
      expect(canonical(toDefinition(rest, 'the form'), again)).toBe(text)
    }),
    RUNS
  )
})

test('the order of members and tags does not matter', () => {
  fc.assert(
    fc.property(definitions, tags, (definition, given) => {
      const reversed = toDefinition(reverseMembers(definition), 'the same')
      expect(canonical(reversed, given.toReversed())).toBe(canonical(definition, given))
    }),
    RUNS
  )
})

test('what ECS fills in does not matter', () => {
  fc.assert(
    fc.property(definitions, definition => {
      expect(canonical(asEcsAnswers(definition), [])).toBe(canonical(definition, []))
    }),
    RUNS
  )
})

test('a change of any container does', () => {
  const changes = fc.constantFrom<(container: Container) => JsonObject>(
    container => ({ image: `${container.image}x` }),
    container => ({ cpu: Number(container.cpu ?? 0) + 1 }),
    container => ({ environment: [...objectsOf(container.environment), { name: 'z', value: '' }] }),
    () => ({ zNew: 0 }),
    container => ({ name: `${container.name}x` })
  )
  fc.assert(
    fc.property(definitions, fc.nat(8), changes, (definition, at, change) => {
      const chosen = definition.containerDefinitions[at % definition.containerDefinitions.length]
      const changed = eachContainer(definition, container => (container === chosen ? change(container) : {}))
      expect(canonical(changed, [])).not.toBe(canonical(definition, []))
    }),
    RUNS
  )
})

test('an added tag does', () => {
  fc.assert(
    fc.property(definitions, tags, (definition, given) => {
      const more = [...given, { key: 'zzz-new', value: '' }]
      expect(canonical(definition, more)).not.toBe(canonical(definition, given))
    }),
    RUNS
  )
})

test('its arguments are never changed', () => {
  fc.assert(
    fc.property(definitions, tags, (definition, given) => {
      const text = JSON.stringify([definition, given])
      canonical(deepFreeze(definition), deepFreeze(given))
      expect(JSON.stringify([definition, given])).toBe(text)
    }),
    RUNS
  )
})
