import type { Container, Definition } from '../task-definition/definition.ts'
import { diffDefinitions } from '../task-definition/diff.ts'
import { lostBy } from './adoption.ts'
import { givenBy } from './container.ts'
import { findSensors } from './find.ts'
import type { Change, Rendering } from './render.ts'
import { isSameContainer } from './same.ts'

/** What becomes of the sensor of a revision that the definition was not made from. */
export interface SensorChange {
  /** The sensor that this revision has, if it has one. */
  readonly before?: Container | undefined
  /** What it has and the rendered sensor has not, by name and without a value. */
  readonly lost: readonly string[]
  /** Further sensors of it, by name: none of them stays. */
  readonly others: readonly string[]
  /** All of this in a few lines, the image first. */
  readonly says: readonly string[]
}

/** What the rendered definition has differently from the one that runs, sensors left out on both sides; images first. */
export function otherChanges(running: Definition, { after }: Rendering, change: Change): string[] {
  const image = imageOf(change)
  return diffDefinitions(withoutSensors(running, image), withoutSensors(after, image)).map(({ text }) => text)
}

/** Undefined where nothing becomes of it, and where it is what the rendering says of the sensor in its own source. */
export function sensorChange(running: Definition, rendering: Rendering, change: Change): SensorChange | undefined {
  const found = findSensors(running, imageOf(change))
  const [before, ...others] = found
  const { sensor } = rendering
  if (areSame(found, findSensors(rendering.before, imageOf(change)))) return undefined
  if (others.length === 0 && isSameContainer(before, sensor)) return undefined
  const given = change.kind === 'install' ? givenBy(change.sensor) : new Set<string>()
  const lost = before === undefined || sensor === undefined ? [] : lostBy(before, sensor, given)
  const names = others.map(({ name }) => name)
  const says = [...sayOne(before, sensor, lost), ...names.map(name => `sensor ${name}: gone`)]
  return { before, lost, others: names, says }
}

function areSame(some: readonly Container[], others: readonly Container[]): boolean {
  return some.length === others.length && some.every((container, index) => isSameContainer(container, others[index]))
}

function sayOne(before: Container | undefined, after: Container | undefined, lost: readonly string[]): string[] {
  if (before === undefined) return after === undefined ? [] : [`sensor ${after.name}: added`]
  if (after === undefined) return [`sensor ${before.name}: gone`]
  if (isSameContainer(before, after)) return []
  const name = before.name === after.name ? '' : ` (now ${after.name})`
  const says = [
    ...(before.image === after.image
      ? []
      : [`image ${JSON.stringify(before.image)} -> ${JSON.stringify(after.image)}`]),
    ...(lost.length === 0 ? [] : [`loses ${lost.join(', ')}`])
  ]
  return (says.length === 0 ? ['changed'] : says).map(text => `sensor ${before.name}${name}: ${text}`)
}

/** By which a sensor is told that runs a mirror of another name. */
function imageOf(change: Change): string {
  return change.kind === 'install' ? change.sensor.image : change.image
}

function withoutSensors(definition: Definition, image: string): Definition {
  const sensors = findSensors(definition, image)
  return {
    ...definition,
    containerDefinitions: definition.containerDefinitions.filter(container => !sensors.includes(container))
  }
}
