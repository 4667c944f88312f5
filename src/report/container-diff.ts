import { structuredPatch } from 'diff'
import type { Rendering } from '../sensor/render.ts'
import { type Container, isObject, type JsonObject, objectsOf } from '../task-definition/definition.ts'
import { hideArguments, type Mask } from './arguments.ts'

/**
 * What is there now against what is put there, as the lines of a unified diff; a container that is new or goes is shown whole. Values of
 * environment, secrets, the org id and unknown arguments are never shown, only that they change.
 */
export function diffSensor({ replaced, sensor }: Rendering): string[] {
  const before = replaced && show(arrange(replaced, sensor))
  const after = sensor && show(sensor, before?.hidden)
  if (before === undefined || after === undefined) {
    const sign = before === undefined ? '+' : '-'
    const text = (before ?? after)?.text.trimEnd()
    return text === undefined ? [] : text.split('\n').map(line => `${sign}${line}`)
  }
  const { hunks } = structuredPatch('', '', before.text, after.text, '', '', { context: 2 })
  return hunks.flatMap(({ lines }, index) => [...(index > 0 ? ['  …'] : []), ...lines])
}

/** The container as a later one is spelled: what ECS has put in another order is no difference. */
function arrange(container: Container, like: Container | undefined): Container {
  return arrangeMembers(container, like ?? {}) as Container
}

function arrangeMembers(value: JsonObject, like: JsonObject): JsonObject {
  const members = [...new Set([...Object.keys(like), ...Object.keys(value)])].filter(member => member in value)
  return Object.fromEntries(
    members.map(member => {
      const [inner, model] = [value[member], like[member]]
      return [member, isObject(inner) && isObject(model) ? arrangeMembers(inner, model) : inner]
    })
  )
}

/** A list or an object with nothing in it says nothing, and ECS fills some in. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

interface Shown {
  readonly text: string
  /** What is not shown, by the place where it stands. */
  readonly hidden: ReadonlyMap<string, unknown>
}

function show(container: Container, before?: ReadonlyMap<string, unknown>): Shown {
  const hidden = new Map<string, unknown>()
  const mask: Mask = (place, value) => {
    hidden.set(place, value)
    return before?.has(place) && before.get(place) !== value ? '*** (changed)' : '***'
  }
  const shown: Record<string, unknown> = { ...container, ...hideArguments(container, mask) }
  if (container.environment !== undefined) shown.environment = hideValues(container.environment, 'value', mask)
  if (container.secrets !== undefined) shown.secrets = hideValues(container.secrets, 'valueFrom', mask)
  if (isObject(container.logConfiguration)) shown.logConfiguration = hideLogOptions(container.logConfiguration, mask)
  const said = Object.fromEntries(Object.entries(shown).filter(([, value]) => !isEmpty(value)))
  return { text: `${JSON.stringify(said, null, 2)}\n`, hidden }
}

/** The only environment variable of the sensor that says nothing about anybody. */
const SHOWN_VARIABLE = 'LEVO_AWS_REGION'

function hideValues(items: unknown, member: 'value' | 'valueFrom', mask: Mask): JsonObject[] {
  return objectsOf(items).map(item =>
    item.name === SHOWN_VARIABLE ? item : { ...item, [member]: mask(`${member} ${item.name}`, item[member]) }
  )
}

/** Options of awslogs name groups and Regions; those of other drivers may hold tokens. */
function hideLogOptions(configuration: JsonObject, mask: Mask): JsonObject {
  const options = isObject(configuration.options) ? configuration.options : {}
  const shown = Object.entries(options).map(([key, value]) => [
    key,
    key.startsWith('awslogs-') ? value : mask(`option ${key}`, value)
  ])
  return {
    ...configuration,
    ...(configuration.options === undefined ? {} : { options: Object.fromEntries(shown) }),
    ...(configuration.secretOptions === undefined
      ? {}
      : { secretOptions: hideValues(configuration.secretOptions, 'valueFrom', mask) })
  }
}
