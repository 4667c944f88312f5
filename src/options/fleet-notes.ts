import { type Note, note, warning } from '../task-definition/definition.ts'
import { RHYTHM_NAMES } from './fleet.ts'
import { saysSomething } from './notes.ts'
import type { OptionName, Values } from './table.ts'
import { lackingIn } from './values.ts'

/** What is to be known of the options of a fleet alone. */
export function notesOfFleet(values: Values): Note[] {
  return [...comparesLess(values), ...idleInFleet(values)]
}

/** What of the sensor is compared in `mode: discover` depends on what is known of it. */
function comparesLess(values: Values): Note[] {
  const lacking = values.mode === 'discover' ? lackingIn(values) : []
  return lacking.length === 0
    ? []
    : [note(`Compared are presence and image alone, not the options of the sensor: without ${lacking.join(', ')}`)]
}

function idleInFleet(values: Values): Note[] {
  const { mode } = values
  const moving: readonly OptionName[] = [
    ...RHYTHM_NAMES,
    ...(['check-image', 'force-new-deployment', 'propagate-tags', 'enable-ecs-managed-tags'] as const)
  ]
  const unmoved = mode === 'discover' ? moving.filter(name => saysSomething(values, name)) : []
  const soaks = values['canary-soak-minutes'] > 0 && values.canary === 0
  return [
    ...unmoved.map(name => warning(`${name} has no effect in mode discover, which changes nothing`)),
    ...(mode !== 'discover' && saysSomething(values, 'matrix-size')
      ? [warning('matrix-size has no effect without mode: discover')]
      : []),
    ...(mode !== 'discover' && soaks ? [warning('canary-soak-minutes has no effect with canary: 0')] : [])
  ]
}
