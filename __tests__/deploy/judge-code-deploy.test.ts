import { expect, test } from '@jest/globals'
import { judgeCodeDeploy } from '../../src/deploy/watch-code-deploy.ts'
import type { CodeDeployState } from '../../src/ecs/code-deploy.ts'
import { toState } from '../../src/ecs/services.ts'

const set = (status: string, taskDefinition: string, externalId?: string) => ({
  id: `ecs-svc/${taskDefinition}`,
  status,
  taskDefinition,
  computedDesiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  createdAt: 50,
  startedBy: 'CODE_DEPLOY',
  ...(externalId !== undefined && { externalId })
})

const serviceOn = (primary: string, status = 'ACTIVE') =>
  toState({
    serviceName: 'web',
    status,
    deploymentController: { type: 'CODE_DEPLOY' },
    deployments: [],
    taskSets: [set('PRIMARY', primary, 'd-1'), set('ACTIVE', 'shop:0')]
  })

const state = (status: string, changes: Partial<CodeDeployState> = {}): CodeDeployState => ({
  id: 'd-1',
  status,
  createdAt: 0,
  ...changes
})

const judged = (status: string, changes: Partial<CodeDeployState> = {}, primary = 'shop:2') =>
  judgeCodeDeploy(state(status, changes), serviceOn(primary), { arn: 'shop:2' })

const RUNS = "the service's PRIMARY task set runs"
const error = { code: 'HEALTH_CONSTRAINTS', message: 'Unhealthy.' }

test('task sets stand for the deployments, which are empty under CodeDeploy', () => {
  expect(serviceOn('shop:1').deployments).toMatchObject([
    { id: 'ecs-svc/shop:1', status: 'PRIMARY', desiredCount: 2, runningCount: 2, externalId: 'd-1', createdAt: 50 },
    { id: 'ecs-svc/shop:0', status: 'ACTIVE', failedTasks: 0, externalId: undefined }
  ])
})

test.each(['Created', 'Queued', 'InProgress', 'Baking', 'Ready', 'SomethingNew', ''])('%s goes on', status => {
  expect(judged(status)).toBeUndefined()
})

test('Succeeded has completed, if the service is on the revision', () => {
  expect(judged('Succeeded')).toEqual({ kind: 'completed' })
  expect(judged('Succeeded', {}, 'shop:3')).toEqual({
    kind: 'superseded',
    reason: `CodeDeploy succeeded, but ${RUNS} shop:3 now`
  })
})

test.each([
  ['Failed', 'failed'],
  ['Stopped', 'stopped']
])('%s has %s, with the reason and what runs', (status, kind) => {
  expect(judged(status, { error }, 'shop:1')).toEqual({
    kind,
    reason: `HEALTH_CONSTRAINTS: Unhealthy; ${RUNS} shop:1`
  })
  expect(judged(status, {}, 'shop:1')).toEqual({ kind, reason: `CodeDeploy gave no reason; ${RUNS} shop:1` })
})

test.each(['Failed', 'Stopped'])('%s with a rollback is rolled back', status => {
  expect(judged(status, { error, rollback: { id: 'd-2', message: 'Under way.' } }, 'shop:1')).toEqual({
    kind: 'rolled-back',
    reason: `HEALTH_CONSTRAINTS: Unhealthy; by deployment d-2 (Under way.); ${RUNS} shop:1`
  })
})

test('a rollback with the stop that somebody asked for is theirs', () => {
  const asked = { error: { code: 'MANUAL_STOP', message: 'By a user.' }, rollback: { id: 'd-2' } }
  expect(judged('Stopped', asked, 'shop:1')).toMatchObject({ kind: 'stopped' })
})

test('a service that is not ACTIVE is gone, whatever CodeDeploy says', () => {
  expect(judgeCodeDeploy(state('InProgress'), serviceOn('shop:1', 'DRAINING'), { arn: 'shop:2' })).toEqual({
    kind: 'gone',
    reason: 'the service is DRAINING'
  })
})
