import type { Container, Definition } from '../task-definition/definition.ts'
import { isEssential } from '../task-definition/definition.ts'
import { claimedMemory, containerCpu, sum, taskCpu, taskMemory } from '../task-definition/sizes.ts'
import type { FlagValues } from './flags.ts'

/** An amount as the user or a profile spells it: CPU units or MiB, or a share of the task's. */
export type Amount =
  | { readonly kind: 'units'; readonly units: number }
  | { readonly kind: 'share'; readonly percent: number }

export type ProfileName = 'standard' | 'low-resource' | 'proportional'

interface Profile {
  readonly cpu: Amount
  readonly memory: Amount
  readonly flags: FlagValues
}

const units = (number: number): Amount => ({ kind: 'units', units: number })
const share = (percent: number): Amount => ({ kind: 'share', percent })

/** The documented JSON, the documented low-resource JSON, and the defaults of the documented Terraform, spelled as there. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  standard: { cpu: units(512), memory: units(512), flags: {} },
  'low-resource': {
    cpu: units(256),
    memory: units(200),
    flags: {
      'rate-limit': '100',
      'trace-export-interval': '1.0',
      'stream-timeout-seconds': '2.0',
      'max-http-length': '1000000'
    }
  },
  proportional: {
    cpu: share(5),
    memory: share(5),
    flags: { 'rate-limit': '50.0', 'trace-export-interval': '1.0', 'stream-timeout-seconds': '1.0' }
  }
}

/** Below the low-resource profile's memory the sensor is likely to be killed. */
export const SMALLEST_MEMORY = 200

/** Docker gives a container that reserves no CPU two shares (developer guide, container `cpu`). */
const SHARES_WITHOUT_CPU = 2

/** The least that an essential container has to live on beside the sensor, in CPU units. */
export function smallestEssentialCpu(app: readonly Container[]): number {
  const amounts = app.filter(isEssential).map(container => containerCpu(container) || SHARES_WITHOUT_CPU)
  return Math.min(...amounts, Number.POSITIVE_INFINITY)
}

export interface Choice {
  readonly profile: ProfileName
  readonly cpu: Amount
  readonly memory: Amount
  /** One sentence for the plan: what was chosen and why. */
  readonly why: string
}

/** A profile that was named is taken as documented; `auto` is the one that fits and never outweighs the application. */
export function chooseProfile(named: ProfileName | 'auto', definition: Definition, app: readonly Container[]): Choice {
  if (named !== 'auto') {
    const { cpu, memory } = PROFILES[named]
    return { profile: named, cpu, memory, why: `profile ${named}, as named` }
  }
  return chooseFitting(definition, app)
}

function chooseFitting(definition: Definition, app: readonly Container[]): Choice {
  const [cpu, memory] = [taskCpu(definition), taskMemory(definition)]
  const small = PROFILES['low-resource']
  if (cpu === undefined || memory === undefined) {
    const why = 'profile low-resource without a CPU reservation: the task definition has no task size to take a part of'
    return { profile: 'low-resource', cpu: units(0), memory: small.memory, why }
  }
  const freeMemory = memory - sum(app.map(claimedMemory))
  const standardFits = 512 <= cpu / 4 && 512 <= memory / 4 && 512 <= freeMemory
  const size = `${cpu} CPU units and ${memory} MiB`
  const profile = standardFits ? 'standard' : 'low-resource'
  const reason = standardFits
    ? `its 512 CPU units and 512 MiB are at most a quarter of the task's ${size}`
    : 512 <= cpu / 4 && 512 <= memory / 4
      ? `the other containers leave ${Math.max(0, freeMemory)} of the task's ${memory} MiB, and standard takes 512`
      : `the 512 CPU units and 512 MiB of standard would be more than a quarter of the task's ${size}`
  const wanted = standardFits ? 512 : 256
  const [given, limit] = affordableCpu(wanted, cpu, app)
  const capped = given < wanted ? `; its cpu is ${given} instead of ${wanted}, because ${limit}` : ''
  return { profile, cpu: units(given), memory: PROFILES[profile].memory, why: `profile ${profile}: ${reason}${capped}` }
}

/** At most what is unreserved and what the smallest essential container has; nothing beside one that reserves nothing. */
function affordableCpu(wanted: number, taskUnits: number, app: readonly Container[]): [number, string] {
  const without = app.find(container => containerCpu(container) === 0)
  if (without !== undefined) return [0, `${without.name} reserves no CPU and would starve beside a reservation`]
  const free = Math.max(0, taskUnits - sum(app.map(containerCpu)))
  const smallest = smallestEssentialCpu(app)
  return free <= smallest
    ? [Math.min(wanted, free), `the other containers leave ${free} CPU units unreserved`]
    : [Math.min(wanted, smallest), `an essential container reserves only ${smallest}`]
}
