import type { Path } from '../errors.ts'
import type { Container, Definition } from '../task-definition/definition.ts'

/** Where a sensor is to go. */
export interface Place {
  readonly definition: Definition
  /** Whether a service to move runs on Fargate; undefined when there are none or they were not looked at. */
  readonly servicesOnFargate?: boolean | undefined
  /** Some do and others do not: what Fargate asks for holds, what it promises does not. */
  readonly servicesOnBoth?: boolean | undefined
  /** Tasks that the services want, all together. */
  readonly tasks?: number | undefined
  /** `false`: some service gives its tasks no public address. */
  readonly publicAddresses?: boolean | undefined
  /** Whether its registry is asked for what the sensor's image is: then nothing is guessed of it here. */
  readonly asksRegistry?: boolean | undefined
}

/** A task with its sensor. */
export interface Task extends Place {
  /** Every container but the sensor. */
  readonly app: readonly Container[]
  readonly sensor: Container
}

/** One row of the refusals or the warnings. */
export interface Rule<T> {
  readonly code: string
  /** The sentence to print when the rule applies, with what to do instead. */
  readonly says: (subject: T) => string | undefined
  /** What of the definition it is about; asked when the rule applies. Without it the rule is about something else. */
  readonly at?: (subject: T) => Path
}

/** Where a container, or what is within it, stands in the definition; `[]` for one that is not there. */
export function pathOf(definition: Definition, name: string | undefined, ...within: Path): Path {
  const index = definition.containerDefinitions.findIndex(container => container.name === name)
  return index < 0 ? [] : ['containerDefinitions', index, ...within]
}
