import { type Container, type Definition, isObject, type JsonObject, objectsOf } from './definition.ts'
import { taskCpu, taskMemory, wholeNumber } from './sizes.ts'
import { isOwnMark, isReserved, mergeTags, type Tag } from './tags.ts'

/**
 * One text for every spelling of the same definition: what ECS fills in, orders or respells at registration is made
 * alike, so that two texts are equal when registering one would give the other. Our own marks and AWS's tags do not count.
 * Never changes its arguments; canonical of the parsed result is the same text.
 */
export function canonical(definition: Definition, tags: readonly Tag[]): string {
  const counted = mergeTags(tags).filter(tag => !isOwnMark(tag) && !isReserved(tag.key))
  return JSON.stringify(settle({ ...canonicalForm(definition), tags: counted.sort(by('key')) }))
}

/** The definition itself in that form, without tags. */
export function canonicalForm(definition: Definition): JsonObject {
  return settle({
    ...definition,
    ...(isAbsent(definition.cpu) ? {} : { cpu: String(taskCpu(definition) ?? definition.cpu) }),
    ...(isAbsent(definition.memory) ? {} : { memory: String(taskMemory(definition) ?? definition.memory) }),
    ...(Array.isArray(definition.requiresCompatibilities)
      ? { requiresCompatibilities: [...definition.requiresCompatibilities].sort() }
      : {}),
    containerDefinitions: definition.containerDefinitions.map(container => canonicalContainer(container, definition))
  }) as JsonObject
}

function canonicalContainer(container: Container, definition: Definition): JsonObject {
  return {
    ...container,
    essential: container.essential ?? true,
    cpu: wholeNumber(container.cpu) ?? container.cpu ?? 0,
    ...numeric(container, 'memory'),
    ...numeric(container, 'memoryReservation'),
    ...(container.portMappings === undefined ? {} : { portMappings: canonicalPorts(container, definition) }),
    ...(isObject(container.healthCheck) ? { healthCheck: { ...HEALTH_CHECK, ...container.healthCheck } } : {}),
    ...sorted(container, 'environment'),
    ...sorted(container, 'secrets')
  }
}

function numeric(container: Container, member: string): JsonObject {
  const number = wholeNumber(container[member])
  return number === undefined ? {} : { [member]: number }
}

/** ECS keeps environment and secrets by name and promises no order. */
function sorted(container: Container, member: string): JsonObject {
  const list = container[member]
  return Array.isArray(list) && list.every(isObject) ? { [member]: [...list].sort(by('name')) } : {}
}

/** What ECS fills into a health check (API reference, HealthCheck). */
const HEALTH_CHECK = { interval: 30, timeout: 5, retries: 3 }

/** In awsvpc and host mode a host port that is not given, or 0, is the container port (API reference, PortMapping). */
function canonicalPorts(container: Container, definition: Definition): unknown {
  if (!Array.isArray(container.portMappings)) return container.portMappings
  const shared = definition.networkMode === 'awsvpc' || definition.networkMode === 'host'
  return objectsOf(container.portMappings).map(mapping => {
    const port = wholeNumber(mapping.containerPort)
    if (port === undefined) return { protocol: 'tcp', ...mapping }
    const hostPort = wholeNumber(mapping.hostPort) ?? 0
    return { protocol: 'tcp', ...mapping, containerPort: port, hostPort: shared && hostPort === 0 ? port : hostPort }
  })
}

function by(member: string): (a: unknown, b: unknown) => number {
  const keyOf = (value: unknown) => (isObject(value) ? String(value[member]) : '')
  return (a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0)
}

/** Members in one order; what says nothing (null, an empty list or object) left out, as ECS's answers do not tell them apart. */
function settle(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settle)
  if (!isObject(value)) return value
  const members = Object.entries(value)
    .map(([member, inner]) => [member, settle(inner)] as const)
    .filter(([, inner]) => !saysNothing(inner))
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}
