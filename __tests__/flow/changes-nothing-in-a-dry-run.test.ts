import { beforeEach, describe, expect, test } from '@jest/globals'
import { planLines } from '../../src/report/plan.ts'
import { counter, shop } from '../support/flow-definitions.ts'
import { type Inputs, useScene } from '../support/flow-scene.ts'

const scene = useScene()
const DRY = { 'dry-run': 'true' }

beforeEach(async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
  await s.file('shop.json', shop())
})

describe('it reads, and plans what a run would do', () => {
  test.each<[string, Inputs, string[]]>([
    ['a file', { 'task-definition': 'shop.json' }, ['DescribeTaskDefinition']],
    ['a family', { 'task-definition-family': 'shop' }, ['DescribeTaskDefinition']],
    ['a service', { service: 'web' }, ['DescribeServices', 'DescribeTaskDefinition']],
    [
      'a file and a service, with force',
      { 'task-definition': 'shop.json', service: 'web', 'force-new-deployment': 'true' },
      ['DescribeServices', 'DescribeTaskDefinition']
    ]
  ])('%s', async (_source, inputs, calls) => {
    const s = scene()
    const report = await s.succeed({ ...inputs, ...DRY })
    expect([...new Set(s.calls())]).toEqual(calls)
    expect(report).toMatchObject({ dryRun: true, changed: true, baseArn: s.arn('task-definition/shop:1') })
    expect(report.rendering?.after.containerDefinitions.map(({ name }) => name)).toEqual([
      'counter',
      'levo-pcap-sensor'
    ])
    expect(report.registration).toBeUndefined()
    expect(report.services).toBeUndefined()
    expect(s.revisions('shop')).toBe(1)
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:1'))
  })
})

test('it says that nothing would change, and names the revision', async () => {
  const s = scene()
  await s.succeed({ 'task-definition-family': 'shop' })
  const report = await s.succeed({ 'task-definition-family': 'shop', ...DRY })
  const arn = s.arn('task-definition/shop:2')
  expect(report).toMatchObject({ changed: false, registration: { arn, outcome: 'unchanged' } })
})

test('settings alone are a change', async () => {
  const s = scene()
  await s.succeed({ 'task-definition-family': 'shop' })
  s.account.addService({ name: 'api', taskDefinition: 'shop:2' })
  const planned = await s.succeed({ service: 'api', 'desired-count': '3', ...DRY })
  expect(planned).toMatchObject({ changed: false, sets: ['desired-count 3'] })
  expect(planLines(planned)).toContain('!api: desired-count 3')
  expect(s.calls()).not.toContain('UpdateService')
})

test('a comparison that is denied is a warning, and whether it changed stays open', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'deny' })
  const report = await s.succeed({ 'task-definition': 'shop.json', ...DRY })
  expect(report.changed).toBeUndefined()
  expect(s.warnings(report)).toContainEqual(expect.stringMatching(/not compared.*ecs:DescribeTaskDefinition/s))
  expect(report.rendering).toBeDefined()
})

test('so is the look at what the service runs', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'deny', times: Infinity })
  const report = await s.succeed({ 'task-definition': 'shop.json', service: 'web', ...DRY })
  expect(report.changed).toBeUndefined()
  expect(report.rendering).toBeDefined()
})

test('a comparison that is denied is an error when something would be registered', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'deny' })
  const { code } = await s.fail({ 'task-definition': 'shop.json' })
  expect(code).toBe('access-denied')
  expect(s.calls()).toEqual(['DescribeTaskDefinition'])
})

test('a file without a family is rendered, with a warning', async () => {
  const s = scene()
  const { family: _family, ...nameless } = shop()
  await s.file('nameless.json', nameless)
  const report = await s.succeed({ 'task-definition': 'nameless.json', ...DRY })
  expect(report.changed).toBeUndefined()
  expect(s.warnings(report)).toContainEqual(expect.stringContaining('"family"'))
  expect(s.calls()).toEqual([])
})

test('register: false stops after rendering in the same way', async () => {
  const s = scene()
  const report = await s.succeed({ 'task-definition-family': 'shop', register: 'false' })
  expect(s.calls()).toEqual(['DescribeTaskDefinition'])
  expect(report).toMatchObject({ dryRun: false, until: 'render', changed: true })
})

describe('what is refused is refused before anything is written, dry or not', () => {
  const big = counter({ name: 'till', cpu: 1024, memory: 2048 })
  test.each<[string, Record<string, unknown>, Inputs, string]>([
    ['no room', { containerDefinitions: [counter(), big] }, { cpu: '512' }, 'does-not-fit'],
    ['bridge', { requiresCompatibilities: ['EC2'], networkMode: 'bridge' }, {}, 'refused-network-mode'],
    ['none', { requiresCompatibilities: ['EC2'], networkMode: 'none' }, {}, 'refused-network-mode'],
    ['Windows', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }, {}, 'refused-windows'],
    ['a taken name', {}, { 'container-name': 'counter' }, 'name-taken']
  ])('%s', async (_reason, changes, inputs, code) => {
    const s = scene()
    s.account.addTaskDefinition(shop({ family: 'other', ...changes }), { unchecked: true })
    for (const dry of ['true', 'false']) {
      const failure = await s.fail({ 'task-definition-family': 'other', ...inputs, 'dry-run': dry })
      expect(failure.code).toBe(code)
    }
    expect(s.calls()).toEqual(['DescribeTaskDefinition', 'DescribeTaskDefinition'])
  })
})
