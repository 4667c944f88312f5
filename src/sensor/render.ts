import { bulleted, StepError } from '../errors.ts'
import {
  type Container,
  type Definition,
  type JsonObject,
  type Note,
  note,
  objectsOf,
  warning
} from '../task-definition/definition.ts'
import { buildContainer, type SensorOptions } from './container.ts'
import { findSensors, isSensor } from './find.ts'
import { checkFit } from './fit.ts'
import { BLIND_PLACES, CONFLICTS } from './refusals.ts'
import type { Place, Rule, Task } from './rule.ts'
import { WARNINGS } from './warnings.ts'

export interface Change {
  readonly kind: 'install'
  readonly sensor: SensorOptions
}

export interface RenderContext extends Omit<Place, 'definition'> {
  readonly region: string
}

export interface Rendering {
  readonly before: Definition
  readonly after: Definition
  /** The sensor that was there, if there was one. */
  readonly replaced?: Container | undefined
  readonly sensor: Container
  readonly notes: readonly Note[]
}

/**
 * Puts the sensor into the definition: where one stands already it is replaced in place, else it comes last. The argument
 * is never changed, and nothing but the sensor's container (and references to its old name) differs in the result.
 * Throws StepError when the task is not suitable or the sensor does not fit, InputError when a share has no task size.
 */
export function render(before: Definition, change: Change, context: RenderContext): Rendering {
  const { sensor: options } = change
  const found = findSensors(before, options.image)
  const site: Place = { ...context, definition: before }
  refuse(BLIND_PLACES, site, 'no sensor for this task')
  refuseImpostor(before, options)
  const app = before.containerDefinitions.filter(container => !found.includes(container))
  const { container, notes } = buildContainer(options, before, app, context)
  const after = putInPlace(before, app, found, container)
  const task: Task = { ...site, app, sensor: container }
  refuse(CONFLICTS, task, 'ECS would refuse the task definition because of the sensor')
  const warnings = WARNINGS.flatMap(rule => rule.says(task) ?? []).map(warning)
  const fitNotes = requireFit(after, task, options)
  return {
    before,
    after,
    replaced: found[0],
    sensor: container,
    notes: [...notes, ...adoptionNotes(found, container), ...warnings, ...fitNotes]
  }
}

function refuseImpostor(definition: Definition, options: SensorOptions): void {
  const namesake = definition.containerDefinitions.find(container => container.name === options.containerName)
  if (namesake === undefined || isSensor(namesake, options.image)) return
  throw new StepError({
    code: 'name-taken',
    what: `the task definition has a container named ${namesake.name} that is not a sensor (image ${namesake.image})`,
    hint: 'Give container-name another name for the sensor; nothing of the application is replaced.'
  })
}

function refuse<T>(rules: readonly Rule<T>[], subject: T, what: string): void {
  for (const { code, says } of rules) {
    const reason = says(subject)
    if (reason !== undefined) throw new StepError({ code, what: `${what}: ${reason}.` })
  }
}

function requireFit(after: Definition, task: Task, options: SensorOptions): Note[] {
  const fit = checkFit(after, task.app, task.sensor, {
    taskSize: options.taskSize,
    servicesOnFargate: task.servicesOnFargate
  })
  if (fit.problems.length === 0) return fit.warnings.map(warning)
  throw new StepError({
    code: 'does-not-fit',
    what: `the sensor does not fit into the task:\n${bulleted(fit.problems)}`,
    hint: fit.waysOut
  })
}

/** The sensor takes the place of the first one found; references to an old name follow to the new one. */
function putInPlace(
  before: Definition,
  app: readonly Container[],
  found: readonly Container[],
  sensor: Container
): Definition {
  const renamed = new Set(found.map(container => container.name).filter(name => name !== sensor.name))
  const follow = (container: Container): Container =>
    app.includes(container) && renamed.size > 0 ? renameReferences(container, renamed, sensor.name) : container
  const containers = before.containerDefinitions
    .filter(container => container === found[0] || !found.includes(container))
    .map(container => (container === found[0] ? sensor : follow(container)))
  return { ...before, containerDefinitions: found.length === 0 ? [...containers, sensor] : containers }
}

const REFERENCES = [
  ['dependsOn', 'containerName'],
  ['volumesFrom', 'sourceContainer']
] as const

function renameReferences(container: Container, from: ReadonlySet<string>, to: string): Container {
  let renamed = container
  for (const [list, member] of REFERENCES) {
    const references = objectsOf(container[list])
    if (!references.some(reference => from.has(String(reference[member])))) continue
    const followed = references.map(reference =>
      from.has(String(reference[member])) ? { ...reference, [member]: to } : reference
    )
    renamed = { ...renamed, [list]: onceEach(followed) }
  }
  return renamed
}

/** Two old names may have become one: what says the same is said once. */
function onceEach(references: readonly JsonObject[]): JsonObject[] {
  const texts = references.map(reference => JSON.stringify(reference))
  return references.filter((_, index) => texts.indexOf(texts[index] ?? '') === index)
}

function adoptionNotes(found: readonly Container[], sensor: Container): Note[] {
  const [first, ...others] = found
  if (first === undefined) return [note(`adds the container ${sensor.name}`)]
  const name = first.name === sensor.name ? sensor.name : `${first.name} (now ${sensor.name})`
  const notes = [note(`replaces the sensor that is there already, ${name}`)]
  if (others.length > 0) {
    notes.push(warning(`there were ${found.length} sensors; ${others.map(other => other.name).join(', ')} left out`))
  }
  return notes
}
