import { StepError } from '../errors.ts'
import { type Definition, isEssential, note } from '../task-definition/definition.ts'
import { findSensors } from './find.ts'
import { dropReferences } from './references.ts'
import type { Rendering } from './render.ts'
import { pathOf } from './rule.ts'
import { restoreSize } from './task-size.ts'

/**
 * Takes every sensor out, with the references to it, and gives a task that grew for it its old size back; nothing else changes.
 * Throws StepError when nothing but sensors, or nothing essential but them, is there.
 */
export function remove(before: Definition, image: string): Rendering {
  const found = findSensors(before, image)
  const [first] = found
  // That there is none is for whoever tells of the comparison to say.
  if (first === undefined) return { before, after: before, notes: [] }
  if (found.length === before.containerDefinitions.length) {
    throw new StepError({
      code: 'nothing-left',
      what: `the task definition holds nothing but the sensor (${first.name}): without it there would be no container left.`,
      hint: 'Deregister the task definition, or check image: a container counts as a sensor when it runs that image.',
      at: pathOf(before, first.name)
    })
  }
  const rest = before.containerDefinitions.filter(container => !found.includes(container))
  if (!rest.some(isEssential) && found.some(isEssential)) {
    throw new StepError({
      code: 'nothing-essential',
      what: `the sensor (${first.name}) is the only essential container of the task definition, and ECS takes none without one.`,
      hint: 'Make a container of the application essential first.',
      at: pathOf(before, first.name)
    })
  }
  const names = new Set(found.map(container => container.name))
  const restored = restoreSize(before, found)
  const notes = [note(`takes out ${[...names].join(', ')}`), ...restored.notes]
  const containers = rest.map(container => {
    const dropped = dropReferences(container, names)
    for (const list of dropped.lists) notes.push(note(`${container.name} named it in ${list}: taken out there too`))
    return dropped.container
  })
  return { before, after: { ...restored.definition, containerDefinitions: containers }, replaced: first, notes }
}
