import { beforeEach, expect, test } from '@jest/globals'
import type { FaultKind } from '../../stand-in/faults.ts'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const FORCED = { service: 'web', 'force-new-deployment': 'true' }

const deployments = () => scene().account.services.get(scene().arn('service/default/web'))?.deployments ?? []

/** A service that runs the sensor already, so that only the force starts a deployment. */
beforeEach(async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  s.account.addService({ name: 'web', taskDefinition: 'shop:2' })
  s.standIn.requests.length = 0
})

test.each<[string, FaultKind, number]>([
  ['the connection is gone after the call', { kind: 'lose-answer' }, 1],
  ['a 500 although it was carried out', { kind: 'server-error', carriedOut: true }, 1],
  ['the connection is gone before the call', { kind: 'reset' }, 2],
  ['a 500 without effect', { kind: 'server-error', carriedOut: false }, 2]
])('%s', async (_name, fault, updates) => {
  const s = scene()
  s.standIn.fault({ operation: 'UpdateService', ...fault })
  const report = await s.succeed(FORCED)
  expect(s.bodies('UpdateService')).toHaveLength(updates)
  expect(deployments().map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE'])
  const { id } = deployments()[0] ?? {}
  expect(report.services).toMatchObject([{ kind: 'moved', deployment: { outcome: 'started', deploymentId: id } }])
  expect(report.changed).toBe(false)
})

test('onto a new revision', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'UpdateService', kind: 'lose-answer' })
  await s.succeed({ ...FORCED, 'levo-env': 'production' })
  expect(s.bodies('UpdateService')).toHaveLength(1)
  expect(deployments()).toHaveLength(2)
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:3'))
})

test('a deployment of somebody else in between is left alone', async () => {
  const s = scene()
  const theirs = s.arn('task-definition/shop:1')
  s.standIn.fault({ operation: 'UpdateService', kind: 'reset' })
  s.standIn.fault({
    operation: 'DescribeServices',
    kind: 'before',
    skip: 2,
    act: account => void beginDeployment(account, s.arn('service/default/web'), theirs)
  })
  const { message } = await s.fail(FORCED)
  expect(s.bodies('UpdateService')).toHaveLength(1)
  expect(s.runs('web')).toBe(theirs)
  expect(message).toContain(theirs)
})

test('when the answer is lost again and again it gives up and says that it does not know', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'UpdateService', kind: 'reset', times: Infinity })
  const { code, message, report } = await s.fail(FORCED)
  expect(code).toBe('answer-lost')
  expect(message).toMatch(/ecs:UpdateService on web .*whether it was carried out is not known/)
  expect(s.bodies('UpdateService')).toHaveLength(3)
  expect(report.services).toMatchObject([{ kind: 'failed', service: 'web' }])
})
