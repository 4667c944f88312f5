import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { judge } from '../../src/deploy/judge.ts'
import type { ServiceDeploymentState } from '../../src/ecs/service-deployments.ts'
import type { DeploymentState, ServiceState } from '../../src/ecs/services.ts'

const OWN = { id: 'ecs-svc/2', previousArn: 'shop:1' }

const deployment = (id: string, changes: Partial<DeploymentState> = {}): DeploymentState => ({
  id,
  status: 'PRIMARY',
  taskDefinition: `shop:${id.slice(-1)}`,
  rolloutState: 'IN_PROGRESS',
  runningCount: 2,
  pendingCount: 0,
  desiredCount: 2,
  failedTasks: 0,
  createdAt: 0,
  ...changes
})

const service = (deployments: readonly DeploymentState[], changes: Partial<ServiceState> = {}): ServiceState => ({
  arn: 'arn:aws:ecs:us-east-1:123456789012:service/default/web',
  name: 'web',
  status: 'ACTIVE',
  taskDefinition: deployments[0]?.taskDefinition ?? '',
  controller: 'ECS',
  onFargate: true,
  daemon: false,
  shiftsTraffic: false,
  express: false,
  desiredCount: 2,
  deployments,
  events: [],
  tags: [],
  ...changes
})

const attempt = (status: string, changes: Partial<ServiceDeploymentState> = {}): ServiceDeploymentState => ({
  arn: 'arn:aws:ecs:us-east-1:123456789012:service-deployment/default/web/x',
  status,
  createdAt: 0,
  sources: [],
  alarms: [],
  triggered: false,
  ...changes
})

