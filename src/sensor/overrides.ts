import { type Container, isObject, type JsonObject, type Note, warning } from '../task-definition/definition.ts'

/**
 * Merges an object over the container: objects member by member, everything else (lists too) as a whole; `null` deletes a member.
 * What would make the sensor a danger to the application is done all the same, with a warning.
 */
export function overrideContainer(
  container: Container,
  overrides: JsonObject
): { container: Container; notes: Note[] } {
  const merged = merge(container, overrides) as Container
  return { container: merged, notes: DANGERS.flatMap(danger => danger(merged) ?? []).map(warning) }
}

function merge(base: unknown, over: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...(isObject(base) ? base : {}) }
  for (const [member, value] of Object.entries(over)) {
    if (value === null) delete merged[member]
    else merged[member] = isObject(value) ? merge(merged[member], value) : value
  }
  return merged
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
