import { structuredPatch } from 'diff'
import { FLAGS, SECRET_FLAGS } from '../sensor/flags.ts'
import type { Rendering } from '../sensor/render.ts'
import { type Container, isObject, type JsonObject, objectsOf } from '../task-definition/definition.ts'

const HIDDEN = '***'
const CHANGED = '*** (changed)'

/**
 * The sensor's container as a unified diff, one line each: what is there now against what the plan puts there. Values of
 * environment, secrets, the org id and unknown arguments are never shown, only that they change.
 */
export function planLines(rendering: Rendering): string[] {
  const after = show(rendering.sensor, rendering.replaced)
  if (rendering.replaced === undefined)
    return after
      .trimEnd()
      .split('\n')
      .map(line => `+${line}`)
  const before = show(rendering.replaced, undefined)
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 2 })
  return hunks.flatMap(({ lines }, index) => [...(index > 0 ? ['  …'] : []), ...lines])
}

function show(container: Container, previous: Container | undefined): string {
  const shown: Record<string, unknown> = { ...container }
  for (const [member, key, value] of NAMED_VALUES) {
    if (shown[member] !== undefined) shown[member] = hideValues(container[member], previous?.[member], key, value)
  }
  for (const member of ['entryPoint', 'command']) {
    if (Array.isArray(container[member])) shown[member] = hideArguments(container[member], previous?.[member])
  }
  if (isObject(container.logConfiguration)) shown.logConfiguration = hideLogOptions(container.logConfiguration)
  return `${JSON.stringify(shown, null, 2)}\n`
}

const NAMED_VALUES = [
  ['environment', 'name', 'value'],
  ['secrets', 'name', 'valueFrom']
] as const

/** The only environment variable of the sensor that says nothing about anybody. */
const SHOWN_VARIABLE = 'LEVO_AWS_REGION'

function hideValues(items: unknown, previous: unknown, key: string, value: string): JsonObject[] {
  const before = new Map(objectsOf(previous).map(item => [item[key], item[value]]))
  return objectsOf(items).map(item => {
    if (item[key] === SHOWN_VARIABLE) return item
    const changed = before.has(item[key]) && before.get(item[key]) !== item[value]
    return { ...item, [value]: changed ? CHANGED : HIDDEN }
  })
}

const SHOWN_FLAGS = new Set(
  Object.keys(FLAGS)
    .map(flag => `--${flag}`)
    .filter(flag => !SECRET_FLAGS.includes(flag))
)

/** Program names and the values of the flags that we know are shown; of everything else only the flag's name. */
function hideArguments(items: readonly unknown[], previous: unknown): string[] {
  const words = items.map(String)
  const before = Array.isArray(previous) ? previous.map(String) : []
  const program = words.findIndex(word => word.startsWith('-'))
  return words.map((word, index) => {
    if (program < 0 || index < program) return word
    const flag = words[index - 1]
    if (flag !== undefined && SHOWN_FLAGS.has(flag)) return hideUserInfo(word)
    if (word.startsWith('-') && !(flag !== undefined && SECRET_FLAGS.includes(flag))) return hideAssigned(word)
    const old = flag === undefined ? -1 : before.indexOf(flag)
    return old >= 0 && before[old + 1] !== word ? CHANGED : HIDDEN
  })
}

function hideAssigned(word: string): string {
  const at = word.indexOf('=')
  if (at < 0) return word
  return SHOWN_FLAGS.has(word.slice(0, at)) ? hideUserInfo(word) : `${word.slice(0, at)}=${HIDDEN}`
}

function hideUserInfo(word: string): string {
  return word.replace(/(https?:\/\/)[^/\s]*@/i, `$1${HIDDEN}@`)
}

/** Options of awslogs name groups and Regions; those of other drivers may hold tokens. */
function hideLogOptions(configuration: JsonObject): JsonObject {
  const options = isObject(configuration.options) ? configuration.options : {}
  const shown = Object.entries(options).map(([key, value]) => [key, key.startsWith('awslogs-') ? value : HIDDEN])
  const secretOptions = objectsOf(configuration.secretOptions).map(option => ({ ...option, valueFrom: HIDDEN }))
  return {
    ...configuration,
    ...(configuration.options === undefined ? {} : { options: Object.fromEntries(shown) }),
    ...(configuration.secretOptions === undefined ? {} : { secretOptions })
  }
}
