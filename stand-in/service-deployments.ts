import { ecsArn } from './arns.ts'
import { countTasks } from './counts.ts'
import { serviceDeploymentId } from './identifiers.ts'
import { type JsonObject, object, strings } from './json.ts'
import { clusterNameOf, serviceOf } from './lookups.ts'
import type { Rollout } from './script.ts'
import type { Account, Service } from './state.ts'

export type ServiceDeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'STOP_REQUESTED'
  | 'STOPPED'
  | 'SUCCESSFUL'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED'

/** A try and, if there is one, the way back: what the API describes, without what it counts anew each time. */
export interface ServiceDeployment {
  serviceDeploymentArn: string
  serviceArn: string
  clusterArn: string
  /** Epoch seconds, as all times here. */
  createdAt: number
  startedAt?: number
  finishedAt?: number
  stoppedAt?: number
  updatedAt: number
  status: ServiceDeploymentStatus
  statusReason?: string
  /** ARNs of service revisions. */
  sources: string[]
  target: string
  /** Of a deployment that shifts traffic. */
  lifecycleStage?: string
  lifecycleHookDetails: JsonObject[]
  rollback?: { reason: string; startedAt: number; serviceRevisionArn: string }
  /** What the circuit breaker or the alarms made of it. */
  triggered?: 'circuitBreaker' | 'alarms'
  triggeredAlarmNames: string[]
  failureCount: number
  deploymentConfiguration: JsonObject
}

const ENDED: readonly ServiceDeploymentStatus[] = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']
/** Until production traffic is shifted the old revision has all of it. */
const SHIFTED = ['PRODUCTION_TRAFFIC_SHIFT', 'POST_PRODUCTION_TRAFFIC_SHIFT', 'BAKE_TIME', 'CLEAN_UP']

export function openServiceDeployment(
  account: Account,
  service: Service,
  target: string,
  sources: string[]
): ServiceDeployment {
  const path = `${clusterNameOf(account, service)}/${service.serviceName}/${serviceDeploymentId(account.next())}`
  const serviceDeploymentArn = ecsArn(account, `service-deployment/${path}`)
  const now = account.seconds()
  const opened: ServiceDeployment = {
    serviceDeploymentArn,
    serviceArn: service.serviceArn,
    clusterArn: service.clusterArn,
    createdAt: now,
    updatedAt: now,
    status: 'PENDING',
    sources,
    target,
    lifecycleHookDetails: [],
    triggeredAlarmNames: [],
    failureCount: 0,
    deploymentConfiguration: structuredClone(object(service.deploymentConfiguration))
  }
  account.serviceDeployments.set(serviceDeploymentArn, opened)
  account.deploymentsOfServices.add(service.serviceArn, opened)
  return opened
}

/** Brings it to a status, with the times that go with it. */
export function moveTo(
  { account, serviceDeployment }: Pick<Rollout, 'account' | 'serviceDeployment'>,
  status: ServiceDeploymentStatus,
  statusReason?: string
): void {
  if (serviceDeployment === undefined || hasEnded(serviceDeployment)) return
  const now = account.seconds()
  serviceDeployment.startedAt ??= now
  if (status === 'STOPPED') serviceDeployment.stoppedAt = now
  const isEnd = ENDED.includes(status)
  Object.assign(serviceDeployment, { status, updatedAt: now, ...(statusReason && { statusReason }) })
  if (isEnd) serviceDeployment.finishedAt = now
}

export function hasEnded({ status }: ServiceDeployment): boolean {
  return ENDED.includes(status)
}

export function briefed(deployment: ServiceDeployment): JsonObject {
  const { serviceDeploymentArn, serviceArn, clusterArn, startedAt, createdAt, finishedAt, status } = deployment
  return {
    serviceDeploymentArn,
    serviceArn,
    clusterArn,
    createdAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    targetServiceRevisionArn: deployment.target,
    status,
    ...(deployment.statusReason !== undefined && { statusReason: deployment.statusReason })
  }
}

/** As DescribeServiceDeployments gives it, with the counts of this moment. */
export function described(account: Account, deployment: ServiceDeployment): JsonObject {
  const { sources, target, triggered, triggeredAlarmNames, failureCount, ...kept } = deployment
  return {
    ...kept,
    sourceServiceRevisions: sources.map(arn => revisionSummary(account, deployment, arn)),
    targetServiceRevision: revisionSummary(account, deployment, target),
    deploymentCircuitBreaker: circuitBreaker(account, deployment),
    alarms: alarms(deployment)
  }
}

/** Counts of a service revision: what its deployments have now. */
export function countRevision(account: Account, serviceArn: string, arn: string): JsonObject {
  const ids = account.deploymentsOfRevisions.of(arn)
  const { deployments } = serviceOf(account, serviceArn)
  const { pendingCount, runningCount } = countTasks(account, serviceArn, ids)
  return {
    arn,
    requestedTaskCount: deployments
      .filter(({ id }) => ids.includes(id))
      .reduce((sum, { desiredCount }) => sum + desiredCount, 0),
    runningTaskCount: runningCount,
    pendingTaskCount: pendingCount
  }
}

function revisionSummary(account: Account, deployment: ServiceDeployment, arn: string): JsonObject {
  const counts = countRevision(account, deployment.serviceArn, arn)
  if (deployment.lifecycleStage === undefined) return counts
  const isNew = arn === deployment.target
  const hasTraffic = isNew === (SHIFTED.includes(deployment.lifecycleStage) && deployment.rollback === undefined)
  return { ...counts, requestedProductionTrafficWeight: hasTraffic ? 100 : 0 }
}

/** API reference, ServiceDeploymentCircuitBreaker: half of the desired tasks, from 3 to 200. */
function circuitBreaker(account: Account, deployment: ServiceDeployment): JsonObject {
  const { enable } = object(deployment.deploymentConfiguration.deploymentCircuitBreaker)
  const { desiredCount } = serviceOf(account, deployment.serviceArn)
  const threshold = Math.min(Math.max(Math.ceil(desiredCount / 2), 3), 200)
  const { failureCount } = deployment
  if (deployment.triggered === 'circuitBreaker') return { status: 'TRIGGERED', failureCount, threshold }
  if (enable !== true) return { status: 'DISABLED', failureCount: 0, threshold: 0 }
  return { status: monitored(deployment), failureCount, threshold }
}

function alarms(deployment: ServiceDeployment): JsonObject {
  const configured = object(deployment.deploymentConfiguration.alarms)
  const { triggeredAlarmNames } = deployment
  const alarmNames = [...new Set([...strings(configured.alarmNames), ...triggeredAlarmNames])]
  if (deployment.triggered === 'alarms') return { status: 'TRIGGERED', alarmNames, triggeredAlarmNames }
  if (configured.enable !== true) return { status: 'DISABLED' }
  return { status: monitored(deployment), alarmNames, triggeredAlarmNames }
}

function monitored(deployment: ServiceDeployment): string {
  return hasEnded(deployment) ? 'MONITORING_COMPLETE' : 'MONITORING'
}
