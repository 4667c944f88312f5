import type { ServiceDeploymentState } from '../ecs/service-deployments.ts'
import { type DeploymentState, primaryOf, type ServiceState } from '../ecs/services.ts'

/** How a deployment stands at one look. */
export type Standing =
  | { readonly kind: 'rolling-out'; readonly pause?: Pause | undefined }
  /** ECS puts the service back, by the circuit breaker, an alarm or a hook. */
  | { readonly kind: 'rolling-back'; readonly reason: string }
  | Ending

/** A lifecycle hook that waits for a person. */
export interface Pause {
  readonly stage: string
  /** Epoch seconds. */
  readonly expiresAt?: number | undefined
}

export type Ending =
  | { readonly kind: 'completed' }
  | {
      /**
       * `failed`: the service is still on it. `superseded`: somebody else's deployment took its place. `stopped`: somebody
       * asked ECS to stop it. `gone`: the service was deleted.
       */
      readonly kind: 'failed' | 'rolled-back' | 'rollback-failed' | 'superseded' | 'stopped' | 'gone'
      readonly reason: string
    }

/**
 * How a deployment stands. The service deployment is the authority where it could be looked at: it names rollbacks, stops
 * and hooks; without it the service's list of deployments and its events tell (developer guide, "Service deployments").
 */
export function judge(own: Judged, service: ServiceState, attempt: ServiceDeploymentState | undefined): Standing {
  if (service.status !== 'ACTIVE') return { kind: 'gone', reason: `the service is ${service.status}` }
  const byList = () => (lags(own, service) ? ROLLING_OUT : judgeByList(own, service))
  return attempt === undefined ? byList() : judgeAttempt(own, service, attempt, byList)
}

export interface Judged {
  readonly id: string
  /** What the service ran before: what ECS goes back to. */
  readonly previousArn?: string | undefined
  /** Whether we asked ECS to stop it and roll it back. */
  readonly asked?: boolean
  /** Deployments that were there before: one of them as PRIMARY is an answer that lags behind (ECS is eventually consistent). */
  readonly before?: readonly string[]
}

const ROLLING_OUT: Standing = { kind: 'rolling-out' }

function lags({ before = [] }: Judged, service: ServiceState): boolean {
  return before.includes(primaryOf(service)?.id ?? '')
}

function judgeAttempt(
  own: Judged,
  service: ServiceState,
  attempt: ServiceDeploymentState,
  byList: () => Standing
): Standing {
  const { id, asked = false } = own
  const primary = primaryOf(service)
  const reason = reasonOf(attempt)
  switch (attempt.status) {
    case 'SUCCESSFUL':
      if (primary?.id === id) return { kind: 'completed' }
      return lags(own, service) ? ROLLING_OUT : superseded(primary)
    case 'STOP_REQUESTED':
    case 'ROLLBACK_REQUESTED':
      if (asked) return { kind: 'rolling-back', reason: 'as this step asked' }
      if (attempt.triggered) return { kind: 'rolling-back', reason }
      return { kind: 'stopped', reason: `somebody asked ECS to stop it (${attempt.status})` }
    case 'STOPPED':
      if (primary?.id !== id && !lags(own, service)) return byList()
      return {
        kind: failedByItself(attempt) ? 'failed' : 'stopped',
        reason: primary?.id === id ? (primary.rolloutStateReason ?? reason) : reason
      }
    case 'ROLLBACK_IN_PROGRESS':
      return { kind: !asked && wasAskedFor(attempt) ? 'stopped' : 'rolling-back', reason }
    case 'ROLLBACK_SUCCESSFUL':
      return { kind: !asked && wasAskedFor(attempt) ? 'stopped' : 'rolled-back', reason }
    case 'ROLLBACK_FAILED':
      return { kind: 'rollback-failed', reason }
    case 'PENDING':
    case 'IN_PROGRESS':
      return primary?.id === id ? { kind: 'rolling-out', pause: pauseOf(attempt) } : byList()
    default:
      return byList()
  }
}

function reasonOf({ rollbackReason, statusReason, status, alarms }: ServiceDeploymentState): string {
  const reason = rollbackReason ?? statusReason ?? `its status is ${status}`
  return alarms.length === 0 ? reason : `${reason.replace(/\.$/, '')} (alarm ${alarms.join(', ')})`
}

function pauseOf({ awaits, lifecycleStage }: ServiceDeploymentState): Pause | undefined {
  return awaits && { stage: lifecycleStage ?? 'a lifecycle hook', expiresAt: awaits.expiresAt }
}

/** ECS stops a deployment that failed when it may not roll back; what neither breaker nor alarm ended, somebody did. */
function failedByItself({ triggered, statusReason = '' }: ServiceDeploymentState): boolean {
  return triggered || /circuit breaker|alarm|lifecycle hook|failed to start/i.test(statusReason)
}

/** A rollback that a person asked for is theirs; ECS names the cause of its own. */
function wasAskedFor({ triggered, statusReason = '', rollbackReason = '' }: ServiceDeploymentState): boolean {
  return !triggered && isRequest(`${statusReason} ${rollbackReason}`)
}

function isRequest(reason: string): boolean {
  return /request|\buser\b|manual|\bdeployment stop\b/i.test(reason)
}

function judgeByList({ id, previousArn, asked = false }: Judged, service: ServiceState): Standing {
  const primary = primaryOf(service)
  if (primary?.id === id) return judgePrimary(primary, service)
  const own = service.deployments.find(deployment => deployment.id === id)
  const failure = failureOf(id, service)
  const failed = own?.rolloutState === 'FAILED' || failure !== undefined
  // ECS goes back to what ran before; anything else in our place is somebody's.
  const back = /rolling back/i.test(primary?.rolloutStateReason ?? '') || primary?.taskDefinition === previousArn
  if (primary === undefined || !(failed || asked) || !back) return superseded(primary)
  const reason = asked ? 'as this step asked' : (own?.rolloutStateReason ?? failure ?? 'ECS gave no reason')
  if (isRequest(reason)) return { kind: 'stopped', reason }
  const state = primary.rolloutState
  if (state === 'FAILED') return { kind: 'rollback-failed', reason }
  return { kind: state === 'COMPLETED' ? 'rolled-back' : 'rolling-back', reason }
}

/** `(service web) (deployment ecs-svc/7) deployment failed: tasks failed to start.` gives what failed. */
function failureOf(id: string, { events }: ServiceState): string | undefined {
  const mark = `(deployment ${id}) deployment failed`
  const event = events.find(({ message }) => message.includes(mark))?.message
  return event?.slice(event.indexOf(mark) + mark.length).replace(/^:\s*/, '')
}

function judgePrimary(primary: DeploymentState, service: ServiceState): Standing {
  if (primary.rolloutState === 'COMPLETED') return { kind: 'completed' }
  if (primary.rolloutState === 'FAILED') {
    const reason = primary.rolloutStateReason ?? 'ECS gave no reason'
    return { kind: isRequest(reason) ? 'stopped' : 'failed', reason }
  }
  // Without a rollout state (a Classic Load Balancer) the counts are all that there is.
  const settled =
    primary.rolloutState === undefined &&
    service.deployments.length === 1 &&
    primary.runningCount === primary.desiredCount &&
    primary.pendingCount === 0
  return settled ? { kind: 'completed' } : { kind: 'rolling-out' }
}

function superseded(primary: DeploymentState | undefined): Standing {
  const by = primary === undefined ? 'no deployment' : `${primary.id} to ${primary.taskDefinition}`
  return { kind: 'superseded', reason: `${by} is the service's deployment now` }
}
