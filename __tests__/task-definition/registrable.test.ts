import { expect, test } from '@jest/globals'
import { RESPONSE_ONLY, toBody, toRegistrable } from '../../src/task-definition/registrable.ts'
import { fargateDefinition } from '../fixtures/definitions.ts'

const NINE = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'deregisteredAt',
  'deleteRequestedAt',
  'registeredBy'
]

test('nine members are response-only', () => {
  expect(Object.keys(RESPONSE_ONLY).sort()).toEqual([...NINE].sort())
})

test.each(NINE)('%s is dropped without a word', member => {
  const { definition, notes } = toRegistrable(fargateDefinition({ [member]: 'x' }))
  expect(definition).toStrictEqual(fargateDefinition())
  expect(notes).toEqual([])
})

test.each(['taskRoleArn', 'executionRoleArn'])('an empty %s is dropped with a note', role => {
  const { definition, notes } = toRegistrable(fargateDefinition({ [role]: '' }))
  expect(definition).not.toHaveProperty(role)
  expect(notes).toEqual([{ level: 'note', text: `${role} is an empty string, which ECS refuses: left out` }])
})

test('everything else stays, in its order, known or not, empty or not', () => {
  const kept = {
    status2: 'ours',
    family: '',
    cpu: '',
    taskRoleArn: null,
    volumes: [],
    runtimePlatform: {},
    revisions: 3,
    ...fargateDefinition({ newMember: { status: 'inner', revision: 1 } })
  }
  const { definition, notes } = toRegistrable({ status: 'ACTIVE', ...kept, revision: 7 })
  expect(JSON.stringify(definition)).toBe(JSON.stringify(kept))
  expect(notes).toEqual([])
})

test('tags go behind the definition, and only when there are any', () => {
  const definition = fargateDefinition()
  expect(toBody(definition, [])).toEqual(definition)
  const body = toBody(definition, [{ key: 'team', value: 'shop' }])
  expect(Object.keys(body).at(-1)).toBe('tags')
  expect(body.tags).toEqual([{ key: 'team', value: 'shop' }])
})

test('task sizes that YAML reads as numbers become the texts that the API takes', () => {
  const body = toBody(fargateDefinition({ cpu: 2048, memory: 4096 }), [])
  expect(body).toEqual(fargateDefinition({ cpu: '2048', memory: '4096' }))
})
