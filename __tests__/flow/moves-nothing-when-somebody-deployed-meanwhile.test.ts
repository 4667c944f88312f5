import { beforeEach, describe, expect, test } from '@jest/globals'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import type { Account } from '../../stand-in/state.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const INPUTS = { 'task-definition-family': 'shop', 'task-definition-revision': '1', service: 'web,worker' }
const arnOf = (service: string) => scene().arn(`service/default/${service}`)

beforeEach(() => {
  const { account } = scene()
  account.addTaskDefinition(shop())
  account.addTaskDefinition(shop({ family: 'theirs' }))
  for (const name of ['web', 'worker']) account.addService({ name, taskDefinition: 'shop:1' })
})

/** Somebody else acts right before the look that comes ahead of the first move. */
function meanwhile(act: (account: Account) => void): void {
  scene().standIn.fault({ operation: 'DescribeServices', kind: 'before', skip: 1, act })
}

test('not even the services that nobody touched', async () => {
  const s = scene()
  const theirs = s.arn('task-definition/theirs:1')
  meanwhile(account => void beginDeployment(account, arnOf('worker'), theirs))
  const { code, message, report } = await s.fail(INPUTS)
  expect(code).toBe('deployed-meanwhile')
  expect(message).toContain('worker')
  expect(message).toContain(s.arn('task-definition/shop:1'))
  expect(message).toContain(theirs)
  expect(message).not.toContain('web ran')
  expect(s.calls()).not.toContain('UpdateService')
  expect([s.runs('web'), s.runs('worker')]).toEqual([s.arn('task-definition/shop:1'), theirs])
  expect(report.services).toMatchObject([
    { kind: 'not-begun', service: 'web' },
    { kind: 'not-begun', service: 'worker' }
  ])
  expect(report.registration?.outcome).toBe('registered')
})

test('not although on-deployment-in-progress is replace', async () => {
  const s = scene()
  meanwhile(account => void beginDeployment(account, arnOf('web'), s.arn('task-definition/theirs:1')))
  const { code } = await s.fail({ ...INPUTS, 'on-deployment-in-progress': 'replace' })
  expect(code).toBe('deployed-meanwhile')
  expect(s.calls()).not.toContain('UpdateService')
})

test('a service that was deleted meanwhile', async () => {
  const s = scene()
  meanwhile(account => {
    const service = account.services.get(arnOf('web'))
    if (service !== undefined) service.status = 'DRAINING'
  })
  const { code, message } = await s.fail(INPUTS)
  expect(code).toBe('deployed-meanwhile')
  expect(message).toContain('DRAINING')
  expect(s.calls()).not.toContain('UpdateService')
})

describe('what does not concern the revision is no reason to stop', () => {
  test('somebody scaled the service', async () => {
    const s = scene()
    meanwhile(account => {
      const service = account.services.get(arnOf('web'))
      if (service !== undefined) service.desiredCount = 7
    })
    await s.succeed(INPUTS)
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  })
})
