import { isObject } from '../task-definition/definition.ts'

/** Whether two values are the same JSON; the order of members does not count. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isEqual(item, b[index]))
  if (!isObject(a) || !isObject(b)) return asJson(a) === asJson(b)
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return keys.length === others.length && keys.every(key => Object.hasOwn(b, key) && isEqual(a[key], b[key]))
}

/** JSON has no infinity: 1e999 goes on the wire as null. */
function asJson(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}
