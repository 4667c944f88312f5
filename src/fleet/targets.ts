import type { FleetService, Target } from './fleet.ts'
import { revisionOf } from './pick-services.ts'

export interface Targets {
  readonly targets: readonly Target[]
  /** Services that have no such tag, or one without a value: in no target. */
  readonly untagged: readonly FleetService[]
}

/**
 * One target for each Region, revision and environment, in the order of the first service of each. `levoEnvTag` is the tag of a service
 * that says its environment, where the environment is not the same for all.
 */
export function groupTargets(services: readonly FleetService[], levoEnvTag?: string): Targets {
  const groups = new Map<string, { region: string; arn: string; levoEnv?: string; services: FleetService[] }>()
  const untagged: FleetService[] = []
  for (const service of services) {
    const { region, state } = service
    const levoEnv = levoEnvTag === undefined ? undefined : environmentOf(service, levoEnvTag)
    if (levoEnvTag !== undefined && levoEnv === undefined) {
      untagged.push(service)
      continue
    }
    const arn = revisionOf(state)
    const key = JSON.stringify([region, arn, levoEnv])
    const group = groups.get(key) ?? { region, arn, ...(levoEnv !== undefined && { levoEnv }), services: [] }
    group.services.push(service)
    groups.set(key, group)
  }
  return { targets: [...groups.values()], untagged }
}

function environmentOf({ state }: FleetService, tag: string): string | undefined {
  return state.tags.find(({ key }) => key === tag)?.value.trim() || undefined
}
