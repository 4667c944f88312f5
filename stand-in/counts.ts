import type { Deployment } from './rollouts.ts'
import type { Account } from './state.ts'

/** Lets something happen to a service in so many seconds; the counts follow. */
export function plan(account: Account, serviceArn: string, seconds: number, owner: string, act: () => void): void {
  account.timeline.plan(seconds, owner, () => {
    act()
    recount(account, serviceArn)
  })
}

/** Brings the counts of a service's deployments in line with its tasks. */
export function recount(account: Account, serviceArn: string): void {
  for (const deployment of account.services.get(serviceArn)?.deployments ?? []) {
    const counts = countTasks(account, serviceArn, [deployment.id])
    if (isNew(deployment, counts)) Object.assign(deployment, counts, { updatedAt: account.seconds() })
  }
}

interface Counts {
  pendingCount: number
  runningCount: number
}

/** The tasks of some deployments of a service; those that stop are neither pending nor running. */
export function countTasks(account: Account, serviceArn: string, deploymentIds: readonly string[]): Counts {
  let pendingCount = 0
  let runningCount = 0
  for (const { deploymentId, task } of account.tasks.of(serviceArn)) {
    const { desiredStatus, lastStatus } = task
    if (desiredStatus !== 'RUNNING' || !deploymentIds.includes(deploymentId)) continue
    if (lastStatus === 'RUNNING') runningCount += 1
    else pendingCount += 1
  }
  return { pendingCount, runningCount }
}

function isNew(deployment: Deployment, { pendingCount, runningCount }: Counts): boolean {
  return deployment.pendingCount !== pendingCount || deployment.runningCount !== runningCount
}
