import pLimit from 'p-limit'
import { listClusters, listServices } from '../ecs/clusters.ts'
import type { Ecs } from '../ecs/ecs.ts'
import { describeFound, nameOf, type ServiceState } from '../ecs/services.ts'
import { StepError } from '../errors.ts'
import type { Scope } from './fleet.ts'
import { namesAt, toMatcher } from './patterns.ts'
import { clustersOf, toList } from './reach.ts'

/** What was seen in a cluster, or why nothing was. */
export interface ClusterLook {
  readonly region: string
  readonly cluster: string
  readonly error?: StepError
  /** Services by the names that are meant, whatever else they are. */
  readonly states: readonly ServiceState[]
  /** Names that are, or may be, those of services there, and are not meant there. */
  readonly others: readonly string[]
}

export interface RegionLook {
  readonly region: string
  readonly error?: StepError
  readonly clusters: readonly ClusterLook[]
}

interface Search {
  readonly scope: Scope
  readonly ecsIn: (region: string) => Promise<Ecs>
  /** What makes every further call useless. */
  ended?: StepError
}

/** A plan takes nothing from what happened before, and each service has up to a hundred events. */
const NO_EVENTS = Number.POSITIVE_INFINITY

/** Side by side; the clusters of each Region too. */
const REGIONS_AT_ONCE = 4
const CLUSTERS_AT_ONCE = 4

/** What is wrong with the credentials is so in every Region; one that is not enabled has a code of its own. */
const USELESS_ELSEWHERE = ['bad-credentials', 'no-credentials']

/** Looks for the services that the scope's names mean. Throws StepError when there are no credentials that hold. */
export async function lookInto(
  regions: readonly string[],
  scope: Scope,
  ecsIn: (region: string) => Promise<Ecs>
): Promise<RegionLook[]> {
  const search: Search = { scope, ecsIn }
  const looks = await pLimit(REGIONS_AT_ONCE).map(regions, region => lookAtRegion(region, search))
  if (search.ended !== undefined) throw search.ended
  return looks
}

async function lookAtRegion(region: string, search: Search): Promise<RegionLook> {
  const { scope, ecsIn } = search
  const reached = await attempt(search, async () => {
    const ecs = await ecsIn(region)
    const listed = toList(scope).clusters ? (await listClusters(ecs)).map(nameOf) : []
    return { ecs, names: clustersOf(scope, region, listed) }
  })
  if (reached instanceof StepError) return { region, error: reached, clusters: [] }
  const { ecs, names } = reached
  const clusters = await pLimit(CLUSTERS_AT_ONCE).map(names, cluster => lookAtCluster(ecs, cluster, search))
  return { region, clusters }
}

async function lookAtCluster(ecs: Ecs, cluster: string, search: Search): Promise<ClusterLook> {
  const { region } = ecs
  const { scope } = search
  const isMeant = toMatcher('services', scope.services)
  const look = await attempt(search, async () => {
    const names = toList(scope).services
      ? (await listServices(ecs, cluster)).map(nameOf)
      : namesAt('services', scope.services, { region })
    const meant = names.filter(name => isMeant(name, { region, cluster }))
    const others = names.filter(name => !isMeant(name, { region, cluster }))
    return { states: await describeFound(ecs, cluster, meant, NO_EVENTS), others }
  })
  if (look instanceof StepError) return { region, cluster, error: look, states: [], others: [] }
  return { region, cluster, ...look }
}

/** What went wrong is kept with the Region or cluster that it went wrong in. */
async function attempt<T>(search: Search, work: () => Promise<T>): Promise<T | StepError> {
  if (search.ended !== undefined) return search.ended
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    if (USELESS_ELSEWHERE.includes(error.code)) search.ended ??= error
    return error
  }
}
