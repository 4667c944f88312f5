import { describe, expect, test } from '@jest/globals'
import { InputError, type Path } from '../../src/errors.ts'
import { isEssential, isFargate, toDefinition } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition } from '../fixtures/definitions.ts'

function problemsOf(value: unknown): readonly string[] {
  try {
    toDefinition(value, 'here')
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
  return []
}

describe('a task definition is not', () => {
  test.each([
    ['null', null, 'here: a task definition is a JSON object, not null'],
    ['a list', [], 'here: a task definition is a JSON object, not a list'],
    ['a text', 'x', 'here: a task definition is a JSON object, not a string'],
    ['a number', 1, 'here: a task definition is a JSON object, not a number'],
    ['an object without containers', {}, 'here: "containerDefinitions" must be a list of containers, it has none'],
    [
      'one whose containers are an object',
      { containerDefinitions: {} },
      'here: "containerDefinitions" must be a list of containers, not an object'
    ],
    [
      'one whose containers are null',
      { containerDefinitions: null },
      'here: "containerDefinitions" must be a list of containers, not null'
    ],
    [
      'one with no container',
      { containerDefinitions: [] },
      'here: "containerDefinitions" is empty: there is no application'
    ],
    [
      'one with a container that is a text',
      { containerDefinitions: ['x'] },
      'here: containerDefinitions[0] must be an object, not a string'
    ],
    [
      'one with a container without a name',
      { containerDefinitions: [{}] },
      'here: containerDefinitions[0] needs a "name"'
    ],
    [
      'one with an empty name',
      { containerDefinitions: [{ name: '' }] },
      'here: containerDefinitions[0] needs a "name"'
    ],
    [
      'one with a number for a name',
      { containerDefinitions: [{ name: 1 }] },
      'here: containerDefinitions[0] needs a "name"'
    ],
    [
      'one with a name twice',
      { containerDefinitions: [{ name: 'a' }, { name: 'a' }] },
      'here: containerDefinitions[1]: the name "a" is used twice'
    ]
  ])('%s', (_name, value, problem) => {
    expect(problemsOf(value)).toEqual([problem])
  })
})

test('every bad container is named at once', () => {
  const problems = problemsOf({ containerDefinitions: [null, { name: 'a' }, {}, { name: 'a' }] })
  expect(problems).toHaveLength(3)
  expect(problems.map(problem => /\[\d\]/.exec(problem)?.[0])).toEqual(['[0]', '[2]', '[3]'])
})

test('what is wrong in a file is said with its place there, in an answer of AWS without one', () => {
  const value = { containerDefinitions: [null, { name: 'a' }, { name: 'a' }] }
  const placesOf = (broken: unknown, at?: Path) => {
    try {
      return toDefinition(broken, 'here', at)
    } catch (error) {
      return error instanceof InputError && error.faults.map(fault => fault.at)
    }
  }
  expect(placesOf(value, [])).toEqual([
    ['containerDefinitions', 0],
    ['containerDefinitions', 2]
  ])
  expect(placesOf({ containerDefinitions: [] }, [])).toEqual([['containerDefinitions']])
  expect(placesOf(1, [])).toEqual([[]])
  expect(placesOf(value)).toEqual([undefined, undefined])
})

test('what is a task definition comes back as it is', () => {
  const value = fargateDefinition({ unknown: { member: [] } })
  expect(toDefinition(value, 'here')).toBe(value)
})

test.each([
  [undefined, true],
  [null, true],
  [true, true],
  [false, false]
])('essential %s counts as %s', (essential, counts) => {
  expect(isEssential(appContainer({ essential }))).toBe(counts)
})

describe('is it Fargate', () => {
  const sized = { cpu: '256', memory: '512', networkMode: 'awsvpc' }
  test.each([
    ['it says FARGATE', { requiresCompatibilities: ['FARGATE'] }, undefined, true],
    ['it says FARGATE among others', { requiresCompatibilities: ['EC2', 'FARGATE'] }, undefined, true],
    ['it says FARGATE and its services run elsewhere', { requiresCompatibilities: ['FARGATE'] }, false, true],
    ['it says EC2', { requiresCompatibilities: ['EC2'], ...sized }, undefined, false],
    ['it says EC2 and a service runs on Fargate', { requiresCompatibilities: ['EC2'] }, true, true],
    ['it says EC2 and the services run there', { requiresCompatibilities: ['EC2'], ...sized }, false, false],
    ['it says nothing and a service runs on Fargate', {}, true, true],
    ['it says nothing and the services run elsewhere', sized, false, false],
    ['it says nothing and has the shape', sized, undefined, true],
    ['it has an empty list and the shape', { requiresCompatibilities: [], ...sized }, undefined, true],
    ['it has the shape, its sizes as numbers', { ...sized, cpu: 256, memory: 512 }, undefined, true],
    ['it has the shape without cpu', { ...sized, cpu: undefined }, undefined, false],
    ['it has the shape without memory', { ...sized, memory: undefined }, undefined, false],
    ['it has the sizes in host mode', { ...sized, networkMode: 'host' }, undefined, false],
    ['it has the sizes without a mode', { ...sized, networkMode: undefined }, undefined, false]
  ])('where %s', (_name, members, servicesOnFargate, fargate) => {
    const definition = { containerDefinitions: [appContainer()], ...members }
    expect(isFargate(definition, servicesOnFargate)).toBe(fargate)
  })
})
