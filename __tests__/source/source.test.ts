import { describe, expect, test } from '@jest/globals'
import { readTaskDefinition } from '../../src/source/source.ts'

const WORKSPACE = `${import.meta.dirname}/../fixtures`
const context = {
  workspace: WORKSPACE,
  services: [],
  ecs: () => Promise.reject(new Error('AWS was asked'))
}

describe('a file', () => {
  test.each([
    ['relative to the workspace', 'files/described.json', 'file files/described.json'],
    ['by a way around', './files/../files/described.json', 'file files/described.json'],
    ['outside of it', '../fixtures/files/described.json', 'file files/described.json']
  ])('is read %s without asking AWS', async (_name, path, origin) => {
    const sourced = await readTaskDefinition({ kind: 'file', path }, context)
    expect(sourced).toEqual({
      definition: { family: 'shop', containerDefinitions: [{ name: 'web', image: 'web:1' }] },
      tags: [{ key: 'team', value: 'shop' }],
      origin,
      notes: []
    })
  })
})

test('without a service there is nothing to take the definition from', async () => {
  await expect(readTaskDefinition({ kind: 'service' }, context)).rejects.toMatchObject({ code: 'no-service' })
})
