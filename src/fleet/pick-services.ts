import { primaryOf, type ServiceState } from '../ecs/services.ts'
import { familyOf } from '../ecs/task-definitions.ts'
import type { FleetService, Scope, Skipped } from './fleet.ts'
import type { ClusterLook } from './look.ts'
import { namesAt, type Place, toMatcher } from './patterns.ts'

/** A service by its names. */
export interface Named {
  readonly region: string
  readonly cluster: string
  readonly service: string
}

export function namesOf({ region, cluster, state }: FleetService): Named {
  return { region, cluster, service: state.name }
}

export interface Picked {
  readonly services: FleetService[]
  readonly skipped: Skipped[]
  readonly passedOver: Named[]
}

/** With the value `off` it keeps a service out of every fleet. */
const OPT_OUT_TAG = 'levoai:sensor'

/** Which of the services that were seen in a cluster belong to the fleet. */
export function pickServices({ region, cluster, states, others }: ClusterLook, scope: Scope): Picked {
  const isInScope = inScope(scope)
  const picked: Picked = {
    services: [],
    skipped: [],
    passedOver: others.map(service => ({ region, cluster, service }))
  }
  const named = new Set(namesAt('services', scope.services, { region, cluster }))
  for (const state of states) {
    const service = state.name
    const place = { region, cluster, account: accountOf(state) }
    const reason = reasonAgainst(state)
    if (!isInScope(state, place)) picked.passedOver.push({ region, cluster, service })
    else if (reason === undefined) picked.services.push({ region, cluster, state })
    // Others are none of the fleet's; but who names a service is told why it is not there.
    else if (reason.code === 'opted-out' || named.has(service)) {
      picked.skipped.push({ region, cluster, service, ...reason })
    }
  }
  return picked
}

/** Now that the account and the family are known. */
function inScope(scope: Scope): (state: ServiceState, place: Place & { cluster: string }) => boolean {
  const cluster = toMatcher('clusters', scope.clusters)
  const service = toMatcher('services', scope.services)
  const family = toMatcher('families', scope.families)
  return (state, { region, account, cluster: name }) =>
    cluster(name, { region, account }) &&
    service(state.name, { region, account, cluster: name }) &&
    family(familyOf(revisionOf(state)), { region, account })
}

function reasonAgainst(state: ServiceState): { code: string; reason: string } | undefined {
  const { name, status, onFargate } = state
  if (status !== 'ACTIVE') return { code: 'service-not-active', reason: `${name} is ${status}.` }
  if (!onFargate)
    return { code: 'not-on-fargate', reason: `${name} does not run on Fargate, and a fleet is of services that do.` }
  if (!isOptedOut(state)) return undefined
  return { code: 'opted-out', reason: `${name} has the tag ${OPT_OUT_TAG} with the value off.` }
}

/** Whether somebody wants to have it in no fleet. */
export function isOptedOut({ tags }: ServiceState): boolean {
  return tags.some(({ key, value }) => key === OPT_OUT_TAG && value.trim().toLowerCase() === 'off')
}

/** The revision that a service runs; where somebody else deploys it, only its task sets may say so. */
export function revisionOf(state: ServiceState): string {
  return state.taskDefinition || (primaryOf(state)?.taskDefinition ?? '')
}

/** `arn:aws:ecs:us-east-1:123456789012:service/web/api` gives `123456789012`. */
export function accountOf({ arn }: ServiceState): string | undefined {
  return arn.split(':')[4]
}
