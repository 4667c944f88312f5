import type { Scope, Skipped } from './fleet.ts'
import type { ClusterLook, RegionLook } from './look.ts'
import { mayBeAt, mayMean, type Pattern, readPatterns, toMatcher } from './patterns.ts'
import { accountOf } from './pick-services.ts'

/** What the scope names and was found nowhere. Where a Region or a cluster could not be read, nothing is said of what it may hold. */
export function findMissing(looks: readonly RegionLook[], scope: Scope): Skipped[] {
  const read = looks.filter(({ error }) => error === undefined)
  return [
    ...named('clusters', scope).flatMap(cluster => missingCluster(cluster, read, scope)),
    ...named('services', scope).flatMap(service => missingService(service, read))
  ]
}

function named(list: 'clusters' | 'services', scope: Scope): Pattern[] {
  const isMeant = toMatcher(list, scope[list])
  const names = readPatterns(list, scope[list]).filter(
    pattern => pattern.isName && !pattern.excludes && isMeant(pattern.name, pattern)
  )
  const keys = names.map(({ region, account, cluster, name }) => [region, account, cluster, name].join())
  return names.filter((_, index) => keys.indexOf(keys[index] ?? '') === index)
}

function missingCluster(pattern: Pattern, read: readonly RegionLook[], scope: Scope): Skipped[] {
  const { name: cluster } = pattern
  // No other cluster was looked in than those in which a service may be meant.
  const regions = read.filter(
    ({ region }) => mayBeAt(pattern, { region }) && mayMean('services', scope.services, { region, cluster })
  )
  const isThere = regions.some(({ clusters }) =>
    clusters.some(look => look.cluster === cluster && look.error?.code !== 'cluster-not-found')
  )
  if (isThere || regions.length === 0) return []
  const [region, where] = placed(regions)
  return [{ region, cluster, code: 'cluster-not-found', reason: `There is no cluster ${cluster} in ${where}.` }]
}

function missingService(pattern: Pattern, read: readonly RegionLook[]): Skipped[] {
  const regions = read.filter(({ region }) => mayBeAt(pattern, { region }))
  const clusters = regions.flatMap(look => look.clusters).filter(look => mayBeAt(pattern, look))
  const isUnknown = clusters.some(({ error }) => error !== undefined && error.code !== 'cluster-not-found')
  if (isUnknown || regions.length === 0 || clusters.some(look => holds(look, pattern))) return []
  const { name: service } = pattern
  const [region, regionNames] = placed(regions)
  const cluster = pattern.cluster ?? (clusters.length === 1 ? clusters[0]?.cluster : undefined)
  const where = cluster === undefined ? regionNames : `cluster ${cluster} of ${regionNames}`
  return [
    { region, cluster, service, code: 'service-not-found', reason: `There is no service ${service} in ${where}.` }
  ]
}

function holds({ region, cluster, states }: ClusterLook, pattern: Pattern): boolean {
  return states.some(
    state => state.name === pattern.name && mayBeAt(pattern, { region, cluster, account: accountOf(state) })
  )
}

/** For a result that is of several Regions, and for its text. */
function placed(regions: readonly RegionLook[]): [region: string, where: string] {
  const names = regions.map(({ region }) => region)
  const [only = '*', ...others] = names
  return [others.length === 0 ? only : '*', names.join(', ')]
}
