import { ApiError, invalidParameter } from '../api-error.ts'
import { ecsArn, isArn } from '../arns.ts'
import { type JsonObject, strings } from '../json.ts'
import { findCluster } from '../lookups.ts'
import { page } from '../paging.ts'
import type { Account, Cluster } from '../state.ts'

const MOST_DESCRIBED = 100

export function listClusters(account: Account, request: JsonObject): JsonObject {
  const arns = [...account.clusters.values()].filter(isActive).map(({ clusterArn }) => clusterArn)
  return page(account, request, 'clusterArns', arns)
}

export function describeClusters(account: Account, request: JsonObject): JsonObject {
  const references = request.clusters === undefined ? ['default'] : strings(request.clusters)
  if (references.length > MOST_DESCRIBED) throw invalidParameter('Clusters can have at most 100 items.')
  const withTags = strings(request.include).includes('TAGS')
  const clusters: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const reference of references) {
    const cluster = clusterOrNothing(account, reference)
    if (cluster !== undefined) clusters.push(described(account, cluster, withTags))
    else
      failures.push({ arn: isArn(reference) ? reference : ecsArn(account, `cluster/${reference}`), reason: 'MISSING' })
  }
  return { clusters, failures }
}

function clusterOrNothing(account: Account, reference: string): Cluster | undefined {
  try {
    return findCluster(account, reference)
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

function described(account: Account, cluster: Cluster, withTags: boolean): JsonObject {
  const services = [...account.services.values()].filter(({ clusterArn }) => clusterArn === cluster.clusterArn)
  const total = (count: 'runningCount' | 'pendingCount') =>
    services.flatMap(({ deployments }) => deployments).reduce((sum, deployment) => sum + deployment[count], 0)
  return {
    ...cluster,
    registeredContainerInstancesCount: 0,
    runningTasksCount: total('runningCount'),
    pendingTasksCount: total('pendingCount'),
    activeServicesCount: services.filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    settings: [],
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
    tags: withTags ? (account.tags.get(cluster.clusterArn) ?? []) : []
  }
}

function isActive(cluster: Cluster): boolean {
  return cluster.status === 'ACTIVE'
}
