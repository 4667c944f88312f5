import { ABORTED_BY_USER, ROLLED_BACK_BY_USER } from './causes.ts'
import { serviceOf } from './lookups.ts'
import { failDeployment, primaryOf, rolloutOf } from './rollouts.ts'
import type { Script } from './script.ts'
import { hasEnded, moveTo, type ServiceDeployment } from './service-deployments.ts'
import type { Account } from './state.ts'

export type StopType = 'ROLLBACK' | 'ABORT'

/**
 * Somebody asks to stop a service deployment. What that leads to comes a second later, and a rollback then takes the course
 * `back` or the service's next script. @throws Error for one that has ended
 */
export function requestStop(account: Account, stopped: ServiceDeployment, stopType: StopType, back?: Script): void {
  if (hasEnded(stopped)) throw new Error(`${stopped.serviceDeploymentArn} has ended`)
  const { serviceArn } = stopped
  const rollback = stopType === 'ROLLBACK'
  const cause = rollback ? ROLLED_BACK_BY_USER : ABORTED_BY_USER
  const rollout = rolloutOf(account, primaryOf(serviceOf(account, serviceArn)))
  account.timeline.cancel(rollout.deployment.id)
  moveTo(rollout, rollback ? 'ROLLBACK_REQUESTED' : 'STOP_REQUESTED')
  account.timeline.plan(1, rollout.deployment.id, () => {
    failDeployment(account, serviceArn, { cause, rollback, ...(back && { back }) })
  })
}
