import { beforeEach, describe, expect, test } from '@jest/globals'
import { nextSteps } from '../../src/report/next-steps.ts'
import type { FaultKind } from '../../stand-in/faults.ts'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const UPDATE = 'UpdateService'
const ONCE = { service: 'web', 'max-retries': '1' }

beforeEach(() => {
  const { account } = scene()
  account.addTaskDefinition(shop())
  account.addService({ name: 'web', taskDefinition: 'shop:1' })
})

describe('it was carried out: what it began is gone on with', () => {
  test.each<[string, FaultKind]>([
    ['a 500', { kind: 'server-error', carriedOut: true }],
    ['the connection is gone after the call', { kind: 'lose-answer' }],
    ['an answer without the service', { kind: 'answer', change: () => ({}) }]
  ])('%s', async (_name, fault) => {
    const s = scene()
    s.standIn.fault({ operation: UPDATE, times: Infinity, ...fault })
    const report = await s.succeed(ONCE)
    const { deployments } = s.account.services.get(s.arn('service/default/web')) ?? { deployments: [] }
    expect(s.bodies(UPDATE)).toHaveLength(1)
    expect(report.services).toMatchObject([
      { kind: 'moved', deployment: { outcome: 'started', begun: true, deploymentId: deployments[0]?.id } }
    ])
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  })
})

describe('it was not carried out: the service was seen to run what it ran, and the error stands', () => {
  test.each<[string, FaultKind, string]>([
    ['a 500', { kind: 'server-error', carriedOut: false }, 'aws-failure'],
    ['the connection is gone before the call', { kind: 'reset' }, 'unreachable']
  ])('%s', async (_name, fault, expected) => {
    const s = scene()
    s.standIn.fault({ operation: UPDATE, times: Infinity, ...fault })
    const { code, report } = await s.fail(ONCE)
    expect(code).toBe(expected)
    expect(s.calls().slice(-2)).toEqual([UPDATE, 'DescribeServices'])
    expect(s.said.join()).toContain('web: not moved, it failed')
    expect(nextSteps(report)).toEqual([
      `${s.arn('task-definition/shop:2')} is registered and stays; no service was moved onto it.`
    ])
  })

  test('what ECS refuses needs no look', async () => {
    const s = scene()
    s.standIn.fault({ operation: UPDATE, kind: 'deny' })
    const { code } = await s.fail(ONCE)
    expect(code).toBe('access-denied')
    expect(s.calls().at(-1)).toBe(UPDATE)
  })
})

test('it cannot be looked up: that nobody knows is said everywhere, and both errors are', async () => {
  const s = scene()
  s.standIn.fault({ operation: UPDATE, kind: 'lose-answer' })
  s.standIn.fault({ operation: 'DescribeServices', kind: 'deny', skip: 2, times: Infinity })
  const { code, message, report } = await s.fail(ONCE)
  expect(code).toBe('answer-lost')
  expect(message).toMatch(/ecs:UpdateService on web failed/)
  expect(message).toMatch(/What web runs now is not known, since .*: ecs:DescribeServices on web .*AccessDenied/)
  expect(nextSteps(report)).toEqual([
    `${s.arn('task-definition/shop:2')} is registered and stays; whether web was moved onto it is not known.`
  ])
  expect(s.said.join()).toContain('web: it failed, and whether it was moved is not known')
  expect(s.said.join()).not.toMatch(/not moved|no service was moved/)
})

test('an update that was answered, whose deployment cannot be seen, is not said to have moved nothing', async () => {
  const s = scene()
  s.standIn.fault({
    operation: UPDATE,
    kind: 'answer',
    change: ({ service }) => ({ service: { ...(service as object), deployments: [] } })
  })
  s.standIn.fault({ operation: 'DescribeServices', kind: 'deny', skip: 2, times: Infinity })
  const { code, message, report } = await s.fail(ONCE)
  expect(code).toBe('deployment-unknown')
  expect(message).toMatch(/ECS took the update of web .*ecs:DescribeServices/)
  expect(nextSteps(report)).toEqual([expect.stringContaining('whether web was moved onto it is not known')])
})

test('somebody else was quicker: that is left alone', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop({ family: 'other' }))
  const theirs = s.arn('task-definition/other:1')
  s.standIn.fault({ operation: UPDATE, kind: 'reset' })
  s.standIn.fault({
    operation: 'DescribeServices',
    kind: 'before',
    skip: 2,
    act: account => void beginDeployment(account, s.arn('service/default/web'), theirs)
  })
  const { code, message } = await s.fail(ONCE)
  expect(code).toBe('deployed-meanwhile')
  expect(message).toContain(theirs)
  expect(s.runs('web')).toBe(theirs)
})
