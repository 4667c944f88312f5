import { ApiError, clientError, invalidParameter } from '../api-error.ts'
import { type JsonObject, number, string, strings } from '../json.ts'
import { findActiveCluster, findCluster, findService, findTaskDefinition, serviceArn } from '../lookups.ts'
import { checkAmong, page } from '../paging.ts'
import { beginDeployment, primaryOf, rolloutOf } from '../rollouts.ts'
import { scale } from '../scaling.ts'
import { countRevision } from '../service-deployments.ts'
import type { Account, Service, TaskDefinition } from '../state.ts'
import { taskSets } from '../task-sets.ts'

const MOST_DESCRIBED = 10
const LIST_DEFAULT = 10
/** What UpdateService keeps as it is sent; a member that is not sent stays. */
const KEPT_SETTINGS = [
  'propagateTags',
  'enableECSManagedTags',
  'enableExecuteCommand',
  'deploymentConfiguration',
  'networkConfiguration',
  'capacityProviderStrategy',
  'platformVersion',
  'healthCheckGracePeriodSeconds',
  'loadBalancers',
  'serviceRegistries',
  'volumeConfigurations',
  'placementConstraints',
  'placementStrategy',
  'availabilityZoneRebalancing'
]
/** What ListServices filters by. A service without a value is under the first one, or under none. */
const LIST_FILTERS: Readonly<Record<string, { values: readonly string[]; otherwise?: string }>> = {
  // A service on a capacity provider strategy has no launch type, and so is not found by any, on Fargate neither.
  launchType: { values: ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'] },
  schedulingStrategy: { values: ['REPLICA', 'DAEMON'] },
  resourceManagementType: { values: ['CUSTOMER', 'ECS'], otherwise: 'CUSTOMER' }
}

export function describeServices(account: Account, request: JsonObject): JsonObject {
  const references = strings(request.services)
  if (references.length === 0) throw invalidParameter('Services cannot be empty.')
  if (references.length > MOST_DESCRIBED) throw invalidParameter('Services can have at most 10 items.')
  const cluster = findCluster(account, request.cluster)
  const withTags = strings(request.include).includes('TAGS')
  const services: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const reference of references) {
    const service = findService(account, cluster, reference)
    if (service === undefined || cluster.status === 'INACTIVE')
      failures.push({ arn: serviceArn(account, cluster, reference), reason: 'MISSING' })
    else services.push(described(account, service, withTags))
  }
  return { services, failures }
}

export function listServices(account: Account, request: JsonObject): JsonObject {
  const cluster = findCluster(account, request.cluster)
  const isWanted = filterOf(request)
  const arns = [...account.services.values()]
    .filter(({ clusterArn, status }) => clusterArn === cluster.clusterArn && status === 'ACTIVE')
    .filter(service => cluster.status === 'ACTIVE' && isWanted(service))
    .map(service => service.serviceArn)
  return page(account, request, 'serviceArns', arns, LIST_DEFAULT)
}

function filterOf(request: JsonObject): (service: Service) => boolean {
  const asked = Object.entries(LIST_FILTERS).filter(([name]) => request[name] !== undefined)
  for (const [name, { values }] of asked) checkAmong(request, name, values)
  return service => asked.every(([name, { otherwise }]) => (service[name] ?? otherwise) === request[name])
}

export function updateService(account: Account, request: JsonObject): JsonObject {
  const cluster = findActiveCluster(account, request.cluster)
  const service = findService(account, cluster, string(request.service) ?? '')
  if (service === undefined) throw new ApiError('ServiceNotFoundException', 'Service not found.')
  if (service.status !== 'ACTIVE') throw new ApiError('ServiceNotActiveException', 'Service was not ACTIVE.')
  const revision =
    request.taskDefinition === undefined ? undefined : findTaskDefinition(account, request.taskDefinition)
  if (revision !== undefined) checkRevision(service, revision)
  checkSettings(service, request)

  for (const name of KEPT_SETTINGS) {
    if (request[name] !== undefined) service[name] = request[name]
  }
  const target = revision?.taskDefinitionArn ?? service.taskDefinition
  const begins = target !== service.taskDefinition || request.forceNewDeployment === true
  setDesiredCount(account, service, number(request.desiredCount), begins)
  if (begins) beginDeployment(account, service.serviceArn, target)
  return { service: described(account, service, false) }
}

function checkRevision(service: Service, revision: TaskDefinition): void {
  const controller = service.deploymentController.type
  if (controller !== 'ECS') {
    const [article, remedy] =
      controller === 'CODE_DEPLOY'
        ? ['a', ' Use AWS CodeDeploy to trigger a new deployment.']
        : ['an', ' Use task sets to trigger a new deployment.']
    throw invalidParameter(
      `Unable to update task definition on services with ${article} ${controller} deployment controller.${remedy}`
    )
  }
  if (revision.status !== 'ACTIVE') throw clientError('TaskDefinition is inactive')
  if (service.launchType === 'FARGATE' && !strings(revision.compatibilities).includes('FARGATE')) {
    throw invalidParameter('Task definition does not support launch_type FARGATE.')
  }
}

function checkSettings(service: Service, request: JsonObject): void {
  const controller = service.deploymentController.type
  if (request.forceNewDeployment === true && controller !== 'ECS') {
    throw invalidParameter(
      `Cannot force a new deployment on services with a ${controller} deployment controller.` +
        (controller === 'CODE_DEPLOY' ? ' Use AWS CodeDeploy to trigger a new deployment.' : '')
    )
  }
  if (request.desiredCount !== undefined && service.schedulingStrategy === 'DAEMON') {
    throw invalidParameter(
      'The daemon scheduling strategy does not support a desired count for services. ' +
        'Remove the desired count value and try again'
    )
  }
}

/** Tasks come and go where the service has scripts, and by the deployment that begins if one does. */
function setDesiredCount(account: Account, service: Service, count: number | undefined, begins: boolean): void {
  if (count === undefined) return
  const primary = primaryOf(service)
  if (account.isScripted(service.serviceArn) && !begins) scale(rolloutOf(account, primary), count)
  else {
    service.desiredCount = count
    Object.assign(primary, { desiredCount: count, updatedAt: account.seconds() })
  }
}

function described(account: Account, service: Service, withTags: boolean): JsonObject {
  const total = (count: 'runningCount' | 'pendingCount') =>
    service.deployments.reduce((sum, deployment) => sum + deployment[count], 0)
  return {
    ...service,
    runningCount: total('runningCount'),
    pendingCount: total('pendingCount'),
    // botocore issue 2865: under CodeDeploy a service has task sets, and its deployments are always empty.
    ...(service.deploymentController.type === 'CODE_DEPLOY' && {
      deployments: [],
      taskSets: taskSets(account, service)
    }),
    ...(service.deploymentController.type === 'ECS' && { currentServiceRevisions: currentRevisions(account, service) }),
    ...(withTags && { tags: account.tags.get(service.serviceArn) ?? [] })
  }
}

function currentRevisions(account: Account, service: Service): JsonObject[] {
  const arns = service.deployments.map(({ id }) => account.rollouts.get(id)?.serviceRevisionArn)
  const known = [...new Set(arns)].filter(arn => arn !== undefined)
  return known.map(arn => countRevision(account, service.serviceArn, arn))
}
