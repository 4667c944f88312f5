import { describe, expect, test } from '@jest/globals'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const REGISTER = 'RegisterTaskDefinition'
const INPUTS = { 'task-definition-family': 'shop', service: 'web' }
const CONCURRENT = {
  kind: 'error',
  status: 400,
  code: 'ClientException',
  message: 'Too many concurrent attempts to create a new revision of the specified family.'
} as const

function prepare(): void {
  const { account } = scene()
  account.addTaskDefinition(shop())
  account.addService({ name: 'web', taskDefinition: 'shop:1' })
}

describe('throttling is repeated for every call', () => {
  test.each(['DescribeServices', 'DescribeTaskDefinition', REGISTER, 'UpdateService', 'TagResource'])(
    '%s',
    async operation => {
      prepare()
      const s = scene()
      s.standIn.fault({ operation, kind: 'throttle', times: 2 })
      const report = await s.succeed(INPUTS)
      const sent = s.standIn.requests.filter(request => request.operation === operation).slice(0, 3)
      expect(sent.map(({ status }) => status)).toEqual([400, 400, 200])
      expect(new Set(sent.map(({ rawBody }) => rawBody)).size).toBe(1)
      expect(s.revisions('shop')).toBe(2)
      expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
      expect(s.warnings(report).join()).not.toContain('Rate exceeded')
    }
  )
})

describe('max-retries is the number of attempts', () => {
  test.each([
    ['1', 1],
    ['4', 4]
  ])('%s', async (given, attempts) => {
    prepare()
    const s = scene()
    s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'throttle', times: Infinity })
    const { code, message } = await s.fail({ ...INPUTS, 'max-retries': given })
    expect(code).toBe('throttled')
    expect(message).toContain('Rate exceeded')
    expect(message).toContain('max-retries')
    expect(s.bodies('DescribeTaskDefinition')).toHaveLength(attempts)
  })

  test('for a registration too', async () => {
    prepare()
    const s = scene()
    s.standIn.fault({ operation: REGISTER, kind: 'throttle', times: Infinity })
    const { code } = await s.fail({ ...INPUTS, 'max-retries': '3' })
    expect(code).toBe('throttled')
    expect(s.bodies(REGISTER)).toHaveLength(3)
  })

  test('is 10 when it is not given', async () => {
    const s = scene()
    s.standIn.fault({ operation: 'DescribeServices', kind: 'throttle', times: Infinity })
    await s.fail(INPUTS)
    expect(s.bodies('DescribeServices')).toHaveLength(10)
  })
})

describe('a look that AWS fails to answer is repeated', () => {
  test.each(['DescribeServices', 'DescribeTaskDefinition'])('%s', async operation => {
    prepare()
    const s = scene()
    s.standIn.fault({ operation, kind: 'server-error', carriedOut: false })
    s.standIn.fault({ operation, kind: 'reset' })
    s.standIn.fault({ operation, kind: 'error', status: 503, code: 'ServiceUnavailable', message: 'Later.' })
    await s.succeed(INPUTS)
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  })

  test('and after the last attempt the error says that it is on AWS', async () => {
    prepare()
    const s = scene()
    s.standIn.fault({ operation: 'DescribeServices', kind: 'server-error', carriedOut: false, times: Infinity })
    const { code, message } = await s.fail({ ...INPUTS, 'max-retries': '2' })
    expect(code).toBe('aws-failure')
    expect(message).toContain('ecs:DescribeServices on web in cluster default failed (2 attempts)')
  })
})

describe('another registration of the family at the same time', () => {
  test('is waited for', async () => {
    prepare()
    const s = scene()
    s.standIn.fault({ operation: REGISTER, ...CONCURRENT, times: 4 })
    const report = await s.succeed(INPUTS)
    expect(report.registration?.arn).toBe(s.arn('task-definition/shop:2'))
    expect(s.bodies(REGISTER)).toHaveLength(5)
    expect(s.slept).toHaveLength(4)
    for (const seconds of s.slept) expect(seconds).toBeGreaterThanOrEqual(1)
    for (const seconds of s.slept) expect(seconds).toBeLessThanOrEqual(5)
  })

  test('is given up after several attempts, and the error says why', async () => {
    prepare()
    const s = scene()
    s.standIn.fault({ operation: REGISTER, ...CONCURRENT, times: Infinity })
    const { code, message } = await s.fail(INPUTS)
    expect(code).toBe('concurrent-revision')
    expect(message).toContain('Too many concurrent attempts')
    expect(message).toContain('at the same time')
    expect(s.bodies(REGISTER).length).toBeGreaterThanOrEqual(5)
    expect(s.bodies(REGISTER).length).toBeLessThanOrEqual(10)
    expect(s.calls()).not.toContain('UpdateService')
  })
})

test('an update without force is repeated by itself, and one deployment comes of it', async () => {
  prepare()
  const s = scene()
  s.standIn.fault({ operation: 'UpdateService', kind: 'lose-answer' })
  const report = await s.succeed(INPUTS)
  expect(s.bodies('UpdateService')).toHaveLength(2)
  const deployments = s.account.services.get(s.arn('service/default/web'))?.deployments ?? []
  expect(deployments.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE'])
  expect(report.services).toMatchObject([
    { kind: 'moved', deployment: { outcome: 'started', deploymentId: deployments[0]?.id } }
  ])
})

test('what ECS refuses is not repeated', async () => {
  prepare()
  const s = scene()
  const refusal = { kind: 'error', status: 400, code: 'ClientException', message: 'Role is not valid' } as const
  s.standIn.fault({ operation: REGISTER, ...refusal, times: Infinity })
  const { code, message } = await s.fail(INPUTS)
  expect(code).toBe('refused')
  expect(message).toContain('Role is not valid')
  expect(s.bodies(REGISTER)).toHaveLength(1)
})
