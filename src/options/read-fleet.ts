import type { Scope } from '../fleet/fleet.ts'
import { environmentTag, readRhythm, readScope } from './fleet.ts'
import type { FleetOptions, Options } from './options.ts'
import type { Values } from './table.ts'
import { lackingIn } from './values.ts'

/** The options of a fleet around those of each of its services. */
export function toFleet(values: Values, each: Options): FleetOptions {
  // `mode: verify` of a fleet is a problem, so it does not come here.
  const mode = values.mode === 'verify' ? 'discover' : values.mode
  const knowsSensor = mode === 'install' || (mode === 'discover' && lackingIn(values).length === 0)
  return {
    mode,
    scope: readScope(values),
    rhythm: readRhythm(values),
    matrixSize: values['matrix-size'],
    failOn: values['fail-on'] ?? [],
    levoEnvTag: knowsSensor ? environmentTag(values) : undefined,
    resultsFile: values['results-file'],
    knowsSensor,
    each: { ...each, comment: each.comment && { ...each.comment, fleet: wordsOf(mode, readScope(values)) } }
  }
}

function wordsOf(mode: string, scope: Scope): string[] {
  return [
    mode,
    ...Object.entries(scope).flatMap(([name, items]) => (items.length === 0 ? [] : [`${name} ${items.join(' ')}`]))
  ]
}

/**
 * A fleet follows each service to its end, and puts back what failed unless that is refused. What ran before, and is restored, may well
 * have had no sensor.
 */
export function followFleet(values: Values) {
  const patience = { minutes: values['wait-for-minutes'], maxDelay: values['wait-max-delay-seconds'] }
  const follow = {
    ...patience,
    // More moments to look at would tell sooner, and cost a call more for each service.
    grid: Math.min(patience.maxDelay, 15),
    verify: values['verify-sensor'] ?? (values.mode === 'restore' ? 'off' : 'require'),
    settle: values['sensor-settle-seconds'],
    rollback: values['rollback-on-failure'] ?? true
  }
  const until = values['dry-run'] || values.mode === 'discover' ? 'render' : 'deploy'
  return { patience, waits: true, until, follow } as const
}
