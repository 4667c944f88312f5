import { StepError } from '../errors.ts'
import type { Tag } from '../task-definition/tags.ts'
import type { Ecs, Output } from './ecs.ts'

type DescribedService = NonNullable<Output<'DescribeServices'>['services']>[number]

export interface DeploymentState {
  readonly id: string
  readonly status: string
  readonly taskDefinition: string
  readonly rolloutState?: string | undefined
  readonly rolloutStateReason?: string | undefined
  readonly runningCount: number
  readonly pendingCount: number
  readonly desiredCount: number
  readonly failedTasks: number
  /** Epoch seconds. */
  readonly createdAt: number
  /** The CodeDeploy deployment that made it, under the controller CODE_DEPLOY. */
  readonly externalId?: string | undefined
}

/** What ECS says of a service, in a sentence. */
export interface ServiceEvent {
  readonly id: string
  /** Epoch seconds. */
  readonly createdAt: number
  readonly message: string
}

/** A service as it was at one look. */
export interface ServiceState {
  readonly arn: string
  readonly name: string
  readonly status: string
  readonly taskDefinition: string
  readonly controller: string
  readonly onFargate: boolean
  readonly daemon: boolean
  readonly express: boolean
  readonly desiredCount: number
  readonly minimumHealthyPercent?: number | undefined
  /** Whether traffic is shifted in stages, at which a hook may wait for a person. */
  readonly shiftsTraffic: boolean
  readonly assignsPublicIp?: boolean | undefined
  readonly deployments: readonly DeploymentState[]
  /** The newest first. */
  readonly events: readonly ServiceEvent[]
  readonly serviceDeploymentArn?: string | undefined
  /** Keys and values, AWS's own included. */
  readonly tags: readonly Tag[]
}

/** DescribeServices takes ten at a time (API reference). */
const BATCH = 10

/** Describes services by name or ARN, in the order asked for, each once. Throws StepError that names every one that is missing. */
export async function describeServices(ecs: Ecs, cluster: string, names: readonly string[]): Promise<ServiceState[]> {
  const found: ServiceState[] = []
  const missing: string[] = []
  for (let start = 0; start < names.length; start += BATCH) {
    const services = names.slice(start, start + BATCH)
    const on = `${services.join(', ')} in cluster ${cluster}`
    const answer = await ecs.call('DescribeServices', { cluster, services: [...services], include: ['TAGS'] }, { on })
    const states = (answer.services ?? []).map(service => toState(service))
    for (const name of services) {
      const state = states.find(service => service.arn === name || service.name === nameOf(name))
      if (state === undefined) missing.push(name)
      else found.push(state)
    }
  }
  if (missing.length === 0)
    return found.filter((service, index) => found.findIndex(({ arn }) => arn === service.arn) === index)
  throw new StepError({
    code: 'service-not-found',
    what: `there is no service ${missing.join(', ')} in cluster ${cluster}.`,
    hint: 'Check service, cluster and aws-region.'
  })
}

/**
 * Describes those of the services that are there, by name or ARN, each once; one that is gone is left out. Of their events those that are
 * not older than `eventsSince` (epoch seconds).
 */
export async function describeFound(
  ecs: Ecs,
  cluster: string,
  names: readonly string[],
  eventsSince = 0
): Promise<ServiceState[]> {
  const wanted = [...new Set(names)]
  const found: ServiceState[] = []
  for (let start = 0; start < wanted.length; start += BATCH) {
    const services = wanted.slice(start, start + BATCH)
    const on = `${services.map(nameOf).join(', ')} in cluster ${cluster}`
    const answer = await ecs.call('DescribeServices', { cluster, services, include: ['TAGS'] }, { on })
    found.push(...(answer.services ?? []).map(service => toState(service, eventsSince)))
  }
  return found
}

/** A service to look at, and since when its events are of interest (epoch seconds): it has up to a hundred, weeks old. */
export interface ServiceToSee {
  readonly arn: string
  readonly eventsSince: number
}

/**
 * One look at services that are known to be there, ten at a time, without their tags. Each is tried once, since a look is
 * repeated anyway: a batch that could not be asked is given with its error.
 */
