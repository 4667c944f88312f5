import { ApiError, invalidParameter } from '../api-error.ts'
import { ecsArn, isArn, parseArn } from '../arns.ts'
import { type JsonObject, string, strings } from '../json.ts'
import { findCluster, findService } from '../lookups.ts'
import { checkAmong, page } from '../paging.ts'
import type { Account, Cluster } from '../state.ts'
import { type ServiceTask, visibleTasks } from '../tasks.ts'

const MOST_DESCRIBED = 100
/** API reference, ListTasks: what `startedBy` can not be combined with. */
const OTHER_FILTERS = ['containerInstance', 'family', 'serviceName', 'desiredStatus', 'launchType', 'daemonName']

export function listTasks(account: Account, request: JsonObject): JsonObject {
  const { startedBy, desiredStatus = 'RUNNING' } = request
  if (startedBy !== undefined && OTHER_FILTERS.some(name => request[name] !== undefined)) {
    throw invalidParameter('startedBy cannot be combined with other filters.')
  }
  checkAmong(request, 'desiredStatus', ['RUNNING', 'PENDING', 'STOPPED'])
  const cluster = findCluster(account, request.cluster)
  const isWanted = filterOf(account, request)
  const arns = candidates(account, cluster, request.serviceName)
    .filter(({ task }) => task.clusterArn === cluster.clusterArn && task.desiredStatus === desiredStatus)
    .filter(entry => isWanted(entry) && (startedBy === undefined || entry.task.startedBy === startedBy))
    .map(({ task }) => task.taskArn)
  return page(account, request, 'taskArns', arns)
}

/** Of one service if it is named: a client that follows many services asks for each of them. */
function candidates(account: Account, cluster: Cluster, serviceName: unknown): ServiceTask[] {
  const tasks = visibleTasks(account)
  if (serviceName === undefined) return tasks.all()
  const service = findService(account, cluster, String(serviceName))
  if (service === undefined) throw new ApiError('ServiceNotFoundException', 'Service not found.')
  return tasks.of(service.serviceArn)
}

function filterOf(account: Account, request: JsonObject): (entry: ServiceTask) => boolean {
  const { family, launchType, containerInstance } = request
  return ({ task }) =>
    (family === undefined || task.taskDefinitionArn.startsWith(ecsArn(account, `task-definition/${family}:`))) &&
    (launchType === undefined || task.launchType === launchType) &&
    (containerInstance === undefined || task.containerInstanceArn === containerInstance)
}

export function describeTasks(account: Account, request: JsonObject): JsonObject {
  const references = strings(request.tasks)
  if (references.length === 0) throw invalidParameter('Tasks cannot be empty.')
  if (references.length > MOST_DESCRIBED) throw invalidParameter('Tasks can have at most 100 items.')
  const cluster = findCluster(account, request.cluster)
  const withTags = strings(request.include).includes('TAGS')
  const visible = visibleTasks(account)
  const tasks: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const arn of references.map(reference => taskArn(account, cluster, reference))) {
    const task = visible.get(arn)?.task
    if (task === undefined) failures.push({ arn, reason: 'MISSING' })
    else tasks.push({ ...task, tags: withTags ? (account.tags.get(arn) ?? []) : [] })
  }
  return { tasks, failures }
}

/** The whole ARN of what may be an ARN or the identifier at its end. */
function taskArn(account: Account, cluster: Cluster, reference: string): string {
  if (!isArn(reference)) return ecsArn(account, `task/${cluster.clusterName}/${reference}`)
  const resource = parseArn(account, reference)
  const [name, id] = resource?.path ?? []
  if (resource?.kind !== 'task' || string(id) === undefined) throw invalidParameter(`Invalid identifier: ${reference}`)
  if (name === cluster.clusterName) return reference
  throw invalidParameter(
    `Invalid identifier: Identifier is for cluster ${name}. Your cluster is ${cluster.clusterName}`
  )
}
