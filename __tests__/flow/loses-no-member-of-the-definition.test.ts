import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../stand-in/json.ts'
import { containerOf, counter, listOf, shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

/** Members that no SDK knows, wherever something can stand, beside empties and nulls, in an order of their own. */
function rich(): JsonObject {
  return {
    zebraMode: { stripes: ['black', 'white', { deep: { deeper: [1, { deepest: null }] } }] },
    ...shop({
      memory: '4 GB',
      containerDefinitions: [
        counter({
          futureSwitch: 'on',
          command: [],
          dockerLabels: {},
          hostname: null,
          healthCheck: { command: ['CMD-SHELL', 'true'], jitterSeconds: 3 },
          linuxParameters: { initProcessEnabled: true, seccomp: { profile: 'ünïcode ✓' } }
        })
      ],
      volumes: [{ name: 'data', host: {}, snapshotPolicy: { keep: 3 } }],
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX', microcode: '12' }
    }),
    ephemeralStorage: { sizeInGiB: 30, tier: 'fast' },
    enableFaultInjection: false,
    aardvark: []
  }
}

const RESPONSE_ONLY = {
  taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/shop:7',
  revision: 7,
  status: 'INACTIVE',
  requiresAttributes: [{ name: 'ecs.capability.task-eni' }],
  compatibilities: ['EC2', 'FARGATE'],
  registeredAt: 1766000000.5,
  registeredBy: 'arn:aws:iam::123456789012:user/someone',
  deregisteredAt: 1766000001,
  deleteRequestedAt: 1766000002
}

/** The body without what was added: the sensor's container and our marks. */
function withoutOurs(body: JsonObject): JsonObject {
  const { tags: _marks, ...members } = body
  const containerDefinitions = listOf(body.containerDefinitions).filter(({ name }) => name !== 'levo-pcap-sensor')
  return { ...members, containerDefinitions }
}

/** As text, since the order of members counts here. */
const text = (value: unknown) => JSON.stringify(value, null, 1)

describe('from a file', () => {
  test('every member arrives as it was, in its order', async () => {
    const s = scene()
    await s.file('rich.json', rich())
    await s.succeed({ 'task-definition': 'rich.json' })
    expect(text(withoutOurs(s.body('RegisterTaskDefinition')))).toBe(text(rich()))
  })

  test('the nine members that only answers have are dropped, nothing beside them', async () => {
    const s = scene()
    await s.file('described.json', { taskDefinition: { ...RESPONSE_ONLY, ...rich() } })
    await s.succeed({ 'task-definition': 'described.json' })
    expect(text(withoutOurs(s.body('RegisterTaskDefinition')))).toBe(text(rich()))
  })

  test('a role that is an empty string is dropped, and a note says so', async () => {
    const s = scene()
    await s.file('role.json', shop({ taskRoleArn: '' }))
    const report = await s.succeed({ 'task-definition': 'role.json' })
    expect(s.body('RegisterTaskDefinition')).not.toHaveProperty('taskRoleArn')
    expect(s.body('RegisterTaskDefinition')).toHaveProperty('executionRoleArn')
    expect(report.notes.map(note => note.text)).toContainEqual(expect.stringMatching(/^taskRoleArn .*empty/))
  })
})

describe('from what ECS describes', () => {
  test('members that the SDK does not know go from the answer into the next registration', async () => {
    const s = scene()
    const arn = s.account.addTaskDefinition(rich(), { unchecked: true })
    await s.succeed({ 'task-definition-family': 'shop' })
    const described = { ...s.account.findTaskDefinition(arn) } as JsonObject
    for (const member of Object.keys(RESPONSE_ONLY)) delete described[member]
    expect(text(withoutOurs(s.body('RegisterTaskDefinition')))).toBe(text(described))
    expect(s.body('RegisterTaskDefinition')).toMatchObject({
      zebraMode: rich().zebraMode,
      ephemeralStorage: { tier: 'fast' },
      volumes: [{ snapshotPolicy: { keep: 3 } }]
    })
  })

  test('so do members that ECS begins to answer with', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    const change = (answer: JsonObject): JsonObject => {
      const definition = answer.taskDefinition as JsonObject
      const [first = {}, ...others] = listOf(definition.containerDefinitions)
      const containerDefinitions = [{ learnt: { in: [2030] }, ...first }, ...others]
      return { ...answer, taskDefinition: { ...definition, ...RESPONSE_ONLY, containerDefinitions, quota: { of: 7 } } }
    }
    s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'answer', change })
    await s.succeed({ 'task-definition-family': 'shop' })
    const body = s.body('RegisterTaskDefinition')
    expect(body.quota).toEqual({ of: 7 })
    expect(containerOf(body, 'counter').learnt).toEqual({ in: [2030] })
    for (const member of Object.keys(RESPONSE_ONLY)) expect(body).not.toHaveProperty(member)
  })

  test('values that are empty stay, an empty environment value among them', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop({ pidMode: null, placementConstraints: [] }), { unchecked: true })
    await s.succeed({ 'task-definition-family': 'shop' })
    const body = s.body('RegisterTaskDefinition')
    expect(body).toMatchObject({ pidMode: null, placementConstraints: [] })
    expect(containerOf(body, 'counter').environment).toContainEqual({ name: 'BANNER', value: '' })
  })
})

test('text outside ASCII is measured in bytes', async () => {
  const s = scene()
  await s.file('rich.json', rich())
  await s.succeed({ 'task-definition': 'rich.json' })
  const request = s.standIn.requests.find(({ operation }) => operation === 'RegisterTaskDefinition')
  expect(request?.rawBody).toContain('ünïcode ✓')
  expect(request?.headers['content-length']).toBe(String(Buffer.byteLength(request?.rawBody ?? '')))
})
