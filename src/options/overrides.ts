import { isObject, type JsonObject } from '../task-definition/definition.ts'

export interface Overrides {
  readonly overrides?: JsonObject | undefined
  readonly problems: readonly string[]
}

/** Reads `container-overrides`; the text itself is never repeated, it may hold a value. */
export async function readOverrides(text: string): Promise<Overrides> {
  const value = await parseObject(text)
  if (!isObject(value))
    return { problems: ['container-overrides: must be a JSON or YAML object, such as {"user": "0"}'] }
  if (Object.hasOwn(value, 'name'))
    return { problems: ['container-overrides: must not hold "name"; use container-name'] }
  const labels = isObject(value.dockerLabels) ? Object.keys(value.dockerLabels) : []
  if (labels.some(label => label.toLowerCase().startsWith('levoai.'))) {
    return {
      problems: ['container-overrides: dockerLabels must not begin with "levoai.", which is kept for this action']
    }
  }
  return { overrides: value, problems: [] }
}

async function parseObject(text: string): Promise<unknown> {
  try {
    return JSON.parse(text)
  } catch {
    const { parseDocument } = await import('../source/yaml.ts')
    const document = parseDocument(text, { merge: true, logLevel: 'error' })
    if (document.errors.length > 0) return undefined
    try {
      return document.toJS({ maxAliasCount: 100 })
    } catch {
      return undefined
    }
  }
}
