import { beforeEach, describe, expect, test } from '@jest/globals'
import { planLines } from '../../src/report/plan.ts'
import { statusOf } from '../../src/report/status.ts'
import { conclude, titleOf } from '../../src/report/text.ts'
import type { JsonObject } from '../../stand-in/json.ts'
import type { ServiceSeed } from '../../stand-in/state.ts'
import { counter, shop } from '../support/flow-definitions.ts'
import { type Inputs, useScene } from '../support/flow-scene.ts'

const scene = useScene()

async function warningsFor(
  members: Partial<ServiceSeed>,
  inputs: Inputs = { 'task-definition': 'shop.json', service: 'web' },
  changes: JsonObject = {}
): Promise<string[]> {
  const s = scene()
  s.account.addTaskDefinition(shop(changes), { unchecked: true })
  s.account.addService({ name: 'web', taskDefinition: 'shop:1', ...members })
  await s.file('shop.json', shop(changes))
  const report = await s.succeed(inputs)
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  return s.warnings(report)
}

describe('who puts back a revision without the sensor is named', () => {
  test.each<[string, Partial<ServiceSeed>, RegExp]>([
    ['a CloudFormation stack', { tags: [{ key: 'aws:cloudformation:stack-name', value: 'shop-stack' }] }, /shop-stack/],
    ['Terraform', { tags: [{ key: 'managed-by', value: 'terraform' }] }, /Terraform/],
    ['Express', { resourceManagementType: 'ECS' }, /Express/]
  ])('%s', async (_owner, members, words) => {
    const warnings = await warningsFor(members)
    expect(warnings.filter(text => words.test(text))).toEqual([expect.stringMatching(/^web .*without the sensor/)])
  })

  test('a service of nobody is not', async () => {
    expect((await warningsFor({})).join()).not.toContain('without the sensor')
  })
})

test('a service that is moved without a file source: the next pipeline drops the sensor', async () => {
  const warnings = await warningsFor({}, { service: 'web' })
  expect(warnings).toContainEqual(expect.stringMatching(/pipeline|next (apply|deployment)|add (this|the) step/i))
})

test('a service that runs the sensor already was told so when it got it', async () => {
  await warningsFor({}, { service: 'web' })
  const report = await scene().succeed({ service: 'web' })
  expect(scene().warnings(report).join()).not.toContain('pipeline')
})

test('minimumHealthyPercent 0', async () => {
  const warnings = await warningsFor({ deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 } })
  expect(warnings).toContainEqual(expect.stringMatching(/^web .*minimumHealthyPercent 0/))
})

test('DAEMON', async () => {
  const ec2 = { requiresCompatibilities: ['EC2'] }
  const inputs = { 'task-definition': 'shop.json', service: 'web' }
  const warnings = await warningsFor({ schedulingStrategy: 'DAEMON', launchType: 'EC2' }, inputs, ec2)
  expect(warnings).toContainEqual(expect.stringMatching(/^web .*DAEMON/))
})

test('tasks without a public address pull the image from a public registry', async () => {
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'DISABLED' } }
  const containerDefinitions = [counter({ image: 'nginx' })]
  const inputs = { 'task-definition': 'shop.json', service: 'web' }
  const warnings = await warningsFor({ networkConfiguration }, inputs, { containerDefinitions })
  expect(warnings).toContainEqual(expect.stringMatching(/public (address|ip)/i))
})

test('more than ten tasks pull from Docker Hub without an account', async () => {
  const warnings = await warningsFor({ desiredCount: 11 })
  expect(warnings).toContainEqual(expect.stringMatching(/Docker Hub/))
})

describe('a source that is not what the service runs', () => {
  const ARRANGED = { 'task-definition-family': 'shop', 'task-definition-revision': '2', service: 'web' }

  test('shows what else would change, images first, as a warning before anything is registered', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop({ containerDefinitions: [counter({ image: 'counter:9' })] }))
    s.account.addTaskDefinition(shop({ containerDefinitions: [counter({ image: 'counter:10' })] }))
    s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
    const report = await s.succeed(ARRANGED)
    const text = s.warnings(report).find(warning => warning.includes('counter:9'))
    expect(text).toContain('counter:10')
    const told = s.events.findIndex(event => event.kind === 'noted' && event.note.text === text)
    expect(told).toBeGreaterThanOrEqual(0)
    expect(told).toBeLessThan(s.events.findIndex(({ kind }) => kind === 'registered'))
  })

  test('in a dry run too', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop({ containerDefinitions: [counter({ image: 'counter:9' })] }))
    s.account.addTaskDefinition(shop({ containerDefinitions: [counter({ image: 'counter:10' })] }))
    s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
    const report = await s.succeed({ ...ARRANGED, 'dry-run': 'true' })
    expect(s.warnings(report)).toContainEqual(expect.stringMatching(/counter:9[\s\S]*counter:10/))
  })
})

