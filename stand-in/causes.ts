/** Why a deployment fails, in the words that ECS has for it in each place. */
export interface Cause {
  /** What rolloutStateReason begins with. */
  prefix: string
  /** What the event and rolloutStateReason end with. */
  failed: string
  /** The service deployment's, and its rollback's. */
  statusReason: string
  triggered?: 'circuitBreaker' | 'alarms'
}

export const CIRCUIT_BREAKER: Cause = {
  prefix: 'ECS deployment circuit breaker',
  failed: 'tasks failed to start.',
  statusReason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
  triggered: 'circuitBreaker'
}

/** The event's text is one that was seen; the others are our own. */
export const ALARM: Cause = {
  prefix: 'ECS deployment alarm',
  failed: 'alarm detected.',
  statusReason: 'Service deployment rolled back because a CloudWatch alarm was triggered.',
  triggered: 'alarms'
}

/** No public source quotes what ECS says of a stop that somebody asked for: the texts of these two are our own. */
export const ROLLED_BACK_BY_USER: Cause = {
  prefix: 'ECS deployment stop',
  failed: 'a rollback was requested.',
  statusReason: 'Service deployment rolled back because a user requested it.'
}

export const ABORTED_BY_USER: Cause = {
  prefix: 'ECS deployment stop',
  failed: 'a stop was requested.',
  statusReason: 'Service deployment stopped because a user requested it.'
}

/** The form that failed hooks were seen with. */
export function hookFailed(stage: string): Cause {
  return {
    prefix: 'ECS deployment lifecycle hook',
    failed: `${stage} lifecycle hook(s) failed.`,
    statusReason: `Service deployment rolled back because ${stage} lifecycle hook(s) failed.`
  }
}
