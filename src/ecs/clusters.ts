import type { Ecs } from './ecs.ts'

/** The most that a page of either list holds (API reference); services come ten at a time when nothing is said. */
const PAGE = 100

/** The ARNs of the Region's clusters. */
export async function listClusters(ecs: Ecs): Promise<string[]> {
  const arns: string[] = []
  let nextToken: string | undefined
  do {
    const request = { maxResults: PAGE, ...(nextToken !== undefined && { nextToken }) }
    const answer = await ecs.call('ListClusters', request, { on: `the clusters of ${ecs.region}` })
    arns.push(...(answer.clusterArns ?? []))
    nextToken = answer.nextToken
  } while (nextToken !== undefined)
  return arns
}

/**
 * The ARNs of a cluster's services, by the cluster's name or ARN. Not filtered by launch type: a service on the capacity providers FARGATE
 * and FARGATE_SPOT has none, and would be missed.
 */
export async function listServices(ecs: Ecs, cluster: string): Promise<string[]> {
  const arns: string[] = []
  let nextToken: string | undefined
  do {
    const request = { cluster, maxResults: PAGE, ...(nextToken !== undefined && { nextToken }) }
    const answer = await ecs.call('ListServices', request, { on: `the services of cluster ${cluster}` })
    arns.push(...(answer.serviceArns ?? []))
    nextToken = answer.nextToken
  } while (nextToken !== undefined)
  return arns
}
