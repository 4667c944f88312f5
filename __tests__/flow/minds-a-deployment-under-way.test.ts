import { beforeEach, expect, test } from '@jest/globals'
import { beginDeployment, failDeployment } from '../../stand-in/rollouts.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const web = () => scene().arn('service/default/web')

/** The family has a plain revision and one with the sensor; the service runs the plain one. */
beforeEach(async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
  s.standIn.requests.length = 0
})

test('replace goes on, and the new revision takes the place of the one under way', async () => {
  const s = scene()
  beginDeployment(s.account, web(), s.arn('task-definition/shop:1'))
  const report = await s.succeed({ service: 'web', 'on-deployment-in-progress': 'replace' })
  expect(report.services).toMatchObject([{ deployment: { outcome: 'started' } }])
  expect(s.runs('web')).toBe(report.registration?.arn)
})

test('one to this very revision is no error, and nothing is sent', async () => {
  const s = scene()
  const arn = s.arn('task-definition/shop:2')
  const { id } = beginDeployment(s.account, web(), arn)
  const report = await s.succeed({ service: 'web' })
  expect(s.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition', 'DescribeServices'])
  expect(report.services).toMatchObject([{ deployment: { outcome: 'started', arn, deploymentId: id } }])
})

test('one to this very revision, found by the family', async () => {
  const s = scene()
  beginDeployment(s.account, web(), s.arn('task-definition/shop:2'))
  const report = await s.succeed({ service: 'web', 'task-definition-family': 'shop' })
  expect(report.changed).toBe(false)
  expect(s.calls()).not.toContain('UpdateService')
})

test('one that failed without going back is not under way', async () => {
  const s = scene()
  beginDeployment(s.account, web(), s.arn('task-definition/shop:1'))
  failDeployment(s.account, web())
  const report = await s.succeed({ service: 'web' })
  expect(report.services).toMatchObject([{ deployment: { outcome: 'started' } }])
})

test('a rollback that is under way is an error', async () => {
  const s = scene()
  beginDeployment(s.account, web(), s.arn('task-definition/shop:2'))
  failDeployment(s.account, web(), { rollback: true })
  const { code } = await s.fail({ service: 'web' })
  expect(code).toBe('deployment-in-progress')
  expect(s.calls()).not.toContain('RegisterTaskDefinition')
})
