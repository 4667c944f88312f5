import { type Cause, CIRCUIT_BREAKER } from './causes.ts'
import { recount } from './counts.ts'
import { tell } from './events.ts'
import { deploymentId } from './identifiers.ts'
import type { JsonObject } from './json.ts'
import { serviceOf } from './lookups.ts'
import { follow, type Rollout, type Script } from './script.ts'
import { moveTo, openServiceDeployment, type ServiceDeployment } from './service-deployments.ts'
import { addServiceRevision } from './service-revisions.ts'
import type { Account, Service } from './state.ts'
import { liveTasks, runTask, startMissing, stopTasks } from './tasks.ts'

export { addEvent, type ServiceEvent } from './events.ts'

export interface Deployment extends JsonObject {
  id: string
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE'
  taskDefinition: string
  desiredCount: number
  pendingCount: number
  runningCount: number
  failedTasks: number
  /** Epoch seconds, as all times here. */
  createdAt: number
  updatedAt: number
  rolloutState?: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  rolloutStateReason?: string
}

/** What a deployment takes over from its service. */
const TAKEN_OVER = ['launchType', 'capacityProviderStrategy', 'platformVersion', 'networkConfiguration']

/** The deployment that a seeded service comes with: finished, all its tasks running. */
export function firstDeployment(account: Account, serviceArn: string): Deployment {
  const { deployment } = begin(account, serviceArn, serviceOf(account, serviceArn).taskDefinition)
  completeDeployment(account, serviceArn)
  return deployment
}

/**
 * A new PRIMARY deployment of the revision `arn`; what was PRIMARY becomes ACTIVE and keeps its tasks for now. It goes by
 * the script, or the service's next one; a service that was never given one stays as it is until somebody moves it on.
 */
export function beginDeployment(
  account: Account,
  serviceArn: string,
  arn: string,
  script: Script | undefined = account.takeScript(serviceArn)
): Deployment {
  const rollout = begin(account, serviceArn, arn)
  if (script === undefined) moveTo(rollout, 'IN_PROGRESS')
  else follow(rollout, script)
  return rollout.deployment
}

function begin(account: Account, serviceArn: string, arn: string): Rollout {
  const service = serviceOf(account, serviceArn)
  const before = service.deployments.map(({ id }) => account.rollouts.get(id)).filter(rollout => rollout !== undefined)
  for (const earlier of before) replace(account, earlier)
  const rollout = openRollout(account, service, arn)
  service.taskDefinition = arn
  service.deployments = [rollout.deployment, ...service.deployments]
  if (service.deploymentController.type === 'ECS') {
    const sources = new Set(before.map(({ serviceRevisionArn }) => serviceRevisionArn))
    rollout.serviceDeployment = openServiceDeployment(account, service, rollout.serviceRevisionArn, [...sources])
    service.currentServiceDeployment = rollout.serviceDeployment.serviceDeploymentArn
  }
  return rollout
}

/** Its script ends here; its tasks stay until those of the newer one are there. */
function replace(account: Account, earlier: Rollout): void {
  account.timeline.cancel(earlier.deployment.id)
  if (earlier.deployment.status === 'PRIMARY') update(account, earlier.deployment, { status: 'ACTIVE' })
  moveTo(earlier, 'STOPPED', 'Service deployment stopped because a newer service deployment replaced it.')
}