export async function lookAtServices(
  ecs: Ecs,
  cluster: string,
  wanted: readonly ServiceToSee[]
): Promise<Map<string, ServiceState | StepError>> {
  const arns = wanted.map(({ arn }) => arn)
  const since = new Map(wanted.map(({ arn, eventsSince }) => [arn, eventsSince]))
  const seen = new Map<string, ServiceState | StepError>()
  for (let start = 0; start < arns.length; start += BATCH) {
    const services = arns.slice(start, start + BATCH)
    const on = `${services.map(nameOf).join(', ')} in cluster ${cluster}`
    try {
      const answer = await ecs.call('DescribeServices', { cluster, services }, { on, single: true })
      for (const service of answer.services ?? []) {
        const state = toState(service, since.get(service.serviceArn ?? ''))
        seen.set(state.arn, state)
      }
    } catch (error) {
      if (!(error instanceof StepError)) throw error
      for (const arn of services) seen.set(arn, error)
    }
  }
  return seen
}

/** `arn:…:service/web/api` gives `api`. */
export function nameOf(service: string): string {
  return service.slice(service.lastIndexOf('/') + 1)
}

export function primaryOf(service: ServiceState): DeploymentState | undefined {
  return service.deployments.find(deployment => deployment.status === 'PRIMARY')
}

/** With those events that are not older (epoch seconds). */
export function toState(service: DescribedService, eventsSince = 0): ServiceState {
  return {
    arn: service.serviceArn ?? '',
    name: service.serviceName ?? nameOf(service.serviceArn ?? ''),
    status: service.status ?? 'ACTIVE',
    taskDefinition: service.taskDefinition ?? '',
    controller: service.deploymentController?.type ?? 'ECS',
    onFargate: runsOnFargate(service),
    daemon: service.schedulingStrategy === 'DAEMON',
    express: service.resourceManagementType === 'ECS',
    desiredCount: service.desiredCount ?? 0,
    minimumHealthyPercent: service.deploymentConfiguration?.minimumHealthyPercent,
    shiftsTraffic: shiftsTraffic(service),
    assignsPublicIp: publicIp(service),
    deployments: deploymentsOf(service),
    events: (service.events ?? [])
      .filter(({ createdAt = 0 }) => createdAt >= eventsSince)
      .map(({ id = '', createdAt = 0, message = '' }) => ({ id, createdAt, message })),
    serviceDeploymentArn: service.currentServiceDeployment,
    tags: (service.tags ?? []).map(tag => ({ key: tag.key ?? '', value: tag.value ?? '' }))
  }
}

/** Where ECS itself does not deploy, a service has task sets, and its list of deployments stays empty. */
function deploymentsOf({ deployments = [], taskSets = [] }: DescribedService): DeploymentState[] {
  if (taskSets.length > 0) {
    return taskSets.map(({ computedDesiredCount: desiredCount, ...set }) =>
      toDeployment({ ...set, ...(desiredCount !== undefined && { desiredCount }) }, set.externalId)
    )
  }
  return deployments.map(deployment => toDeployment(deployment))
}

type DescribedDeployment = NonNullable<DescribedService['deployments']>[number]

function toDeployment(deployment: DescribedDeployment, externalId?: string): DeploymentState {
  return {
    id: deployment.id ?? '',
    status: deployment.status ?? '',
    taskDefinition: deployment.taskDefinition ?? '',
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    runningCount: deployment.runningCount ?? 0,
    pendingCount: deployment.pendingCount ?? 0,
    desiredCount: deployment.desiredCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
    createdAt: deployment.createdAt ?? 0,
    externalId
  }
}

function shiftsTraffic({ deploymentConfiguration }: DescribedService): boolean {
  const { strategy = 'ROLLING', lifecycleHooks = [] } = deploymentConfiguration ?? {}
  return strategy !== 'ROLLING' || lifecycleHooks.length > 0
}

function runsOnFargate(service: DescribedService): boolean {
  const providers = (service.capacityProviderStrategy ?? []).map(item => item.capacityProvider)
  if (providers.length > 0) return providers.some(provider => provider === 'FARGATE' || provider === 'FARGATE_SPOT')
  return service.launchType === 'FARGATE'
}

function publicIp(service: DescribedService): boolean | undefined {
  const assigned = service.networkConfiguration?.awsvpcConfiguration?.assignPublicIp
  return assigned === undefined ? undefined : assigned === 'ENABLED'
}
