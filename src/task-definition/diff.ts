import { canonicalForm } from './canonical.ts'
import { type Definition, isObject, type JsonObject } from './definition.ts'

/** One place in which two definitions differ; values that may be secret are not in it. */
export interface Difference {
  /** Such as `containerDefinitions[web].image`. */
  readonly path: string
  readonly text: string
}

/**
 * What `to` has differently from `from`, in canonical form, so that mere spelling does not count; images first. Containers and other
 * named items are compared by name. Values of environment, secrets and free options are named, not shown.
 */
export function diffDefinitions(from: Definition, to: Definition): Difference[] {
  const found = differ(canonicalForm(from), canonicalForm(to), '')
  const isImage = ({ path }: Difference) => IMAGE.test(path)
  return [...found.filter(isImage), ...found.filter(difference => !isImage(difference))]
}

function differ(from: unknown, to: unknown, path: string): Difference[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return []
  if (from === undefined) return [{ path, text: `${path}: added${shown(path, to)}` }]
  if (to === undefined) return [{ path, text: `${path}: gone` }]
  if (isNamedList(from) && isNamedList(to)) return differMembers(byName(from), byName(to), name => `${path}[${name}]`)
  if (isObject(from) && isObject(to))
    return differMembers(from, to, member => (path === '' ? member : `${path}.${member}`))
  const values =
    isHidden(path) || !isPlain(from) || !isPlain(to) ? ' changed' : ` ${JSON.stringify(from)} -> ${JSON.stringify(to)}`
  return [{ path, text: `${path}:${values}` }]
}

function differMembers(from: JsonObject, to: JsonObject, pathOf: (member: string) => string): Difference[] {
  const members = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return members.flatMap(member => differ(from[member], to[member], pathOf(member)))
}

function isNamedList(value: unknown): value is JsonObject[] {
  if (!Array.isArray(value) || !value.every(item => isObject(item) && typeof item.name === 'string')) return false
  return new Set(value.map(item => item.name)).size === value.length
}

function byName(items: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(items.map(item => [String(item.name), item]))
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

const IMAGE = /^containerDefinitions\[[^[\]]*\]\.image$/

/** Only what is known to be harmless is shown by its value; a label or an option may have any of these names too. */
const SHOWN: readonly RegExp[] = [
  /^(cpu|memory|networkMode|taskRoleArn|executionRoleArn|pidMode|ipcMode|family)$/,
  /^(runtimePlatform\.(cpuArchitecture|operatingSystemFamily)|ephemeralStorage\.sizeInGiB)$/,
  /^containerDefinitions\[[^[\]]*\]\.(image|cpu|memory|memoryReservation|essential)$/,
  /^containerDefinitions\[[^[\]]*\]\.portMappings\[[^[\]]*\]\.(containerPort|hostPort|protocol)$/
]

function isHidden(path: string): boolean {
  return !SHOWN.some(pattern => pattern.test(path))
}

function shown(path: string, value: unknown): string {
  return isHidden(path) || !isPlain(value) ? '' : ` ${JSON.stringify(value)}`
}
