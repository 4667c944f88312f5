import { type CodeDeployStatus, moveCodeDeployment } from '../code-deploy.ts'
import { tell } from '../events.ts'
import { serviceOf } from '../lookups.ts'
import { primaryOf } from '../rollouts.ts'
import type { Rollout, Script, Step } from '../script.ts'
import { liveTasks, startMissing, stopTasks } from '../tasks.ts'

export interface CodeDeployCourse {
  /** Seconds from the beginning to the end: 120 if not given. */
  after?: number
  /** When the tasks of the replacement run: after a third of that if not given. */
  running?: number
}

/** The replacement runs, is Ready, takes the traffic after two thirds of the time, and the original is terminated at the end. */
export function codeDeploySucceeds({ after = 120, running = after / 3 }: CodeDeployCourse = {}): Script {
  return [
    ...replacementRuns(running),
    becomes('Ready', after / 2),
    { at: (after * 2) / 3, act: takeOver },
    { at: after, act: endWell }
  ]
}

/** The replacement runs and is Ready, and nobody reroutes the traffic. */
export function codeDeployWaits({ after = 120, running = after / 3 }: CodeDeployCourse = {}): Script {
  return [...replacementRuns(running), becomes('Ready', after / 2)]
}

export interface CodeDeployFailure extends CodeDeployCourse {
  code?: string
  message?: string
}

/** The replacement is taken down before any traffic gets to it. */
export function codeDeployFails({
  after = 120,
  running = after / 3,
  code = 'HEALTH_CONSTRAINTS',
  message = 'The deployment timed out while waiting for the replacement task set to become healthy.'
}: CodeDeployFailure = {}): Script {
  return [...replacementRuns(running), { at: after, act: rollout => endBadly(rollout, 'Failed', { code, message }) }]
}

/** Somebody stops it. */
export function codeDeployIsStopped({ after = 120, running = after / 3 }: CodeDeployCourse = {}): Script {
  const error = { code: 'MANUAL_STOP', message: 'The deployment was stopped by a user.' }
  return [...replacementRuns(running), { at: after, act: rollout => endBadly(rollout, 'Stopped', error) }]
}

function replacementRuns(running: number): Script {
  const start: Step = {
    at: 2,
    act: rollout => {
      const service = serviceOf(rollout.account, rollout.serviceArn)
      service.deployments = [...service.deployments, rollout.deployment]
      startMissing(rollout, Math.max(running - 2, 0))
    }
  }
  return [becomes('InProgress', 2), start]
}

function becomes(status: CodeDeployStatus, at: number): Step {
  return { at, act: rollout => move(rollout, status) }
}

function move({ account, codeDeploy }: Rollout, status: CodeDeployStatus): void {
  if (codeDeploy === undefined) throw new Error('a course of CodeDeploy is for a service that CodeDeploy deploys')
  moveCodeDeployment(account, codeDeploy, status)
}

function takeOver({ account, serviceArn, deployment }: Rollout): void {
  const service = serviceOf(account, serviceArn)
  const original = primaryOf(service)
  Object.assign(original, { status: 'ACTIVE', updatedAt: account.seconds() })
  Object.assign(deployment, { status: 'PRIMARY', updatedAt: account.seconds() })
  service.deployments = [deployment, original]
  service.taskDefinition = deployment.taskDefinition
}

function endWell(rollout: Rollout): void {
  const { account, serviceArn, deployment } = rollout
  const service = serviceOf(account, serviceArn)
  for (const { id } of service.deployments) {
    if (id !== deployment.id) stopTasks(account, liveTasks(account, id), 0)
  }
  service.deployments = [deployment]
  move(rollout, 'Succeeded')
  tell(account, service, 'has reached a steady state.')
}

function endBadly(rollout: Rollout, status: 'Failed' | 'Stopped', error: { code: string; message: string }): void {
  const { account, serviceArn, deployment, codeDeploy } = rollout
  const service = serviceOf(account, serviceArn)
  stopTasks(account, liveTasks(account, deployment.id), 10)
  service.deployments = service.deployments.filter(({ id }) => id !== deployment.id)
  if (codeDeploy !== undefined) codeDeploy.errorInformation = error
  move(rollout, status)
}
