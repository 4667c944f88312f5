import type { FleetSensor, Rhythm, Scope } from '../fleet/fleet.ts'
import { choices, integer, line, type Option, someOf } from './option.ts'
import type { Values } from './table.ts'

const MANY = Number.MAX_SAFE_INTEGER

/** States of the sensor that somebody may want to be told of by a run that fails. */
const FAILING = ['absent', 'outdated', 'stopped'] as const satisfies FleetSensor[]

/** The inputs of a run over many services. */
export const FLEET_OPTIONS = {
  regions: someOf({
    section: 'fleet',
    description:
      'Regions: names, patterns such as `us-*`, or `all`, by comma or line; `!pattern` leaves out. Not given: the Region of the run. Instead of `aws-region`.'
  }),
  clusters: someOf({
    section: 'fleet',
    description:
      'Clusters: names, ARNs or patterns such as `prod-*`, by comma or line; `!pattern` leaves out. Not given: all.'
  }),
  services: someOf({
    section: 'fleet',
    description:
      'Services: names, ARNs or patterns, by comma or line; `!pattern` leaves out. Not given: all. Only those on Fargate are meant, and none with the tag `levoai:sensor` = `off`.'
  }),
  families: someOf({
    section: 'fleet',
    description:
      'Families of the task definitions that the services run: names, ARNs or patterns, by comma or line; `!pattern` leaves out. Not given: all.'
  }),
  'max-parallel': integer(1, 50, {
    section: 'fleet',
    default: '5',
    description: 'Services that are moved, followed and verified at the same time.'
  }),
  canary: integer(0, MANY, {
    section: 'fleet',
    default: '1',
    description: 'Services that are moved and verified before all others.'
  }),
  'canary-soak-minutes': integer(0, 360, {
    section: 'fleet',
    default: '0',
    description: 'Minutes between the last of those and the first of the others.'
  }),
  'stop-after-failures': integer(1, MANY, {
    section: 'fleet',
    default: '1',
    description: 'After so many services that failed no other one is begun.'
  }),
  'matrix-size': integer(1, MANY, {
    section: 'fleet',
    default: '50',
    description: 'Services for each entry of the output `matrix`, of `mode: discover`; Regions are split first.'
  }),
  'fail-on': choices(FAILING, {
    section: 'fleet',
    description:
      '`mode: discover` fails when a service is in one of these states, by comma or line: `absent`, `outdated`, `stopped`.'
  }),
  'results-file': line({
    section: 'fleet',
    placeholder: 'FILE',
    description:
      'Of `mode: restore`: path of the results that an earlier run left (its output `results-file`), relative to the workspace.'
  })
} as const satisfies Record<string, Option<unknown>>

/** Giving any of these makes it a fleet run. */
export const SCOPE_NAMES = ['regions', 'clusters', 'services', 'families'] as const satisfies (keyof Scope)[]

export const RHYTHM_NAMES = ['max-parallel', 'canary', 'canary-soak-minutes', 'stop-after-failures'] as const

/** Modes that are of a fleet, with or without a list. */
export const FLEET_MODES = ['discover', 'restore'] as const

/** A list that was given badly makes it a fleet run as well: its own problem is said, and none of a run on one target. */
export function isFleet({ mode }: Values, given: ReadonlySet<string>): boolean {
  return FLEET_MODES.some(other => other === mode) || SCOPE_NAMES.some(name => given.has(name))
}

export function readScope(values: Values): Scope {
  return {
    regions: values.regions ?? [],
    clusters: values.clusters ?? [],
    services: values.services ?? [],
    families: values.families ?? []
  }
}

export function readRhythm(values: Values): Rhythm {
  return {
    maxParallel: values['max-parallel'],
    canary: values.canary,
    canarySoak: values['canary-soak-minutes'],
    stopAfterFailures: values['stop-after-failures']
  }
}

/** The tag of a service that says the sensor's environment; empty when `levo-env` names none behind `tag:`. */
export function environmentTag(values: Values): string | undefined {
  return /^tag:(.*)$/.exec(values['levo-env'] ?? '')?.[1]?.trim()
}

/** What only a fleet can do is refused in a run on one target. */
export function onlyInFleet(values: Values): string[] {
  if (environmentTag(values) === undefined) return []
  return [
    `levo-env: must be a name, not "${values['levo-env']}": only a fleet (${SCOPE_NAMES.join(', ')}) takes it from tags of services`
  ]
}

/** Inputs that are of one mode alone. */
export function ofOtherModes({ mode, 'fail-on': failOn, 'results-file': results }: Values): string[] {
  return [
    ...(failOn !== undefined && mode !== 'discover' ? [`fail-on: goes with mode: discover only, not ${mode}`] : []),
    ...(results !== undefined && mode !== 'restore' ? [`results-file: goes with mode: restore only, not ${mode}`] : [])
  ]
}
