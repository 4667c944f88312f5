import { describe, expect, test } from '@jest/globals'
import { useStage } from '../support/bundle-stage.ts'
import { counter, shop } from '../support/flow-definitions.ts'

const stage = useStage()
/** Lines of a stack, also where the runner's protocol puts them into one line. */
const STACK = /(^|%0A)\s+at .+:\d+:\d+/m
const errors = (stdout: string) => stdout.split('\n').filter(line => line.startsWith('::error::'))

function prepare(): void {
  const { account } = stage().standIn
  account.addTaskDefinition(shop())
  account.addService({ name: 'web', taskDefinition: 'shop:1' })
}

test('wrong input: every problem in one error, exit status 1, no request, no stack', async () => {
  const s = stage()
  const inputs = { 'satellite-url': 'nowhere', 'levo-env': '', 'dry-run': 'yes', 'max-retries': '0', service: 'web' }
  const run = await s.action(inputs)
  expect(run.status).toBe(1)
  expect(errors(run.stdout)).toHaveLength(1)
  for (const name of ['satellite-url', 'levo-env', 'dry-run', 'max-retries']) expect(run.stdout).toContain(`${name}:`)
  expect(run.stdout + run.stderr).not.toMatch(STACK)
  expect(s.calls()).toEqual([])
})

test('an input that is none of ours is a warning', async () => {
  prepare()
  const run = await stage().action({ service: 'web', 'dry-run': 'true', 'levo-enviroment': 'x', unused: '' })
  expect(run.status).toBe(0)
  const warnings = run.stdout.split('\n').filter(line => line.startsWith('::warning::'))
  expect(warnings.filter(line => line.includes('levo-enviroment'))).toHaveLength(1)
  expect(warnings.join()).not.toContain('unused')
})

describe('a stack', () => {
  test('is shown with debug logging only', async () => {
    prepare()
    const s = stage()
    s.standIn.fault({ operation: 'DescribeServices', kind: 'deny', times: Infinity })
    const plain = await s.action({ service: 'web' })
    expect(plain.status).toBe(1)
    expect(plain.stdout + plain.stderr).not.toMatch(STACK)
    expect(plain.stdout).toContain('ecs:DescribeServices')
    const debug = await s.action({ service: 'web' }, { ...s.credentials, RUNNER_DEBUG: '1' })
    expect(debug.status).toBe(1)
    const [line = ''] = debug.stdout.split('\n').filter(text => text.startsWith('::debug::'))
    expect(line).toMatch(/StepError.*%0A\s+at /)
    expect(line).toContain('AccessDeniedException')
    expect(errors(debug.stdout)).toEqual(errors(plain.stdout))
  })
})

describe('what was true before the failure stays in the outputs', () => {
  test('UpdateService denied: the revision is there', async () => {
    prepare()
    const s = stage()
    s.standIn.fault({ operation: 'UpdateService', kind: 'deny', resource: s.arn('service/default/web') })
    const run = await s.action({ service: 'web' })
    expect(run.status).toBe(1)
    expect(run.outputs).toMatchObject({
      'task-definition-arn': s.arn('task-definition/shop:2'),
      'task-definition-revision': '2',
      'previous-task-definition-arn': s.arn('task-definition/shop:1'),
      changed: 'true',
      'deployment-outcome': 'failed'
    })
    expect(JSON.parse(run.outputs.results ?? '')).toMatchObject([
      { service: 'web', outcome: 'failed', code: 'access-denied', reason: expect.stringContaining('ecs:UpdateService') }
    ])
    expect(run.summary).toContain('failed')
    expect(run.summary).toContain('ecs:UpdateService')
    expect(errors(run.stdout)).toHaveLength(1)
  })

  test('RegisterTaskDefinition denied: the rendered file and the plan are there, no ARN', async () => {
    prepare()
    const s = stage()
    s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'deny' })
    const run = await s.action({ service: 'web' })
    expect(run.status).toBe(1)
    expect(run.outputs['task-definition']).toContain('task-definition.json')
    expect(run.outputs.changed ?? '').toBe('')
    expect(run.outputs).not.toHaveProperty('task-definition-arn')
  })

  test('no room: nothing was registered, the numbers are there', async () => {
    const s = stage()
    s.standIn.account.addTaskDefinition(shop({ containerDefinitions: [counter({ cpu: 2048 })] }))
    const run = await s.action({ 'task-definition-family': 'shop', 'sensor-profile': 'standard' })
    expect(run.status).toBe(1)
    expect(run.stdout).toMatch(/2560 CPU units.*2048/)
    expect(s.calls()).toEqual(['DescribeTaskDefinition'])
  })
})

test('no credentials name the step to put before', async () => {
  const s = stage()
  const env = { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_ECS: s.standIn.url, AWS_EC2_METADATA_DISABLED: 'true' }
  const run = await s.action({ 'task-definition-family': 'shop' }, env)
  expect(run.status).toBe(1)
  expect(run.stdout).toContain('aws-actions/configure-aws-credentials')
  expect(s.calls()).toEqual([])
})

test('an endpoint that nobody answers at is an error about the network', async () => {
  const s = stage()
  await s.standIn.close()
  const run = await s.action({ 'task-definition-family': 'shop', 'max-retries': '2' })
  expect(run.status).toBe(1)
  expect(run.stdout).toMatch(/ecs:DescribeTaskDefinition on shop failed \(2 attempts\).*ECONNREFUSED/)
  expect(run.stdout).toContain('check the network')
})