describe('a sensor that the service runs and the file has not', () => {
  const FILE = { 'task-definition': 'shop.json', service: 'web' }
  const OTHER = { image: 'levoai/pcap-sensor:0.2.0', 'extra-args': '--a\nb', 'environment-variables': 'FOO=planted' }

  beforeEach(async () => {
    const s = scene()
    await s.file('shop.json', shop())
    s.account.addTaskDefinition(shop())
    await s.succeed({ 'task-definition-family': 'shop', ...OTHER })
    s.account.addService({ name: 'web', taskDefinition: 'shop:2' })
  })

  test.each(['true', 'false'])('is said to go when it is to be taken out (dry-run: %s)', async dry => {
    const s = scene()
    const report = await s.succeed({ ...FILE, mode: 'remove', 'dry-run': dry })
    expect(s.warnings(report)).toContainEqual(
      `web runs ${s.arn('task-definition/shop:2')}; compared with that, this changes:\n- sensor levo-pcap-sensor: gone`
    )
    expect(titleOf(report)).toBe('Plan: takes out levo-pcap-sensor of shop:2, which web runs')
    expect(planLines(report)).toContain('-  "name": "levo-pcap-sensor",')
  })

  test('is compared with the one that takes its place, by names only', async () => {
    const s = scene()
    const report = await s.succeed({ ...FILE, 'dry-run': 'true' })
    const text = s.warnings(report).find(warning => warning.includes('compared with that'))
    expect(text?.split('\n').slice(1)).toEqual([
      '- sensor levo-pcap-sensor: image "levoai/pcap-sensor:0.2.0" -> "levoai/pcap-sensor:0.1.9"',
      '- sensor levo-pcap-sensor: loses environment variable FOO, flag --a'
    ])
    expect(planLines(report)).toContain('@@ container levo-pcap-sensor, compared with shop:2, which web runs @@')
  })

  test('is an update of it alone when nothing is lost, and no reason to warn', async () => {
    const s = scene()
    const report = await s.succeed({ ...FILE, ...OTHER, image: 'levoai/pcap-sensor:0.2.1', 'dry-run': 'true' })
    expect(s.warnings(report).filter(warning => warning.includes('compared with that'))).toEqual([])
    expect(report.notes).toContainEqual({
      level: 'note',
      text: `web runs ${s.arn('task-definition/shop:2')}; compared with that, this changes:\n- sensor levo-pcap-sensor: image "levoai/pcap-sensor:0.2.0" -> "levoai/pcap-sensor:0.2.1"`
    })
  })

  test('is no news when it stays as it is', async () => {
    const s = scene()
    const report = await s.succeed({ ...FILE, ...OTHER, 'dry-run': 'true' })
    expect(report.otherChanges).toEqual([])
  })
})

test('a revision that is there already is planned as what the service is moved onto', async () => {
  const s = scene()
  await s.file('shop.json', shop({ containerDefinitions: [counter({ image: 'counter:10' })] }))
  s.account.addTaskDefinition(shop({ containerDefinitions: [counter({ image: 'counter:9' })] }))
  s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
  await s.succeed({ 'task-definition': 'shop.json' })
  const inputs = { 'task-definition': 'shop.json', service: 'web' }
  const dry = await s.succeed({ ...inputs, 'dry-run': 'true' })
  expect(statusOf(dry).words).toBe('plan, moves web onto shop:2')
  expect(conclude(dry)).toBe('Dry run: nothing in AWS was changed. Without dry-run it would move web onto shop:2')
  const shown = expect.arrayContaining([
    '+++ shop:2, which is there already',
    '!containerDefinitions[counter].image: "counter:9" -> "counter:10"',
    '!web: shop:1 -> shop:2'
  ])
  expect(planLines(dry)).toEqual(shown)
  expect(planLines(await s.succeed(inputs))).toEqual(shown)
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
})

test('a revision that was deregistered is told as the reason why the same is registered again', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  s.account.addService({ name: 'web', taskDefinition: 'shop:2' })
  s.account.deregister('shop:2')
  const report = await s.succeed({ service: 'web' })
  expect(report).toMatchObject({ changed: true, again: true, registration: { arn: s.arn('task-definition/shop:3') } })
})

test('taking the sensor out: nobody has to add the step', async () => {
  const inputs = { service: 'web', mode: 'remove' }
  const sensor = counter({
    name: 'sensor',
    image: 'levoai/pcap-sensor:0.2.1',
    essential: false,
    cpu: 0,
    memory: 200,
    portMappings: []
  })
  const members = { tags: [{ key: 'managed-by', value: 'terraform' }] }
  const warnings = await warningsFor(members, inputs, { containerDefinitions: [counter(), sensor] })
  expect(warnings.join()).not.toMatch(/Terraform|pipeline/)
})
