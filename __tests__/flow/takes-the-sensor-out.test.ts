import { expect, test } from '@jest/globals'
import { counter, listOf, shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

test('a service gets back the revision without a sensor, sizes, tags and unknown members included', async () => {
  const s = scene()
  const before = shop({
    cpu: '1 vCPU',
    memory: '2 GB',
    newerThanTheSdk: { a: 1 },
    containerDefinitions: [counter({ memory: 2048 })]
  })
  s.account.addTaskDefinition(before, { tags: [{ key: 'team', value: 'shop' }] })
  s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
  await s.succeed({ service: 'web', 'task-size': 'grow' })
  expect(s.account.findTaskDefinition('shop:2')).toMatchObject({ cpu: '1024', memory: '3072' })

  const report = await s.succeed({ service: 'web', mode: 'remove', 'on-deployment-in-progress': 'replace' })
  const KEPT = ['family', 'cpu', 'memory', 'containerDefinitions', 'volumes', 'newerThanTheSdk']
  const kept = (name: string) =>
    Object.fromEntries(
      Object.entries(s.account.findTaskDefinition(name) ?? {}).filter(([member]) => KEPT.includes(member))
    )
  expect(Object.keys(kept('shop:1'))).toHaveLength(KEPT.length)
  expect(kept('shop:3')).toEqual(kept('shop:1'))
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:3'))
  expect(report.rendering?.sensor).toBeUndefined()
  expect(report.rendering).toMatchObject({ replaced: { name: 'levo-pcap-sensor' } })
  expect(s.bodies('RegisterTaskDefinition')[1]?.tags).toEqual(expect.arrayContaining([{ key: 'team', value: 'shop' }]))
})

test('needs none of the inputs that installing needs', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  const nothing = { 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '' }
  await s.succeed({ ...nothing, 'task-definition-family': 'shop', mode: 'remove' })
  expect(listOf(s.account.findTaskDefinition('shop:3')?.containerDefinitions).map(({ name }) => name)).toEqual([
    'counter'
  ])
})

test('where there is none, nothing is registered', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  const report = await s.succeed({ 'task-definition-family': 'shop', mode: 'remove' })
  expect(s.calls()).not.toContain('RegisterTaskDefinition')
  expect(report.registration).toMatchObject({ arn: s.arn('task-definition/shop:1'), outcome: 'unchanged' })
})

test('a definition of nothing but the sensor is left alone', async () => {
  const s = scene()
  const sensor = counter({ name: 'sensor', image: 'levoai/pcap-sensor:0.2.1' })
  s.account.addTaskDefinition(shop({ containerDefinitions: [sensor] }))
  const { code } = await s.fail({ 'task-definition-family': 'shop', mode: 'remove' })
  expect(code).toBe('nothing-left')
  expect(s.revisions('shop')).toBe(1)
})

test('references to it go with it, each with a note', async () => {
  const s = scene()
  const sensor = counter({
    name: 'sensor',
    image: 'levoai/pcap-sensor:0.2.1',
    essential: false,
    cpu: 0,
    memory: 200,
    portMappings: []
  })
  const app = counter({
    dependsOn: [{ containerName: 'sensor', condition: 'START' }],
    volumesFrom: [{ sourceContainer: 'sensor' }]
  })
  s.account.addTaskDefinition(shop({ containerDefinitions: [sensor, app] }))
  const report = await s.succeed({ 'task-definition-family': 'shop', mode: 'remove' })
  expect(listOf(s.body('RegisterTaskDefinition').containerDefinitions)).toMatchObject([
    { name: 'counter', dependsOn: [], volumesFrom: [] }
  ])
  const notes = report.notes.map(({ text }) => text)
  for (const list of ['dependsOn', 'volumesFrom'])
    expect(notes).toContainEqual(expect.stringMatching(`counter .*${list}`))
})
