import { bulleted, StepError } from '../errors.ts'
import {
  type Container,
  type Definition,
  isObject,
  type JsonObject,
  type Note,
  note,
  warningAt
} from '../task-definition/definition.ts'
import { lostBy } from './adoption.ts'
import { buildContainer, givenBy, type SensorOptions } from './container.ts'
import { findSensors, isSensor } from './find.ts'
import { checkFit } from './fit.ts'
import { renameReferences } from './references.ts'
import { BLIND_PLACES, CONFLICTS } from './refusals.ts'
import type { RenderContext, Rendering } from './render.ts'
import { type Place, pathOf, type Rule, type Task } from './rule.ts'
import { isSameContainer } from './same.ts'
import { growTask, restoreSize } from './task-size.ts'
import { WARNINGS } from './warnings.ts'

/**
 * The sensor takes the place of one that is there, else it comes last. It is made for the task as it was without a sensor, so that
 * twice is once; the task stays as large as it is unless it may grow.
 */
export function install(before: Definition, options: SensorOptions, context: RenderContext): Rendering {
  const site: Place = { ...context, definition: before }
  refuse(BLIND_PLACES, site, 'no sensor for this task')
  const found = findSensors(before, options.image)
  refuseImpostor(before, options)
  const app = before.containerDefinitions.filter(container => !found.includes(container))
  const restored = restoreSize(before, found)
  const built = buildContainer(options, restored.definition, app, context)
  const sized =
    options.taskSize === 'grow'
      ? growTask(restored.definition, [...app, built.container], context.servicesOnFargate)
      : { definition: before, labels: restored.labels, notes: [] }
  const sensor = remember(built.container, sized.labels)
  const after = putInPlace(sized.definition, app, found, sensor)
  const others = after.containerDefinitions.filter(container => container !== sensor)
  const task: Task = { ...site, definition: restored.definition, app: others, sensor }
  refuse(CONFLICTS, task, 'ECS would refuse the task definition because of the sensor')
  const warnings = WARNINGS.flatMap(({ says, at }) => {
    const text = says(task)
    return text === undefined ? [] : [warningAt(text, at?.(task))]
  })
  const fitNotes = requireFit(after, task, options)
  const lost = found[0] === undefined ? [] : lostBy(found[0], sensor, givenBy(options))
  const sizeNotes = sameSize(before, after) ? [] : [...restored.notes, ...sized.notes]
  return {
    before,
    after,
    replaced: found[0],
    sensor,
    lost,
    notes: [...built.notes, ...adoptionNotes(before, found, sensor, lost), ...sizeNotes, ...warnings, ...fitNotes]
  }
}

function refuse<T>(rules: readonly Rule<T>[], subject: T, what: string): void {
  for (const { code, says, at } of rules) {
    const reason = says(subject)
    if (reason !== undefined) throw new StepError({ code, what: `${what}: ${reason}.`, at: at?.(subject) })
  }
}

function refuseImpostor(definition: Definition, options: SensorOptions): void {
  const namesake = definition.containerDefinitions.find(container => container.name === options.containerName)
  if (namesake === undefined || isSensor(namesake, options.image)) return
  throw new StepError({
    code: 'name-taken',
    what: `the task definition has a container named ${namesake.name} that is not a sensor (image ${namesake.image})`,
    hint: 'Give container-name another name for the sensor; nothing of the application is replaced.',
    at: pathOf(definition, namesake.name, 'name')
  })
}

/** The size that a task had before it grew is remembered in the sensor's labels. */
function remember(container: Container, size: JsonObject): Container {
  if (Object.keys(size).length === 0) return container
  const labels = isObject(container.dockerLabels) ? container.dockerLabels : {}
  return { ...container, dockerLabels: { ...labels, ...size } }
}

function sameSize(before: Definition, after: Definition): boolean {
  return before.cpu === after.cpu && before.memory === after.memory
}

function requireFit(after: Definition, task: Task, options: SensorOptions): Note[] {
  const { app, sensor, servicesOnFargate } = task
  const fit = checkFit(after, app, sensor, { taskSize: options.taskSize, servicesOnFargate })
  if (fit.problems.length === 0) return fit.warnings.map(({ text, at }) => warningAt(text, at))
  throw new StepError({
    code: 'does-not-fit',
    what: `the sensor does not fit into the task:\n${bulleted(fit.problems.map(({ text }) => text))}`,
    hint: fit.waysOut,
    faults: fit.problems
  })
}

/** The sensor takes the place of the first one found; references to an old name follow to the new one. */
function putInPlace(
  definition: Definition,
  app: readonly Container[],
  found: readonly Container[],
  sensor: Container
): Definition {
  const renamed = new Set(found.map(container => container.name).filter(name => name !== sensor.name))
  const containers = definition.containerDefinitions.flatMap(container => {
    if (container === found[0]) return [sensor]
    return app.includes(container) ? [renameReferences(container, renamed, sensor.name)] : []
  })
  return { ...definition, containerDefinitions: found.length === 0 ? [...containers, sensor] : containers }
}

function adoptionNotes(
  before: Definition,
  found: readonly Container[],
  sensor: Container,
  lost: readonly string[]
): Note[] {
  const [first, ...others] = found
  if (first === undefined) return [note(`adds the container ${sensor.name}`)]
  const name = first.name === sensor.name ? sensor.name : `${first.name} (now ${sensor.name})`
  const image = first.image === sensor.image ? '' : `; its image changes from ${first.image} to ${sensor.image}`
  const notes = isSameContainer(first, sensor)
    ? []
    : [note(`replaces the sensor that is there already, ${name}${image}`)]
  if (others.length > 0) {
    const text = `there were ${found.length} sensors; ${others.map(other => other.name).join(', ')} left out`
    notes.push(warningAt(text, pathOf(before, others[0]?.name)))
  }
  if (lost.length > 0) {
    const text = `the sensor that was there had what these inputs do not give, and loses it: ${lost.join(', ')}`
    notes.push(warningAt(text, pathOf(before, first.name)))
  }
  return notes
}
