import type { FleetService, Skipped, Target } from './fleet.ts'
import { revisionOf } from './pick-services.ts'

export interface Targets {
  readonly targets: readonly Target[]
  readonly skipped: readonly Skipped[]
}

/**
 * One target for each Region, revision and environment, in the order of the first service of each. `levoEnvTag` is the tag of a service
 * that says its environment, where the environment is not the same for all.
 */
export function groupTargets(services: readonly FleetService[], levoEnvTag?: string): Targets {
  const groups = new Map<string, { region: string; arn: string; levoEnv?: string; services: FleetService[] }>()
  const skipped: Skipped[] = []
  for (const service of services) {
    const { region, state } = service
    const levoEnv = levoEnvTag === undefined ? undefined : environmentOf(service, levoEnvTag)
    if (levoEnvTag !== undefined && levoEnv === undefined) {
      skipped.push(withoutEnvironment(service, levoEnvTag))
      continue
    }
    const arn = revisionOf(state)
    const key = JSON.stringify([region, arn, levoEnv])
    const group = groups.get(key) ?? { region, arn, ...(levoEnv !== undefined && { levoEnv }), services: [] }
    group.services.push(service)
    groups.set(key, group)
  }
  return { targets: [...groups.values()], skipped }
}

function environmentOf({ state }: FleetService, tag: string): string | undefined {
  return state.tags.find(({ key }) => key === tag)?.value.trim() || undefined
}

function withoutEnvironment({ region, cluster, state }: FleetService, tag: string): Skipped {
  const reason = `${state.name} has no tag ${tag} with a value, from which levo-env takes its environment.`
  return { region, cluster, service: state.name, code: 'no-environment', reason }
}
