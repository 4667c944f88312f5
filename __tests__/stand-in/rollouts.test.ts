import { beforeEach, expect, test } from '@jest/globals'
import { addEvent, beginDeployment, completeDeployment, failDeployment, primaryOf } from '../../stand-in/rollouts.ts'
import { Account, type Service } from '../../stand-in/state.ts'
import { fargate } from './definitions.ts'

let account: Account
let arn: string
let service: Service
let next: string
let time: number
beforeEach(() => {
  account = new Account()
  time = 1_000_500
  account.now = () => time
  account.addTaskDefinition(fargate())
  next = account.addTaskDefinition(fargate())
  arn = account.addService({ name: 'web', taskDefinition: 'web:1', desiredCount: 2 })
  service = account.services.get(arn) as Service
})

test('a deployment begins beside the one that runs', () => {
  const first = primaryOf(service)
  time = 2_000_250
  const begun = beginDeployment(account, arn, next)
  expect(service.deployments).toEqual([begun, first])
  expect(begun).toMatchObject({ status: 'PRIMARY', createdAt: 2000.25, updatedAt: 2000.25, launchType: 'FARGATE' })
  expect(first).toMatchObject({ status: 'ACTIVE', createdAt: 1000.5, updatedAt: 2000.25, runningCount: 2 })
  expect(service.taskDefinition).toBe(next)
})

test('a deployment completes', () => {
  const begun = beginDeployment(account, arn, next)
  completeDeployment(account, arn)
  expect(service.deployments).toEqual([begun])
  expect(begun).toMatchObject({
    runningCount: 2,
    rolloutState: 'COMPLETED',
    rolloutStateReason: `ECS deployment ${begun.id} completed.`
  })
  expect(service.events.slice(0, 2).map(({ message }) => message)).toEqual([
    '(service web) has reached a steady state.',
    `(service web) (deployment ${begun.id}) deployment completed.`
  ])
})

test('a deployment fails and stays PRIMARY', () => {
  const begun = beginDeployment(account, arn, next)
  failDeployment(account, arn)
  expect(primaryOf(service)).toBe(begun)
  expect(begun).toMatchObject({
    rolloutState: 'FAILED',
    failedTasks: 3,
    rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.'
  })
  expect(service.events[0]?.message).toBe(
    `(service web) (deployment ${begun.id}) deployment failed: tasks failed to start.`
  )
})

test('a deployment fails and a new one goes back to what was completed', () => {
  const first = primaryOf(service)
  const begun = beginDeployment(account, arn, next)
  failDeployment(account, arn, { rollback: true })
  const back = primaryOf(service)
  expect(service.deployments).toEqual([back, begun])
  expect(begun).toMatchObject({ status: 'ACTIVE', rolloutState: 'FAILED', desiredCount: 0 })
  expect(back.id).not.toBe(first.id)
  expect(back).toMatchObject({
    taskDefinition: first.taskDefinition,
    runningCount: 2,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${first.id}.`
  })
  expect(service.taskDefinition).toBe(first.taskDefinition)
  expect(service.events[0]?.message).toBe(`(service web) rolling back to deployment ${first.id}.`)
})

test('without a completed deployment there is nothing to go back to', () => {
  account.services.set(arn, { ...service, deployments: [] })
  const begun = beginDeployment(account, arn, next)
  failDeployment(account, arn, { rollback: true })
  expect(account.services.get(arn)?.deployments).toEqual([begun])
})

test('the newest hundred events are kept, the newest first', () => {
  for (let index = 0; index < 120; index += 1) addEvent(account, service, `event ${index}`)
  expect(service.events).toHaveLength(100)
  expect(service.events[0]?.message).toBe('event 119')
})

test('identifiers differ from each other and agree between runs', () => {
  const ids = Array.from({ length: 50 }, () => beginDeployment(account, arn, next).id)
  expect(new Set(ids).size).toBe(50)
  expect(ids.every(id => /^ecs-svc\/\d{19}$/.test(id))).toBe(true)
  const other = new Account()
  other.addTaskDefinition(fargate())
  const twin = other.addService({ name: 'web', taskDefinition: 'web', desiredCount: 2 })
  expect(other.services.get(twin)?.deployments[0]?.id).toBe(service.deployments.at(-1)?.id)
})
