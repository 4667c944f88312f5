import type { Ecs } from '../ecs/ecs.ts'
import type { StepError } from '../errors.ts'
import { type Note, note, warning } from '../task-definition/definition.ts'
import { findMissing } from './find-missing.ts'
import type { FleetService, Scope, Skipped } from './fleet.ts'
import { type ClusterLook, lookInto, type RegionLook } from './look.ts'
import { comparePlaces } from './order.ts'
import { type Named, namesOf, pickServices } from './pick-services.ts'
import { regionsOf, toList } from './reach.ts'

/** What discovering needs of the outside world. */
export interface DiscoveryWorld {
  /** The run's own Region. */
  readonly region: string
  ecsIn(region: string): Promise<Ecs>
  /** The account's Regions, with a note where they are not what AWS says now. */
  listRegions(): Promise<{ readonly regions: readonly string[]; readonly note?: string }>
  note(note: Note): void
}

export interface Discovery {
  /** In order of Region, cluster and name. */
  readonly services: readonly FleetService[]
  readonly skipped: readonly Skipped[]
  /** Services that are not meant, although one of their name in another cluster of the Region is. */
  readonly passedOver: readonly Named[]
}

/**
 * Finds the services that the scope means. What can not be read is skipped. Throws StepError when no Region can be read, or the
 * credentials do not hold; InputError for a scope that is wrong.
 */
export async function discover(scope: Scope, world: DiscoveryWorld): Promise<Discovery> {
  const regions = regionsOf(scope, world.region, await listRegions(scope, world))
  if (regions.length === 0)
    world.note(warning('There is no Region to look in: regions and the Regions of the ARNs given leave none.'))
  const looks = await lookInto(regions, scope, region => world.ecsIn(region))
  requireOneThatWasRead(looks)
  const picked = looks.flatMap(({ clusters }) => clusters).map(look => pickServices(look, scope))
  const services = picked.flatMap(each => each.services)
  const namesakes = new Set(services.map(({ region, state }) => `${region}/${state.name}`))
  return {
    services: services.sort((a, b) => comparePlaces(namesOf(a), namesOf(b))),
    skipped: [...looks.flatMap(unread), ...picked.flatMap(each => each.skipped), ...findMissing(looks, scope)].sort(
      comparePlaces
    ),
    passedOver: picked
      .flatMap(each => each.passedOver)
      .filter(({ region, service }) => namesakes.has(`${region}/${service}`))
  }
}

async function listRegions(scope: Scope, world: DiscoveryWorld): Promise<readonly string[]> {
  if (!toList(scope).regions) return []
  const listed = await world.listRegions()
  if (listed.note !== undefined) world.note(note(listed.note))
  return listed.regions
}

/** When nothing at all may be read, the reason is worth more than an empty list. */
function requireOneThatWasRead(looks: readonly RegionLook[]): void {
  const errors = looks.map(failureOf)
  const [first] = errors
  if (first !== undefined && errors.every(error => error !== undefined)) throw first
}

/** Why nothing of a Region was read. A cluster that is not there is an answer. */
function failureOf({ error, clusters }: RegionLook): StepError | undefined {
  if (error !== undefined) return error
  return clusters.every(isUnread) ? clusters[0]?.error : undefined
}

function isUnread({ error }: ClusterLook): boolean {
  return error !== undefined && error.code !== 'cluster-not-found'
}

function unread(look: RegionLook): Skipped[] {
  const { region, error } = look
  if (error !== undefined) return [{ region, code: error.code, reason: error.message }]
  return look.clusters.flatMap(({ cluster, error }) =>
    error === undefined || error.code === 'cluster-not-found'
      ? []
      : [{ region, cluster, code: error.code, reason: error.message }]
  )
}
