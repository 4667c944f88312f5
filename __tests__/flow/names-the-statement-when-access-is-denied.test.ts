import { describe, expect, test } from '@jest/globals'
import { EXECUTION_ROLE, shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const INPUTS = { 'task-definition-family': 'shop', service: 'web' }
const SERVICE = 'arn:aws:ecs:us-east-1:123456789012:service/default/web'
const FAMILY = 'arn:aws:ecs:us-east-1:123456789012:task-definition/shop'

function prepare(): void {
  const { account } = scene()
  account.addTaskDefinition(shop())
  account.addService({ name: 'web', taskDefinition: 'shop:1' })
}

/** The policy statement in a message, which stands there as one line of JSON. */
function statementIn(message: string): unknown {
  return JSON.parse(message.split('\n').find(line => line.startsWith('{')) ?? 'null')
}

describe('each call', () => {
  test.each([
    ['DescribeServices', SERVICE, SERVICE, 'web in cluster default'],
    ['DescribeTaskDefinition', '*', '*', 'shop'],
    ['RegisterTaskDefinition', `${FAMILY}:*`, `${FAMILY}*`, 'shop'],
    ['UpdateService', SERVICE, SERVICE, 'web']
  ])('%s', async (operation, resource, granted, on) => {
    prepare()
    const s = scene()
    s.standIn.fault({ operation, kind: 'deny', resource, times: Infinity })
    const { code, message, report } = await s.fail(INPUTS)
    expect(code).toBe('access-denied')
    expect(message).toContain(`ecs:${operation} on ${on} failed`)
    expect(message).toContain('no identity-based policy allows')
    expect(statementIn(message)).toEqual({ Effect: 'Allow', Action: `ecs:${operation}`, Resource: granted })
    expect(s.bodies(operation)).toHaveLength(1)
    expect(report.registration !== undefined).toBe(operation === 'UpdateService')
  })
})

describe('iam:PassRole, whatever the code of the error', () => {
  test.each(['AccessDeniedException', 'ClientException'])('%s', async code => {
    prepare()
    const s = scene()
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/deployer/session is not authorized to perform: iam:PassRole on ' +
      `resource: ${EXECUTION_ROLE} because no identity-based policy allows the iam:PassRole action`
    s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'error', status: 400, code, message, times: Infinity })
    const failure = await s.fail(INPUTS)
    expect(failure.code).toBe('access-denied')
    expect(failure.message).toContain('ecs:RegisterTaskDefinition on shop failed')
    expect(statementIn(failure.message)).toEqual({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: EXECUTION_ROLE,
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }
    })
    expect(s.bodies('RegisterTaskDefinition')).toHaveLength(1)
  })
})

test('an explicit deny of a service control policy keeps its words', async () => {
  prepare()
  const s = scene()
  const message = `User: arn:aws:sts::1:assumed-role/d/s is not authorized to perform: ecs:UpdateService on resource: ${SERVICE} with an explicit deny in a service control policy`
  const denial = { kind: 'error', status: 400, code: 'AccessDeniedException', message } as const
  s.standIn.fault({ operation: 'UpdateService', ...denial })
  const failure = await s.fail(INPUTS)
  expect(failure.message).toContain('explicit deny in a service control policy')
  expect(failure.code).toBe('access-denied')
})

test('a denial without details names the call and the service or family that it was about', async () => {
  prepare()
  const s = scene()
  const denial = { kind: 'error', status: 400, code: 'AccessDeniedException', message: 'You may not.' } as const
  s.standIn.fault({ operation: 'UpdateService', ...denial })
  const { message } = await s.fail(INPUTS)
  expect(statementIn(message)).toMatchObject({ Effect: 'Allow', Action: 'ecs:UpdateService' })
})
