import type { Definition } from '../task-definition/definition.ts'
import { diffDefinitions } from '../task-definition/diff.ts'
import { findSensors } from './find.ts'
import type { Rendering } from './render.ts'

/** What the rendered definition has differently from the one that runs, sensors left out on both sides; images first. */
export function otherChanges(running: Definition, { after }: Rendering, image: string): string[] {
  return diffDefinitions(withoutSensors(running, image), withoutSensors(after, image)).map(({ text }) => text)
}

function withoutSensors(definition: Definition, image: string): Definition {
  const sensors = findSensors(definition, image)
  return {
    ...definition,
    containerDefinitions: definition.containerDefinitions.filter(container => !sensors.includes(container))
  }
}
