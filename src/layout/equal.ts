import { isObject } from '../task-definition/definition.ts'

/** Whether two JSON values say the same; the order of members does not count. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isEqual(item, b[index]))
  if (!isObject(a) || !isObject(b)) return Object.is(a, b)
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return keys.length === others.length && keys.every(key => Object.hasOwn(b, key) && isEqual(a[key], b[key]))
}
