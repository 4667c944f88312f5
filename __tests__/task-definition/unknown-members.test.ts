import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { JsonObject } from '../../src/task-definition/definition.ts'
import { unknownMembers } from '../../src/task-definition/unknown-members.ts'

const container = (members: JsonObject) => ({ containerDefinitions: [{ name: 'web', ...members }] })

describe('named is the place of what the API does not have', () => {
  test.each<[string, JsonObject, string[]]>([
    ['at the top', { familly: 'x', family: 'x' }, ['familly']],
    ['in a container', container({ enviroment: [] }), ['containerDefinitions[web].enviroment']],
    ['in another case', container({ Image: 'x' }), ['containerDefinitions[web].Image']],
    ['in a container without a name', { containerDefinitions: [{}, { x: 1 }] }, ['containerDefinitions[1].x']],
    [
      'in a list of a container',
      container({ portMappings: [{ containerPort: 1 }, { port: 1 }] }),
      ['containerDefinitions[web].portMappings[1].port']
    ],
    [
      'in a list of named things',
      container({ environment: [{ name: 'A', vaule: 1 }] }),
      ['containerDefinitions[web].environment[A].vaule']
    ],
    [
      'deep down',
      container({ linuxParameters: { capabilities: { ad: [] } } }),
      ['containerDefinitions[web].linuxParameters.capabilities.ad']
    ],
    [
      'in a volume',
      { volumes: [{ name: 'v', efsVolumeConfiguration: { authorizationConfig: { iamm: 1 } } }] },
      ['volumes[v].efsVolumeConfiguration.authorizationConfig.iamm']
    ],
    ['once, not what is in it', { future: { a: { b: 1 } } }, ['future']],
    ['each', { a: 1, ...container({ b: 1 }), c: null }, ['a', 'containerDefinitions[web].b', 'c']],
    ['also one that objects have', { constructor: 1, toString: 1 }, ['constructor', 'toString']]
  ])('%s', (_name, definition, paths) => {
    expect(unknownMembers(definition).map(({ path }) => path)).toEqual(paths)
  })
})

test('with the way to it, by indices', () => {
  const definition = {
    ...container({ portMappings: [{ containerPort: 1 }, { port: 1 }] }),
    volumes: [{ name: 'v', efsVolumeConfiguration: { root: 1 } }]
  }
  expect(unknownMembers(definition).map(({ at }) => at)).toEqual([
    ['containerDefinitions', 0, 'portMappings', 1, 'port'],
    ['volumes', 0, 'efsVolumeConfiguration', 'root']
  ])
})

describe('nothing is said of', () => {
  test.each<[string, JsonObject]>([
    ['nothing', {}],
    ['labels', container({ dockerLabels: { anything: 'x', family: 'y' } })],
    ['log options', container({ logConfiguration: { logDriver: 'x', options: { anything: 'x' } } })],
    ['driver options', { volumes: [{ name: 'v', dockerVolumeConfiguration: { driverOpts: { any: 'x' } } }] }],
    ['values of another type', { containerDefinitions: null, volumes: 'x', runtimePlatform: [1], tags: [null, 2] }],
    ['tags', { tags: [{ key: 'a', value: 'b' }] }],
    [
      'newer members',
      {
        ...container({ restartPolicy: { ignoredExitCodes: [1] }, versionConsistency: 'enabled' }),
        enableFaultInjection: true
      }
    ]
  ])('%s', (_name, definition) => {
    expect(unknownMembers(definition)).toEqual([])
  })
})

test('any value is looked at without an error', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('containerDefinitions', 'volumes', 'x'), fc.jsonValue()), definition => {
      expect(unknownMembers(definition).some(({ path }) => path === 'x')).toBe(Object.hasOwn(definition, 'x'))
    }),
    { numRuns: 1000 }
  )
})
