import { describe, expect, test } from '@jest/globals'
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
