import { type Fault, type FileLine, InputError, type Path } from '../errors.ts'

/** A JSON object whose members may be known to us or not; nothing in it is ever dropped for being unknown. */
export interface JsonObject {
  readonly [member: string]: unknown
}

export interface Container extends JsonObject {
  readonly name: string
}

/** A task definition as it goes on the wire, without response-only members and tags. */
export interface Definition extends JsonObject {
  readonly containerDefinitions: readonly Container[]
}

export interface Note {
  readonly level: 'note' | 'warning'
  readonly text: string
  readonly at?: Path
  /** Where that stands, when the definition came from a file. */
  readonly place?: FileLine
}

export const note = (text: string): Note => ({ level: 'note', text })
export const warning = (text: string): Note => ({ level: 'warning', text })
/** A warning about something in the definition as it was read. */
export const warningAt = (text: string, at: Path | undefined): Note => ({ ...warning(text), ...(at && { at }) })

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list member; anything else in it, or no list, counts as none. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** The strings of a list member; a single string is a list of one, as ECS's command forms allow in YAML files. */
export function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

/** A member that should be a string, or undefined when it is absent, empty or something else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Takes any parsed value as a task definition. Checks only what every later stage relies on: an object with a list of
 * containers that are objects with names of their own; the rest is for ECS to judge.
 * Throws InputError, naming `where` it came from; what is wrong has a place when the value is that of a file, `at` a path in it.
 */
export function toDefinition(value: unknown, where: string, at?: Path): Definition {
  const fault = (text: string, ...within: Path): Fault => ({ text: where + text, at: at && [...at, ...within] })
  if (!isObject(value)) throw new InputError([fault(`: a task definition is a JSON object, not ${kindOf(value)}`)])
  const containers = value.containerDefinitions
  if (!Array.isArray(containers)) {
    const found = containers === undefined ? 'it has none' : `not ${kindOf(containers)}`
    const text = `: "containerDefinitions" must be a list of containers, ${found}`
    throw new InputError([fault(text, 'containerDefinitions')])
  }
  const faults: Fault[] = []
  const seen = new Set<string>()
  for (const [index, container] of containers.entries()) {
    const say = (text: string) =>
      faults.push(fault(`: containerDefinitions[${index}]${text}`, 'containerDefinitions', index))
    if (!isObject(container)) say(` must be an object, not ${kindOf(container)}`)
    else if (typeof container.name !== 'string' || container.name === '') say(' needs a "name"')
    else if (seen.has(container.name)) say(`: the name "${container.name}" is used twice`)
    else seen.add(container.name)
  }
  if (containers.length === 0) {
    faults.push(fault(': "containerDefinitions" is empty: there is no application', 'containerDefinitions'))
  }
  if (faults.length > 0) throw new InputError(faults)
  return value as Definition
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** ECS counts a container without `essential` as essential (developer guide, "essential"). */
export function isEssential(container: Container): boolean {
  return container.essential !== false
}

/**
 * Whether tasks of the definition run on Fargate: it says so; or it says nothing and a service that runs it is on
 * Fargate; or nothing is known and it has the shape that only Fargate requires.
 */
export function isFargate(definition: Definition, servicesOnFargate?: boolean): boolean {
  const compatibilities = stringsOf(definition.requiresCompatibilities)
  if (compatibilities.includes('FARGATE')) return true
  if (servicesOnFargate !== undefined) return servicesOnFargate
  if (compatibilities.length > 0) return false
  return definition.networkMode === 'awsvpc' && isGiven(definition.cpu) && isGiven(definition.memory)
}

/** `runtimePlatform.cpuArchitecture`, where it is stated. */
export function architectureIn({ runtimePlatform }: Definition): string | undefined {
  return isObject(runtimePlatform) ? textOf(runtimePlatform.cpuArchitecture) : undefined
}

function isGiven(value: unknown): boolean {
  return typeof value === 'number' || textOf(value) !== undefined
}
