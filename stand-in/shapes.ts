import { ApiError } from './api-error.ts'
import { isObject, type JsonObject } from './json.ts'

export type Shape =
  | 'string'
  | 'integer'
  /** Epoch seconds with a fraction. */
  | 'timestamp'
  | 'boolean'
  | { list: Shape }
  | { map: Shape }
  | { members: Record<string, Shape> }

/**
 * Reads a value as the service's deserializer does: null counts as absent, digits in a string are taken as an integer,
 * members that the shape lacks stay as they are. @throws ApiError SerializationException for a JSON type that does not fit.
 */
export function readShape(shape: Shape, value: unknown): unknown {
  if (shape === 'string') return typeof value === 'string' ? value : mismatch(value, 'a String')
  if (shape === 'boolean') return typeof value === 'boolean' ? value : mismatch(value, 'a Boolean')
  if (shape === 'integer') return readInteger(value)
  if (shape === 'timestamp') return typeof value === 'number' ? value : mismatch(value, 'a Timestamp')
  if ('list' in shape) return readList(shape.list, value)
  if (!isObject(value)) throw serialization('map' in shape ? 'Expected map or null' : 'Expected structure or null')
  return 'map' in shape ? readMembers(value, () => shape.map) : readMembers(value, name => shape.members[name])
}

/** As `readShape`, for the structure that a request is. */
export function readStructure(members: Record<string, Shape>, value: JsonObject): JsonObject {
  return readMembers(value, name => members[name])
}

function readInteger(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value)
  return mismatch(value, 'an Integer')
}

function readList(shape: Shape, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw serialization('Expected list or null')
  return value.filter(item => item !== null).map(item => readShape(shape, item))
}

function readMembers(value: JsonObject, shapeOf: (name: string) => Shape | undefined): JsonObject {
  const read: [string, unknown][] = []
  for (const [name, member] of Object.entries(value)) {
    const shape = shapeOf(name)
    if (shape === undefined) read.push([name, member])
    else if (member !== null) read.push([name, readShape(shape, member)])
  }
  return Object.fromEntries(read)
}

function mismatch(value: unknown, wanted: string): never {
  if (Array.isArray(value)) throw serialization('Start of list found where not expected')
  if (isObject(value)) throw serialization('Start of structure or map found where not expected.')
  const kind = typeof value === 'boolean' ? `${value}_VALUE`.toUpperCase() : `${typeof value}_VALUE`.toUpperCase()
  throw serialization(`${kind} can not be converted to ${wanted}`)
}

function serialization(message: string): ApiError {
  return new ApiError('SerializationException', message)
}
