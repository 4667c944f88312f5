import { serviceOf } from '../lookups.ts'
import { completeDeployment } from '../rollouts.ts'
import type { Rollout, Step } from '../script.ts'
import { moveTo } from '../service-deployments.ts'
import { liveTasks, startMissing, stopTasks } from '../tasks.ts'

/** ECS takes the deployment up: what was PENDING is IN_PROGRESS. A rollback keeps its status. */
export function begins(at = 1): Step {
  return {
    at,
    act: rollout => {
      if (rollout.serviceDeployment?.status === 'PENDING') moveTo(rollout, 'IN_PROGRESS')
    }
  }
}

/** Tasks are started until there are as many as desired; they run `runningIn` seconds later. */
export function startsTasks(at: number, runningIn: number): Step {
  return { at, act: rollout => void startMissing(rollout, runningIn) }
}

/** The tasks of earlier deployments are stopped. */
export function drains(at: number, takes: number): Step {
  return { at, act: rollout => drain(rollout, takes) }
}

export function finishes(at: number): Step {
  return { at, act: ({ account, serviceArn }) => completeDeployment(account, serviceArn) }
}

function drain({ account, serviceArn, deployment }: Rollout, takes: number): void {
  for (const earlier of serviceOf(account, serviceArn).deployments) {
    if (earlier.id === deployment.id) continue
    Object.assign(earlier, { desiredCount: 0, updatedAt: account.seconds() })
    stopTasks(account, liveTasks(account, earlier.id), takes)
  }
}
