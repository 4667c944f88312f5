import { recount } from './counts.ts'
import { serviceOf } from './lookups.ts'
import type { Rollout } from './script.ts'
import { liveTasks, startMissing, stopTasks } from './tasks.ts'

/** Seconds from the start of a task to RUNNING, and from the wish to stop one to STOPPED. */
export const TASK_STARTS_IN = 20
export const TASK_STOPS_IN = 10

/** Another number of tasks for the service: the newest ones go first. */
export function scale(rollout: Rollout, desiredCount: number): void {
  const { account, serviceArn, deployment } = rollout
  serviceOf(account, serviceArn).desiredCount = desiredCount
  Object.assign(deployment, { desiredCount, updatedAt: account.seconds() })
  startMissing(rollout, TASK_STARTS_IN)
  stopTasks(account, liveTasks(account, deployment.id).slice(desiredCount), TASK_STOPS_IN)
  recount(account, serviceArn)
}
