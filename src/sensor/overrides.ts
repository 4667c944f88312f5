import { InputError } from '../errors.ts'
import { type Container, isObject, type JsonObject, type Note, warning } from '../task-definition/definition.ts'
import { isSensor } from './find.ts'

/**
 * Merges an object over the container: objects member by member, everything else (lists too) as a whole; `null` deletes a member.
 * What would make the sensor a danger to the application is done all the same, with a warning. Throws InputError when nothing would
 * be left by which the container is known as a sensor: the next run would put another one beside it.
 */
export function overrideContainer(
  container: Container,
  overrides: JsonObject
): { container: Container; notes: Note[] } {
  const merged = merge(container, overrides) as Container
  if (!isSensor(merged, String(container.image))) {
    const problem = 'container-overrides: must not make the container unknown as a sensor; give its image with image'
    throw new InputError([problem])
  }
  return { container: merged, notes: DANGERS.flatMap(danger => danger(merged) ?? []).map(warning) }
}

function merge(base: unknown, over: JsonObject): JsonObject {
  const merged = new Map(Object.entries(isObject(base) ? base : {}))
  for (const [member, value] of Object.entries(over)) {
    if (value === null) merged.delete(member)
    else merged.set(member, isObject(value) ? merge(merged.get(member), value) : value)
  }
  return Object.fromEntries(merged)
}

const DANGERS: readonly ((container: Container) => string | undefined)[] = [
  container =>
    container.essential === false
      ? undefined
      : 'container-overrides makes the sensor essential: when it stops, ECS stops the whole task. Leave essential out',
  container =>
    hasItems(container.portMappings)
      ? 'container-overrides gives the sensor ports: it listens on none, and they can collide with those of the application'
      : undefined,
  container =>
    addsCapability(container.linuxParameters)
      ? 'container-overrides adds capabilities: NET_RAW is in the default set, and Fargate refuses all but SYS_PTRACE'
      : undefined,
  container =>
    container.privileged === true
      ? 'container-overrides makes the sensor privileged: it needs no right but NET_RAW, and Fargate refuses it'
      : undefined,
  container =>
    hasItems(container.dependsOn)
      ? 'container-overrides makes the sensor wait for other containers: it misses their first traffic'
      : undefined
]

function hasItems(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0
}

function addsCapability(parameters: unknown): boolean {
  const capabilities = isObject(parameters) ? parameters.capabilities : undefined
  return isObject(capabilities) && hasItems(capabilities.add)
}
