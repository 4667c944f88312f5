import { describe, expect, test } from '@jest/globals'
import { EXECUTION_ROLE, shop } from '../support/flow-definitions.ts'
import { type Inputs, useScene } from '../support/flow-scene.ts'

// That nothing planted is said in any stream is looked at after each test of a scene.
const scene = useScene()

const INPUTS: Inputs = {
  service: 'web',
  'environment-variables': 'TOKEN=planted-sensor-value\nCLUSTER=production',
  secrets: 'KEY=arn:aws:ssm:us-east-1:123456789012:parameter/planted-sensor-secret'
}

async function refuse(message: string, inputs: Inputs = {}): Promise<string> {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.account.addService({ cluster: 'production', name: 'web', taskDefinition: 'shop:1' })
  s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'error', status: 400, code: 'ClientException', message })
  await s.fail({ ...INPUTS, cluster: 'production', ...inputs })
  return s.said.at(-1) ?? ''
}

describe('of an environment, of secrets and of arguments', () => {
  test.each([
    'planted-app-value',
    '"planted-app-value"',
    'arn:aws:ssm:us-east-1:123456789012:parameter/planted-app-secret',
    'postgres://shop:planted-in-url@db.shop.internal/shop',
    'shop:planted-in-url',
    'planted-sensor-value',
    'arn:aws:ssm:us-east-1:123456789012:parameter/planted-sensor-secret',
    '-planted-argument',
    'planted-attached'
  ])('%s', async text => {
    const said = await refuse(`Invalid value: ${text}`)
    for (const kind of ['::error::', '::debug::', '"reason": "', '### ']) expect(said).toContain(kind)
    expect(said).toContain('Invalid value: ')
    expect(said).toContain('***')
  })
})

describe('that means something to Markdown', () => {
  const secret = 'planted*b_|<&>[1]`'
  test.each<[string, Inputs]>([
    ['the org id', { 'levoai-org-id': secret }],
    ['a password', { 'satellite-url': `https://u:${encodeURIComponent(secret)}@satellite.example.com` }],
    ['a value of the environment', { 'environment-variables': `TOKEN=${secret}` }]
  ])('%s', async (_what, inputs) => {
    await refuse(`Invalid value: ${secret}, ${encodeURIComponent(secret)} or ${JSON.stringify({ secret })}`, inputs)
  })
})

test('names that people need stay as they are, in texts and in outputs', async () => {
  const said = await refuse(`Invalid: ${EXECUTION_ROLE} of production`)
  expect(said).toContain(`Invalid: ${EXECUTION_ROLE} of production`)
  expect(said).toContain('cluster production')
})