const ours = service([
  deployment('ecs-svc/2'),
  deployment('ecs-svc/1', { status: 'ACTIVE', rolloutState: 'COMPLETED' })
])
const theirs = service([deployment('ecs-svc/3'), deployment('ecs-svc/2', { status: 'ACTIVE' })])
const BACK = 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.'
const back = (rolloutState: string) =>
  service([
    deployment('ecs-svc/3', { taskDefinition: 'shop:1', rolloutState, rolloutStateReason: BACK }),
    deployment('ecs-svc/2', { status: 'ACTIVE', rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.' })
  ])
const BREAKER = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'

describe('with the service deployment', () => {
  test.each<[string, ServiceState, ServiceDeploymentState, string]>([
    ['is pending', ours, attempt('PENDING'), 'rolling-out'],
    ['is in progress', ours, attempt('IN_PROGRESS'), 'rolling-out'],
    [
      'still bakes, although the list says completed',
      service([deployment('ecs-svc/2', { rolloutState: 'COMPLETED' })]),
      attempt('IN_PROGRESS'),
      'rolling-out'
    ],
    ['was successful', ours, attempt('SUCCESSFUL'), 'completed'],
    ['was successful, and somebody deployed since', theirs, attempt('SUCCESSFUL'), 'superseded'],
    [
      'was stopped for a newer one',
      theirs,
      attempt('STOPPED', {
        statusReason: 'Service deployment stopped because a newer service deployment replaced it.'
      }),
      'superseded'
    ],
    ['was stopped by a person', ours, attempt('STOPPED', { statusReason: 'stopped' }), 'stopped'],
    ['was stopped by the breaker, which may not roll back', ours, attempt('STOPPED', { triggered: true }), 'failed'],
    ['is asked to stop', ours, attempt('STOP_REQUESTED'), 'stopped'],
    ['is asked to roll back', ours, attempt('ROLLBACK_REQUESTED'), 'stopped'],
    [
      'rolls back by the breaker',
      back('IN_PROGRESS'),
      attempt('ROLLBACK_IN_PROGRESS', { triggered: true, rollbackReason: BREAKER }),
      'rolling-back'
    ],
    [
      'rolls back by a hook',
      back('IN_PROGRESS'),
      attempt('ROLLBACK_IN_PROGRESS', {
        rollbackReason: 'Service deployment rolled back because PRE_SCALE_UP lifecycle hook(s) failed.'
      }),
      'rolling-back'
    ],
    [
      'rolls back for a bad network',
      back('IN_PROGRESS'),
      attempt('ROLLBACK_IN_PROGRESS', {
        rollbackReason: 'Service deployment rolled back because of invalid networking configuration.'
      }),
      'rolling-back'
    ],
    [
      'rolls back because a person asked',
      back('IN_PROGRESS'),
      attempt('ROLLBACK_IN_PROGRESS', {
        rollbackReason: 'Service deployment rolled back because a user requested it.'
      }),
      'stopped'
    ],
    ['has rolled back', back('COMPLETED'), attempt('ROLLBACK_SUCCESSFUL', { triggered: true }), 'rolled-back'],
    ['could not roll back', back('FAILED'), attempt('ROLLBACK_FAILED'), 'rollback-failed'],
    ['has a status that nobody knows yet', ours, attempt('DREAMING'), 'rolling-out'],
    ['is still said to be in progress when somebody deployed', theirs, attempt('IN_PROGRESS'), 'superseded']
  ])('a deployment that %s', (_name, seen, told, kind) => {
    expect(judge(OWN, seen, told).kind).toBe(kind)
  })

  test.each(['ROLLBACK_REQUESTED', 'STOP_REQUESTED', 'ROLLBACK_IN_PROGRESS'])('%s is what we asked for', status => {
    const told = attempt(status, { rollbackReason: 'Service deployment rolled back because a user requested it.' })
    expect(judge({ ...OWN, asked: true }, ours, told).kind).toBe('rolling-back')
  })

  test('a hook that waits for a person is named with its stage', () => {
    const told = attempt('IN_PROGRESS', { lifecycleStage: 'POST_SCALE_UP', awaits: { expiresAt: 1000 } })
    expect(judge(OWN, ours, told)).toEqual({ kind: 'rolling-out', pause: { stage: 'POST_SCALE_UP', expiresAt: 1000 } })
  })
})

describe('by the service alone', () => {
  test.each<[string, ServiceState, string]>([
    ['is in progress', ours, 'rolling-out'],
    ['completed', service([deployment('ecs-svc/2', { rolloutState: 'COMPLETED' })]), 'completed'],
    ['failed where it is', service([deployment('ecs-svc/2', { rolloutState: 'FAILED' })]), 'failed'],
    ['is rolled back', back('IN_PROGRESS'), 'rolling-back'],
    ['was rolled back', back('COMPLETED'), 'rolled-back'],
    ['could not be rolled back', back('FAILED'), 'rollback-failed'],
    [
      'was rolled back and forgotten',
      service([deployment('ecs-svc/3', { taskDefinition: 'shop:1', rolloutState: 'COMPLETED' })], {
        events: [
          {
            id: '1',
            createdAt: 1,
            message: '(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.'
          }
        ]
      }),
      'rolled-back'
    ],
    ['is not the newest any more', theirs, 'superseded'],
    ['is gone without a word', service([]), 'superseded'],
    ['belongs to a service that is deleted', { ...ours, status: 'DRAINING' }, 'gone'],
    [
      'has no rollout state and all its tasks',
      service([deployment('ecs-svc/2', { rolloutState: undefined })]),
      'completed'
    ],
    [
      'has no rollout state and tasks to come',
      service([deployment('ecs-svc/2', { rolloutState: undefined, pendingCount: 1 })]),
      'rolling-out'
    ]
  ])('a deployment that %s', (_name, seen, kind) => {
    expect(judge(OWN, seen, undefined).kind).toBe(kind)
  })
})

test('only a deployment that is the newest of an ACTIVE service is ever completed or failed', () => {
  const states = fc.constantFrom('IN_PROGRESS', 'COMPLETED', 'FAILED', undefined)
  const listed = fc.record({ id: fc.constantFrom('ecs-svc/1', 'ecs-svc/2', 'ecs-svc/3'), state: states })
  const statuses = fc.constantFrom(
    ...['PENDING', 'IN_PROGRESS', 'STOP_REQUESTED', 'STOPPED', 'SUCCESSFUL', 'ROLLBACK_REQUESTED'],
    ...['ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', undefined]
  )
  const property = fc.property(
    fc.array(listed, { maxLength: 3 }),
    statuses,
    fc.boolean(),
    fc.constantFrom('ACTIVE', 'DRAINING', 'INACTIVE'),
    (list, status, triggered, serviceStatus) => {
      const deployments = list.map(({ id, state }, index) =>
        deployment(id, { rolloutState: state, status: index === 0 ? 'PRIMARY' : 'ACTIVE' })
      )
      const told = status === undefined ? undefined : attempt(status, { triggered })
      const { kind } = judge(OWN, service(deployments, { status: serviceStatus }), told)
      if (kind !== 'completed' && kind !== 'failed') return
      expect([deployments[0]?.id, serviceStatus]).toEqual([OWN.id, 'ACTIVE'])
    }
  )
  fc.assert(property, { numRuns: 500 })
})
