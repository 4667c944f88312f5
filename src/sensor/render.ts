import type { Container, Definition, Note } from '../task-definition/definition.ts'
import type { SensorOptions } from './container.ts'
import { findSensors } from './find.ts'
import { install } from './install.ts'
import { remove } from './remove.ts'
import type { Place } from './rule.ts'

export type Change =
  | { readonly kind: 'install'; readonly sensor: SensorOptions }
  /** `image` tells a sensor from a mirror of another name. */
  | { readonly kind: 'remove'; readonly image: string }
  /** Only finds the sensor that is there. */
  | { readonly kind: 'keep'; readonly image: string }

export interface RenderContext extends Omit<Place, 'definition'> {
  readonly region: string
}

export interface Rendering {
  readonly before: Definition
  readonly after: Definition
  /** The sensor that was there, if there was one. */
  readonly replaced?: Container | undefined
  /** The sensor that is there now; none when it was taken out. */
  readonly sensor?: Container | undefined
  /** What the sensor that was there had and these options do not give, by name and without a value. */
  readonly lost?: readonly string[]
  readonly notes: readonly Note[]
}

/**
 * Puts the sensor into the definition, takes it out, or finds it. The argument is never changed, and nothing but the sensor's container
 * differs in the result, but for references to it and, when it had to grow, the task size.
 * Throws StepError when the task is not suitable or the sensor does not fit, InputError when a share has no task size.
 */
export function render(before: Definition, change: Change, context: RenderContext): Rendering {
  switch (change.kind) {
    case 'install':
      return install(before, change.sensor, context)
    case 'remove':
      return remove(before, change.image)
    case 'keep':
      return { before, after: before, sensor: findSensors(before, change.image)[0], notes: [] }
  }
}
