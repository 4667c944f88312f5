import { ecsArn } from './arns.ts'
import { deploymentId, serviceDeploymentId, uuid } from './identifiers.ts'
import type { JsonObject } from './json.ts'
import type { Account, Service } from './state.ts'

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

export interface ServiceEvent {
  id: string
  createdAt: number
  message: string
}

const MOST_EVENTS = 100
/** What a deployment takes over from its service. */
const TAKEN_OVER = ['launchType', 'capacityProviderStrategy', 'platformVersion', 'networkConfiguration']

/** The deployment that a seeded service comes with: finished, all its tasks running. */
export function firstDeployment(account: Account, serviceArn: string): Deployment {
  const deployment = beginDeployment(account, serviceArn, serviceOf(account, serviceArn).taskDefinition)
  completeDeployment(account, serviceArn)
  return deployment
}

/** A new PRIMARY deployment of the revision `arn`; what was PRIMARY becomes ACTIVE and keeps its tasks for now. */
export function beginDeployment(account: Account, serviceArn: string, arn: string): Deployment {
  const service = serviceOf(account, serviceArn)
  for (const earlier of service.deployments) {
    if (earlier.status === 'PRIMARY') update(account, earlier, { status: 'ACTIVE' })
  }
  const deployment = newDeployment(account, service, arn)
  service.taskDefinition = arn
  service.deployments = [deployment, ...service.deployments]
  if (service.deploymentController.type === 'ECS') {
    const { cluster, name } = identityOf(account, service)
    const id = serviceDeploymentId(account.next())
    service.currentServiceDeployment = ecsArn(account, `service-deployment/${cluster}/${name}/${id}`)
  }
  return deployment
}

/** The PRIMARY deployment has all its tasks, the ones before it are gone. */
export function completeDeployment(account: Account, serviceArn: string): void {
  const service = serviceOf(account, serviceArn)
  const primary = primaryOf(service)
  update(account, primary, {
    runningCount: service.desiredCount,
    desiredCount: service.desiredCount,
    pendingCount: 0,
    ...rollout(service, 'COMPLETED', `ECS deployment ${primary.id} completed.`)
  })
  service.deployments = [primary]
  addEvent(account, service, `(service ${service.serviceName}) (deployment ${primary.id}) deployment completed.`)
  addEvent(account, service, `(service ${service.serviceName}) has reached a steady state.`)
}

export interface DeploymentFailure {
  /** Whether the circuit breaker puts the service back on what it ran before: a new PRIMARY deployment, begun. */
  rollback?: boolean
  failedTasks?: number
  reason?: string
}

/** The PRIMARY deployment fails; without a completed deployment before it there is nothing to go back to. */
export function failDeployment(account: Account, serviceArn: string, failure: DeploymentFailure = {}): void {
  const service = serviceOf(account, serviceArn)
  const failed = primaryOf(service)
  const { failedTasks = 3, reason = 'tasks failed to start.' } = failure
  update(account, failed, {
    pendingCount: 0,
    failedTasks,
    ...rollout(service, 'FAILED', `ECS deployment circuit breaker: ${reason}`)
  })
  addEvent(account, service, `(service ${service.serviceName}) (deployment ${failed.id}) deployment failed: ${reason}`)
  const completed = service.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED')
  if (failure.rollback && completed !== undefined) rollBack(account, service, failed, completed)
}

function rollBack(account: Account, service: Service, failed: Deployment, target: Deployment): void {
  const back = newDeployment(account, service, target.taskDefinition)
  const reason = `ECS deployment circuit breaker: rolling back to deploymentId ${target.id}.`
  update(account, back, { runningCount: target.runningCount, ...rollout(service, 'IN_PROGRESS', reason) })
  update(account, failed, { status: 'ACTIVE', desiredCount: 0 })
  service.taskDefinition = target.taskDefinition
  service.deployments = [back, failed]
  addEvent(account, service, `(service ${service.serviceName}) rolling back to deployment ${target.id}.`)
}

/** The newest event comes first, and only the newest hundred are kept. */
export function addEvent(account: Account, service: Service, message: string): void {
  service.events.unshift({ id: uuid(account.next()), createdAt: account.seconds(), message })
  service.events.length = Math.min(service.events.length, MOST_EVENTS)
}

export function primaryOf(service: Service): Deployment {
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY')
  if (primary === undefined) throw new Error(`the service ${service.serviceName} has no PRIMARY deployment`)
  return primary
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
    ...rollout(service, 'IN_PROGRESS', `ECS deployment ${id} in progress.`)
  }
}

/** Nothing under another controller: rolloutState is given only for deployments that ECS itself rolls out. */
function rollout(service: Service, state: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED', reason: string): Partial<Deployment> {
  return service.deploymentController.type === 'ECS' ? { rolloutState: state, rolloutStateReason: reason } : {}
}

function update(account: Account, deployment: Deployment, changes: Partial<Deployment>): void {
  Object.assign(deployment, changes, { updatedAt: account.seconds() })
}

function serviceOf(account: Account, serviceArn: string): Service {
  const service = account.services.get(serviceArn)
  if (service === undefined) throw new Error(`no service ${serviceArn}`)
  return service
}

function identityOf(account: Account, service: Service): { cluster: string; name: string } {
  return { cluster: service.clusterArn.slice(ecsArn(account, 'cluster/').length), name: service.serviceName }
}
