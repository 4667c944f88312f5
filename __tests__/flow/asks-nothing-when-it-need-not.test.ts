import { beforeEach, describe, expect, test } from '@jest/globals'
import { containerOf, shop } from '../support/flow-definitions.ts'
import { type Inputs, useScene } from '../support/flow-scene.ts'

const scene = useScene()

beforeEach(() => scene().file('shop.json', shop()))

describe('a rendering from a file without credentials', () => {
  test.each<[string, Inputs]>([
    ['in a dry run', { 'dry-run': 'true' }],
    ['with register: false', { register: 'false' }],
    ['in a dry run with a service', { 'dry-run': 'true', service: 'web' }]
  ])('%s', async (_way, inputs) => {
    const s = scene()
    s.environment = { hasCredentials: false }
    const report = await s.succeed({ 'task-definition': 'shop.json', ...inputs })
    expect(s.calls()).toEqual([])
    expect(s.connections).toBe(0)
    expect(report.changed).toBeUndefined()
    expect(report.rendering).toBeDefined()
    expect(report.notes.map(({ text }) => text)).toContainEqual(expect.stringMatching(/no AWS credentials.*compared/))
  })

  test('renders a missing org id as a placeholder, with a warning', async () => {
    const s = scene()
    s.environment = { hasCredentials: false }
    const report = await s.succeed({ 'task-definition': 'shop.json', 'dry-run': 'true', 'levoai-org-id': '' })
    const sensor = containerOf({ ...report.rendering?.after }, 'levo-pcap-sensor')
    expect(sensor.entryPoint).toContain('LEVOAI_ORG_ID')
    expect(s.warnings(report)).toContainEqual(expect.stringContaining('levoai-org-id'))
  })

  test('needs a Region all the same', async () => {
    const s = scene()
    s.environment = { hasCredentials: false, region: undefined }
    expect((await s.reject({ 'task-definition': 'shop.json', 'dry-run': 'true' })).message).toContain('aws-region')
    const report = await s.succeed({ 'task-definition': 'shop.json', 'dry-run': 'true', 'aws-region': 'eu-west-1' })
    expect(report.region).toBe('eu-west-1')
  })
})

test('with credentials a dry run from a file is compared', async () => {
  const s = scene()
  await s.succeed({ 'task-definition': 'shop.json', 'dry-run': 'true' })
  expect(s.calls()).toEqual(['DescribeTaskDefinition'])
})

test('problems with the input come all at once, before anything is asked', async () => {
  const s = scene()
  const inputs = {
    'task-definition': 'shop.json',
    'task-definition-family': 'shop',
    'satellite-url': 'satellite',
    'levo-env': '',
    'rate-limit': '1e3',
    'desired-count': '-1',
    'path-allow': '(?=x)',
    service: 'web'
  }
  const { problems } = await s.reject(inputs)
  const named = ['satellite-url', 'levo-env', 'rate-limit', 'desired-count', 'path-allow', 'task-definition']
  for (const name of named) expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^${name}`)))
  expect(s.connections).toBe(0)
  expect(s.calls()).toEqual([])
})
