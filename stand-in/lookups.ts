import { ApiError, clientError, invalidParameter } from './api-error.ts'
import { ecsArn, isArn, parseArn } from './arns.ts'
import { string } from './json.ts'
import type { Account, Cluster, Service, TaskDefinition } from './state.ts'

/** The cluster that a request means by name or ARN; `default` when it names none. @throws ApiError ClusterNotFoundException */
export function findCluster(account: Account, reference: unknown): Cluster {
  const name = clusterName(account, string(reference) ?? 'default')
  const cluster = name === undefined ? undefined : account.clusters.get(name)
  if (cluster === undefined) throw new ApiError('ClusterNotFoundException', 'Cluster not found.')
  return cluster
}

/** As `findCluster`, for what an INACTIVE cluster is no place for; in reports of live calls it says so. */
export function findActiveCluster(account: Account, reference: unknown): Cluster {
  const cluster = findCluster(account, reference)
  if (cluster.status === 'ACTIVE') return cluster
  throw new ApiError('ClusterNotFoundException', 'The referenced cluster was inactive.')
}

/**
 * The service that a request means by name, ARN or old short ARN, or nothing.
 * @throws ApiError InvalidParameterException for the ARN of a service of another cluster
 */
export function findService(account: Account, cluster: Cluster, reference: string): Service | undefined {
  return account.services.get(serviceArn(account, cluster, reference))
}

/** The whole ARN of what may be a name, an ARN or an old short ARN. */
export function serviceArn(account: Account, cluster: Cluster, reference: string): string {
  const start = cluster.clusterArn.replace(':cluster/', ':service/')
  if (!isArn(reference)) return `${start}/${reference}`
  const resource = parseArn(account, reference)
  if (resource?.kind !== 'service') throw invalidParameter(`Invalid identifier: ${reference}`)
  const [first = '', name] = resource.path
  if (name === undefined) return `${start}/${first}`
  if (first !== cluster.clusterName) {
    throw invalidParameter(
      `Invalid identifier: Identifier is for cluster ${first}. Your cluster is ${cluster.clusterName}`
    )
  }
  return reference
}

/** @throws ApiError ClientException */
export function findTaskDefinition(account: Account, reference: unknown): TaskDefinition {
  const found = account.findTaskDefinition(string(reference) ?? '')
  if (found === undefined) throw clientError('Unable to describe task definition.')
  return found
}

function clusterName(account: Account, reference: string): string | undefined {
  if (!isArn(reference)) return reference
  const resource = parseArn(account, reference)
  return resource?.kind === 'cluster' ? resource.path.join('/') : undefined
}

/** @throws Error for an ARN that no request can come with: the caller of the stand-in made it up */
export function serviceOf(account: Account, serviceArn: string): Service {
  const service = account.services.get(serviceArn)
  if (service === undefined) throw new Error(`no service ${serviceArn}`)
  return service
}

export function clusterNameOf(account: Account, service: Service): string {
  return service.clusterArn.slice(ecsArn(account, 'cluster/').length)
}
