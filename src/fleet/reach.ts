import type { Scope } from './fleet.ts'
import { compareTexts } from './order.ts'
import { isLiteral, mayMean, namesAt, type Pattern, readPatterns, toMatcher } from './patterns.ts'

/** What has to be listed before it is known which services are meant; the rest is given by names. */
export interface ToList {
  readonly regions: boolean
  readonly clusters: boolean
  readonly services: boolean
}

export function toList(scope: Scope): ToList {
  const clusters = !isLiteral('clusters', scope.clusters) && serviceArns(scope) === undefined
  return {
    regions: scope.regions.length > 0 && !isLiteral('regions', scope.regions),
    clusters,
    services: clusters || !isLiteral('services', scope.services)
  }
}

/** The items of `services`, where each of them names its cluster too. */
function serviceArns({ services }: Scope): readonly Pattern[] | undefined {
  const includes = readPatterns('services', services).filter(({ excludes }) => !excludes)
  return includes.length > 0 && includes.every(({ cluster }) => cluster !== undefined) ? includes : undefined
}

/** The Regions to look in, in order, out of those that were listed where that is needed. One in which nothing can be meant is left out. */
export function regionsOf(scope: Scope, own: string, listed: readonly string[]): string[] {
  return [...new Set(candidateRegions(scope, own, listed))]
    .filter(region => RESOURCES.every(list => mayMean(list, scope[list], { region })))
    .sort(compareTexts)
}

const RESOURCES = ['clusters', 'services', 'families'] as const

function candidateRegions(scope: Scope, own: string, listed: readonly string[]): readonly string[] {
  if (scope.regions.length === 0) {
    const named = regionsOfArns(scope)
    return named.length === 0 ? [own] : named
  }
  const isMeant = toMatcher('regions', scope.regions)
  // One that is named stands, listed or not: the list may be one that was built in.
  return [...listed.filter(region => isMeant(region)), ...namesAt('regions', scope.regions, {})]
}

function regionsOfArns(scope: Scope): string[] {
  return RESOURCES.flatMap(list => readPatterns(list, scope[list])).flatMap(({ excludes, region }) =>
    excludes || region === undefined ? [] : [region]
  )
}

/** The clusters of a Region to look in, in order, out of those that were listed where that is needed. */
export function clustersOf(scope: Scope, region: string, listed: readonly string[]): string[] {
  const isMeant = toMatcher('clusters', scope.clusters)
  return [...new Set(candidateClusters(scope, region, listed))]
    .filter(cluster => isMeant(cluster, { region }) && mayMean('services', scope.services, { region, cluster }))
    .sort(compareTexts)
}

function candidateClusters(scope: Scope, region: string, listed: readonly string[]): readonly string[] {
  if (isLiteral('clusters', scope.clusters)) return namesAt('clusters', scope.clusters, { region })
  return serviceArns(scope)?.flatMap(arn => (arn.region === region ? (arn.cluster ?? []) : [])) ?? listed
}