/** The PRIMARY deployment has all its tasks, the ones before it are gone. */
export function completeDeployment(account: Account, serviceArn: string): void {
  const service = serviceOf(account, serviceArn)
  const primary = primaryOf(service)
  const rollout = rolloutOf(account, primary)
  fill(rollout)
  for (const { id } of service.deployments) {
    if (id !== primary.id) stopTasks(account, liveTasks(account, id), 0)
  }
  update(account, primary, {
    desiredCount: service.desiredCount,
    ...rolloutState(service, 'COMPLETED', `ECS deployment ${primary.id} completed.`)
  })
  service.deployments = [primary]
  moveTo(rollout, rollout.serviceDeployment?.rollback === undefined ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL')
  tell(account, service, `(deployment ${primary.id}) deployment completed.`)
  tell(account, service, 'has reached a steady state.')
  recount(account, serviceArn)
}

/** As many tasks as desired, all RUNNING. */
function fill(rollout: Rollout): void {
  const { account, deployment, serviceArn } = rollout
  startMissing(rollout, 0)
  const live = liveTasks(account, deployment.id)
  for (const entry of live) if (entry.task.lastStatus !== 'RUNNING') runTask(account, entry)
  stopTasks(account, live.slice(serviceOf(account, serviceArn).desiredCount), 0)
}

export interface DeploymentFailure {
  /** Whether ECS puts the service back on what it ran before: a new PRIMARY deployment, begun. */
  rollback?: boolean
  /** The course of the way back; the service's next script if not given. */
  back?: Script
  failedTasks?: number
  reason?: string
  /** The circuit breaker if not given. */
  cause?: Cause
}

/** The PRIMARY deployment fails; without a completed deployment before it there is nothing to go back to. */
export function failDeployment(account: Account, serviceArn: string, failure: DeploymentFailure = {}): void {
  const service = serviceOf(account, serviceArn)
  const failed = primaryOf(service)
  const rollout = rolloutOf(account, failed)
  const { cause = CIRCUIT_BREAKER, failedTasks = cause === CIRCUIT_BREAKER ? 3 : failed.failedTasks } = failure
  const { reason = cause.failed } = failure
  account.timeline.cancel(failed.id)
  update(account, failed, { failedTasks, ...rolloutState(service, 'FAILED', `${cause.prefix}: ${reason}`) })
  if (rollout.serviceDeployment !== undefined) noteCause(rollout.serviceDeployment, cause, failedTasks)
  tell(account, service, `(deployment ${failed.id}) deployment failed: ${reason}`)
  const completed = service.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED')
  if (failure.rollback && completed !== undefined) rollBack(rollout, completed, cause, failure.back)
  else endFailed(rollout, reason)
  recount(account, serviceArn)
}

function noteCause(serviceDeployment: ServiceDeployment, { triggered }: Cause, failedTasks: number): void {
  serviceDeployment.failureCount = failedTasks
  if (triggered !== undefined) serviceDeployment.triggered = triggered
}

/** API reference, ServiceDeployment.stoppedAt: one that fails without a rollback is stopped. */
function endFailed(rollout: Rollout, reason: string): void {
  const isBack = rollout.serviceDeployment?.rollback !== undefined
  moveTo(rollout, isBack ? 'ROLLBACK_FAILED' : 'STOPPED', `Service deployment stopped: ${reason}`)
}

/** The deployment that takes the failed one's place keeps the tasks that the service ran on before. */
function rollBack(failed: Rollout, target: Deployment, cause: Cause, script: Script | undefined): void {
  const { account, serviceArn, serviceDeployment } = failed
  const service = serviceOf(account, serviceArn)
  if (account.findTaskDefinition(target.taskDefinition)?.status !== 'ACTIVE') {
    moveTo(failed, 'ROLLBACK_FAILED', 'TaskDefinition is inactive')
    return
  }
  const { serviceRevisionArn } = rolloutOf(account, target)
  const back = openRollout(account, service, target.taskDefinition, serviceRevisionArn)
  const reason = `${cause.prefix}: rolling back to deploymentId ${target.id}.`
  Object.assign(back.deployment, rolloutState(service, 'IN_PROGRESS', reason))
  for (const entry of liveTasks(account, target.id)) entry.deploymentId = back.deployment.id
  update(account, failed.deployment, { status: 'ACTIVE', desiredCount: 0 })
  service.taskDefinition = target.taskDefinition
  service.deployments = [back.deployment, failed.deployment]
  stopTasks(account, liveTasks(account, failed.deployment.id), 10)
  if (serviceDeployment !== undefined) {
    back.serviceDeployment = serviceDeployment
    serviceDeployment.rollback = { reason: cause.statusReason, startedAt: account.seconds(), serviceRevisionArn }
    moveTo(back, 'ROLLBACK_IN_PROGRESS', cause.statusReason)
  }
  tell(account, service, `rolling back to deployment ${target.id}.`)
  follow(back, script ?? account.takeScript(serviceArn) ?? [])
}

export function primaryOf(service: Service): Deployment {
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY')
  if (primary === undefined) throw new Error(`the service ${service.serviceName} has no PRIMARY deployment`)
  return primary
}

export function rolloutOf(account: Account, deployment: Deployment): Rollout {
  const rollout = account.rollouts.get(deployment.id)
  if (rollout === undefined) throw new Error(`no rollout of ${deployment.id}`)
  return rollout
}

/** A new deployment with all that belongs to it, which the service does not have yet. */
export function openRollout(
  account: Account,
  service: Service,
  arn: string,
  serviceRevisionArn = addServiceRevision(account, service, arn)
): Rollout {
  const deployment = newDeployment(account, service, arn)
  const rollout: Rollout = {
    account,
    serviceArn: service.serviceArn,
    deployment,
    serviceRevisionArn,
    tasks: { injected: [], neverStart: new Map(), whenRunning: [] }
  }
  account.rollouts.set(deployment.id, rollout)
  account.deploymentsOfRevisions.add(serviceRevisionArn, deployment.id)
  return rollout
}

function newDeployment(account: Account, service: Service, arn: string): Deployment {
  const id = deploymentId(account.next())
  const createdAt = account.seconds()
  return {
    id,
    status: 'PRIMARY',
    taskDefinition: arn,
    desiredCount: service.desiredCount,
    pendingCount: 0,
    runningCount: 0,
    failedTasks: 0,
    createdAt,
    updatedAt: createdAt,
    ...Object.fromEntries(TAKEN_OVER.filter(name => name in service).map(name => [name, service[name]])),
    ...rolloutState(service, 'IN_PROGRESS', `ECS deployment ${id} in progress.`)
  }
}

type RolloutState = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'

/** Nothing under another controller: rolloutState is given only for deployments that ECS itself rolls out. */
function rolloutState(service: Service, state: RolloutState, reason: string): Partial<Deployment> {
  return service.deploymentController.type === 'ECS' ? { rolloutState: state, rolloutStateReason: reason } : {}
}

function update(account: Account, deployment: Deployment, changes: Partial<Deployment>): void {
  Object.assign(deployment, changes, { updatedAt: account.seconds() })
}
