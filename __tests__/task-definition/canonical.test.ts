import { describe, expect, test } from '@jest/globals'
import { canonical } from '../../src/task-definition/canonical.ts'
import type { Definition, JsonObject } from '../../src/task-definition/definition.ts'
import type { Tag } from '../../src/task-definition/tags.ts'
import { appContainer, fargateDefinition, unsizedDefinition } from '../fixtures/definitions.ts'

const form = (definition: Definition, tags: readonly Tag[] = []) => canonical(definition, tags)
const one = (members: JsonObject, task: JsonObject = {}) =>
  fargateDefinition({ ...task, containerDefinitions: [appContainer(members)] })
const pair = (name: string, value: string) => ({ name, value })

describe('alike is what ECS makes alike', () => {
  test.each([
    [
      'the order of members',
      fargateDefinition(),
      Object.fromEntries(Object.entries(fargateDefinition()).reverse()) as JsonObject as Definition
    ],
    ['cpu in words', fargateDefinition({ cpu: '2 vCPU' }), fargateDefinition({ cpu: '2048' })],
    ['cpu as a number', fargateDefinition({ cpu: 2048 }), fargateDefinition({ cpu: '2048' })],
    ['memory in words', fargateDefinition({ memory: '8gb' }), fargateDefinition({ memory: '8192' })],
    [
      'the order of compatibilities',
      fargateDefinition({ requiresCompatibilities: ['EC2', 'FARGATE'] }),
      fargateDefinition({ requiresCompatibilities: ['FARGATE', 'EC2'] })
    ],
    ['empty lists at the top', fargateDefinition({ volumes: [], placementConstraints: [] }), fargateDefinition()],
    ['null at the top', fargateDefinition({ taskRoleArn: null }), fargateDefinition()],
    ['null for a size', unsizedDefinition({ cpu: null, memory: null }), unsizedDefinition()],
    ['essential', one({ essential: undefined }), one({ essential: true })],
    ['no CPU', one({ cpu: undefined }), one({ cpu: 0 })],
    ['counts as text', one({ cpu: '512', memory: '1024', memoryReservation: '8' }), one({ memoryReservation: 8 })],
    [
      'empty lists of a container',
      one({ environment: [], mountPoints: [], volumesFrom: [], systemControls: [] }),
      one({})
    ],
    ['empty objects', one({ linuxParameters: { capabilities: { add: [] } }, dockerLabels: {} }), one({})],
    [
      'the order of environment',
      one({ environment: [pair('B', '2'), pair('A', '1')] }),
      one({ environment: [pair('A', '1'), pair('B', '2')] })
    ],
    [
      'the order of secrets',
      one({ secrets: [{ name: 'B' }, { name: 'A' }] }),
      one({ secrets: [{ name: 'A' }, { name: 'B' }] })
    ],
    ['the order of labels', one({ dockerLabels: { b: '', a: '' } }), one({ dockerLabels: { a: '', b: '' } })],
    [
      'protocol and host port in awsvpc',
      one({ portMappings: [{ containerPort: 80 }] }),
      one({ portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }] })
    ],
    [
      'the host port in host mode',
      one({ portMappings: [{ containerPort: 80 }] }, { networkMode: 'host' }),
      one({ portMappings: [{ protocol: 'tcp', hostPort: 80, containerPort: 80 }] }, { networkMode: 'host' })
    ],
    [
      'the host port in bridge mode',
      one({ portMappings: [{ containerPort: 80 }] }, { networkMode: 'bridge' }),
      one({ portMappings: [{ protocol: 'tcp', hostPort: 0, containerPort: 80 }] }, { networkMode: 'bridge' })
    ],
    [
      'a port range has no host port',
      one({ portMappings: [{ containerPortRange: '80-90' }] }),
      one({ portMappings: [{ containerPortRange: '80-90', protocol: 'tcp' }] })
    ],
    [
      'a volume without a host',
      fargateDefinition({ volumes: [{ name: 'data' }] }),
      fargateDefinition({ volumes: [{ name: 'data', host: {} }] })
    ]
  ])('%s', (_name, left, right) => {
    expect(form(left)).toBe(form(right))
  })

  test.each([
    [
      'their order',
      [
        { key: 'b', value: '1' },
        { key: 'a', value: '2' }
      ],
      [
        { key: 'a', value: '2' },
        { key: 'b', value: '1' }
      ]
    ],
    ['our marks', [{ key: 'levoai:commit', value: 'x' }], []],
    ["AWS's own", [{ key: 'AWS:stack', value: 'x' }], []]
  ])('tags: %s', (_name, left, right) => {
    expect(form(fargateDefinition(), left)).toBe(form(fargateDefinition(), right))
  })
})

describe('a real change shows', () => {
  const base = one({
    environment: [pair('A', '1')],
    entryPoint: ['a', 'b'],
    portMappings: [{ containerPort: 80 }],
    more: { x: [1] }
  })
  test.each([
    ['an environment value', one({ ...base.containerDefinitions[0], environment: [pair('A', '2')] })],
    ['an environment value that becomes empty', one({ ...base.containerDefinitions[0], environment: [pair('A', '')] })],
    ['a variable more', one({ ...base.containerDefinitions[0], environment: [pair('A', '1'), pair('B', '')] })],
    ['the image', one({ ...base.containerDefinitions[0], image: 'other' })],
    ['cpu', one({ ...base.containerDefinitions[0], cpu: 511 })],
    ['memory', one({ ...base.containerDefinitions[0], memory: undefined })],
    ['essential', one({ ...base.containerDefinitions[0], essential: false })],
    ['the order of arguments', one({ ...base.containerDefinitions[0], entryPoint: ['b', 'a'] })],
    ['a port', one({ ...base.containerDefinitions[0], portMappings: [{ containerPort: 81 }] })],
    ['a protocol', one({ ...base.containerDefinitions[0], portMappings: [{ containerPort: 80, protocol: 'udp' }] })],
    ['an unknown member', one({ ...base.containerDefinitions[0], more: { x: [2] } })],
    ['an unknown member at the top', { ...base, more: 1 }],
    ['false against absent', { ...base, enableFaultInjection: false }],
    ['the task size', { ...base, cpu: '1024' }],
    ['a size that cannot be read', { ...base, cpu: 'big' }],
    ['the role', { ...base, taskRoleArn: 'arn' }],
    [
      'the order of containers',
      { ...base, containerDefinitions: [...base.containerDefinitions, appContainer({ name: 'z' })] }
    ]
  ])('%s', (_name, changed) => {
    expect(form(changed)).not.toBe(form(base))
  })

  test.each([
    ['a value', [{ key: 'a', value: '2' }]],
    ['a key', [{ key: 'b', value: '1' }]],
    [
      'one more',
      [
        { key: 'a', value: '1' },
        { key: 'b', value: '' }
      ]
    ],
    ['none', []]
  ])('tags: %s', (_name, tags) => {
    expect(form(base, tags)).not.toBe(form(base, [{ key: 'a', value: '1' }]))
  })

  test('containers change places', () => {
    const [a, b] = [appContainer({ name: 'a' }), appContainer({ name: 'b' })]
    const left = fargateDefinition({ containerDefinitions: [a, b] })
    expect(form(left)).not.toBe(form(fargateDefinition({ containerDefinitions: [b, a] })))
  })
})
