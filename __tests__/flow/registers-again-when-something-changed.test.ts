import { expect, test } from '@jest/globals'
import { containerOf, counter, listOf, shop, tagsOf } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

test.each([
  ['a flag of the sensor', { 'levo-env': 'production' }],
  ['the image', { image: 'levoai/pcap-sensor:0.2.1' }],
  ['a tag more', { tags: 'team=shop' }],
  ['another value of a tag', { tags: 'stage=production' }]
])('%s', async (_change, inputs) => {
  const s = scene()
  s.account.addTaskDefinition(shop(), { tags: [{ key: 'stage', value: 'test' }] })
  await s.succeed({ 'task-definition-family': 'shop' })
  const report = await s.succeed({ 'task-definition-family': 'shop', ...inputs })
  expect(report).toMatchObject({ changed: true, registration: { arn: s.arn('task-definition/shop:3') } })
  expect(s.bodies('RegisterTaskDefinition')).toHaveLength(2)
})

test('a change of the file', async () => {
  const s = scene()
  await s.file('shop.json', shop())
  await s.succeed({ 'task-definition': 'shop.json' })
  await s.file('shop.json', shop({ containerDefinitions: [counter({ image: 'counter:4' })] }))
  const report = await s.succeed({ 'task-definition': 'shop.json' })
  expect(report).toMatchObject({ changed: true, registration: { arn: s.arn('task-definition/shop:2') } })
})

test('an INACTIVE base, though nothing differs', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  s.account.deregister('shop:2')
  const arn = s.arn('task-definition/shop:2')
  const report = await s.succeed({ 'task-definition-arn': arn })
  expect(report).toMatchObject({ changed: true, baseArn: arn, registration: { arn: s.arn('task-definition/shop:3') } })
})

test('a service on a revision that was deregistered gets an ACTIVE one', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
  const first = await s.succeed({ service: 'web' })
  expect(first.registration?.arn).toBe(s.arn('task-definition/shop:2'))
  s.account.deregister('shop:2')
  await s.succeed({ service: 'web', 'on-deployment-in-progress': 'replace' })
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:3'))
})

test('a file whose family has INACTIVE revisions only is registered, as its next revision', async () => {
  const s = scene()
  await s.file('shop.json', shop())
  await s.succeed({ 'task-definition': 'shop.json' })
  s.account.deregister('shop:1')
  const report = await s.succeed({ 'task-definition': 'shop.json' })
  expect(report).toMatchObject({ changed: true, registration: { arn: s.arn('task-definition/shop:2') } })
  expect(report.baseArn).toBeUndefined()
})

test('a tag that the base has and the file has not is gone', async () => {
  const s = scene()
  await s.file('shop.json', shop())
  await s.succeed({ 'task-definition': 'shop.json', tags: 'team=shop' })
  await s.succeed({ 'task-definition': 'shop.json' })
  const [first = {}, second = {}] = s.bodies('RegisterTaskDefinition')
  expect([tagsOf(first).team, tagsOf(second).team]).toEqual(['shop', undefined])
})

test('an existing sensor is replaced where it stands, never doubled', async () => {
  const s = scene()
  const old = { name: 'old-probe', image: 'mirror.example.com/team/pcap-sensor:0.1.0', essential: false, memory: 64 }
  const containers = [
    counter({ dependsOn: [{ containerName: 'old-probe', condition: 'START' }] }),
    old,
    { name: 'last', image: 'busybox', essential: false, cpu: 64, memory: 64 }
  ]
  s.account.addTaskDefinition(shop({ containerDefinitions: containers }))
  const report = await s.succeed({ 'task-definition-family': 'shop' })
  const body = s.body('RegisterTaskDefinition')
  expect(listOf(body.containerDefinitions).map(({ name }) => name)).toEqual(['counter', 'levo-pcap-sensor', 'last'])
  expect(containerOf(body, 'levo-pcap-sensor').image).toBe('levoai/pcap-sensor:0.1.9')
  expect(containerOf(body, 'counter').dependsOn).toEqual([{ containerName: 'levo-pcap-sensor', condition: 'START' }])
  expect(report.rendering?.replaced?.name).toBe('old-probe')
})
