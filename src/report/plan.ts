import { structuredPatch } from 'diff'
import type { Rendering } from '../sensor/render.ts'
import { type Container, isObject, type JsonObject, objectsOf } from '../task-definition/definition.ts'
import { hideArguments, type Mask } from './arguments.ts'

/**
 * The sensor's container and the task size as a unified diff, one line each: what is there now against what the plan puts there.
 * Values of environment, secrets, the org id and unknown arguments are never shown, only that they change.
 */
export function planLines(rendering: Rendering): string[] {
  return [...sizeLines(rendering), ...sensorLines(rendering)]
}

function sizeLines({ before, after }: Rendering): string[] {
  return ['cpu', 'memory'].flatMap(member => {
    const [had, has] = [before[member], after[member]]
    return had === has ? [] : [`-"${member}": ${JSON.stringify(had)}`, `+"${member}": ${JSON.stringify(has)}`]
  })
}

function sensorLines({ replaced, sensor }: Rendering): string[] {
  const before = replaced && show(replaced)
  const after = sensor && show(sensor, before?.hidden)
  if (before === undefined || after === undefined) {
    const sign = before === undefined ? '+' : '-'
    const text = (before ?? after)?.text.trimEnd()
    return text === undefined ? [] : text.split('\n').map(line => `${sign}${line}`)
  }
  const { hunks } = structuredPatch('', '', before.text, after.text, '', '', { context: 2 })
  return hunks.flatMap(({ lines }, index) => [...(index > 0 ? ['  …'] : []), ...lines])
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
  return { text: `${JSON.stringify(shown, null, 2)}\n`, hidden }
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
