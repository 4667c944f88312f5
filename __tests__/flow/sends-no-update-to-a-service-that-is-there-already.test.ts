import { beforeEach, expect, test } from '@jest/globals'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

/** The family's latest revision has the sensor already. */
beforeEach(async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  s.standIn.requests.length = 0
})

test('it is already running', async () => {
  const s = scene()
  s.account.addService({ name: 'web', taskDefinition: 'shop:2' })
  const { deployments, currentServiceDeployment } = s.account.services.get(s.arn('service/default/web')) ?? {}
  const report = await s.succeed({ service: 'web' })
  expect(s.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition', 'DescribeServices'])
  const arn = s.arn('task-definition/shop:2')
  expect(report.services).toMatchObject([
    {
      kind: 'moved',
      deployment: {
        outcome: 'already-running',
        previousArn: arn,
        arn,
        deploymentId: deployments?.[0]?.id,
        serviceDeploymentArn: currentServiceDeployment
      }
    }
  ])
})

test('beside one that is moved', async () => {
  const s = scene()
  s.account.addService({ name: 'there', taskDefinition: 'shop:2' })
  s.account.addService({ name: 'behind', taskDefinition: 'shop:1' })
  const report = await s.succeed({ service: 'there,behind', 'task-definition-family': 'shop' })
  expect(s.body('UpdateService')).toMatchObject({ service: 'behind' })
  expect(report.services).toMatchObject([
    { deployment: { service: 'there', outcome: 'already-running' } },
    { deployment: { service: 'behind', outcome: 'started' } }
  ])
  expect(s.calls()).not.toContain('RegisterTaskDefinition')
})

test('unless something else was asked for, which starts no deployment', async () => {
  const s = scene()
  s.account.addService({ name: 'web', taskDefinition: 'shop:2' })
  const report = await s.succeed({ service: 'web', 'desired-count': '4' })
  expect(s.body('UpdateService')).toMatchObject({ desiredCount: 4, taskDefinition: s.arn('task-definition/shop:2') })
  expect(report.services).toMatchObject([{ deployment: { outcome: 'already-running' } }])
  expect(s.account.services.get(s.arn('service/default/web'))?.desiredCount).toBe(4)
})

test('unless a new deployment is forced', async () => {
  const s = scene()
  s.account.addService({ name: 'web', taskDefinition: 'shop:2' })
  const report = await s.succeed({ service: 'web', 'force-new-deployment': 'true' })
  expect(s.bodies('UpdateService')).toHaveLength(1)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'started' } }])
  expect(s.account.services.get(s.arn('service/default/web'))?.deployments).toHaveLength(2)
})
