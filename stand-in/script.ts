import type { CodeDeployDeployment } from './code-deploy.ts'
import { plan } from './counts.ts'
import type { Deployment } from './rollouts.ts'
import type { ServiceDeployment } from './service-deployments.ts'
import type { Account } from './state.ts'
import type { ContainerStop, ServiceTask } from './tasks.ts'

/** One deployment of a service with all that belongs to it: what the steps of a script work on. */
export interface Rollout {
  account: Account
  serviceArn: string
  deployment: Deployment
  serviceRevisionArn: string
  /** Absent under a controller other than ECS; a rollback shares that of the deployment that failed. */
  serviceDeployment?: ServiceDeployment
  /** The CodeDeploy deployment that this one is the ECS side of. */
  codeDeploy?: CodeDeployDeployment
  tasks: TaskTraits
}

/** What its tasks have in common, those that it starts later too. */
export interface TaskTraits {
  /** Containers that AWS puts in beside those of the definition. */
  injected: string[]
  /** Containers that never run, and why. */
  neverStart: Map<string, ContainerStop>
  /** What happens to a task once it is RUNNING. */
  whenRunning: ((task: ServiceTask) => void)[]
}

export interface Step {
  /** Seconds from the deployment's beginning. */
  at: number
  act(rollout: Rollout): void
}

/** The course of a deployment. Of steps at the same time the first one comes first. */
export type Script = readonly Step[]

/** A course and what happens meanwhile: `together(completes({ after: 30 }), sensorStops({ after: 50 }))`. */
export function together(...scripts: Script[]): Script {
  return scripts.flat()
}

/** Plans the steps; what has not happened yet is dropped when another deployment takes this one's place. */
export function follow(rollout: Rollout, script: Script): void {
  const { account, serviceArn, deployment } = rollout
  for (const step of script) plan(account, serviceArn, step.at, deployment.id, () => step.act(rollout))
}
