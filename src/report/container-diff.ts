import { structuredPatch } from 'diff'
import type { Rendering } from '../sensor/render.ts'
import { type Container, isObject, type JsonObject } from '../task-definition/definition.ts'
import type { Mask } from './arguments.ts'
import { redactor } from './redact.ts'
import { tellingIn } from './secrets-of.ts'
import { isEmpty, showContainer } from './shown-container.ts'

/**
 * What is there now against what is put there, as the lines of a unified diff; a container that is new or goes is shown whole. Values of
 * environment, secrets, the org id and whatever is not known to be harmless are never shown, only that they change.
 */
export function diffSensor({ replaced, sensor }: Rendering): string[] {
  const old = replaced && arrange(replaced, sensor)
  const [before, after] = showBoth(old, sensor)
  if (before === undefined || after === undefined) {
    const sign = before === undefined ? '+' : '-'
    const text = (before ?? after)?.text.trimEnd()
    return text === undefined ? [] : text.split('\n').map(line => `${sign}${line}`)
  }
  const { hunks } = structuredPatch('', '', before.text, after.text, '', '', { context: 2 })
  return hunks.flatMap(({ lines }, index) => [...(index > 0 ? ['  …'] : []), ...lines])
}

/** What is hidden in one place is hidden wherever else it stands, on both sides. */
function showBoth(old: Container | undefined, sensor: Container | undefined): [Shown | undefined, Shown | undefined] {
  const both = (say: (text: string) => string): [Shown | undefined, Shown | undefined] => {
    const before = old && show(old, say)
    return [before, sensor && show(sensor, say, before?.hidden)]
  }
  const shown = both(text => text)
  const telling = shown.flatMap(side => [...(side?.telling ?? [])])
  const isTold = telling.some(text => shown.some(side => side?.text.includes(JSON.stringify(text).slice(1, -1))))
  return isTold ? both(redactor([], telling)) : shown
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

interface Shown {
  readonly text: string
  /** What is not shown, by the place where it stands. */
  readonly hidden: ReadonlyMap<string, string>
  /** What would tell of it elsewhere. */
  readonly telling: readonly string[]
}

function show(container: Container, say: (text: string) => string, before?: ReadonlyMap<string, string>): Shown {
  const hidden = new Map<string, string>()
  const telling = new Set<string>()
  const mask: Mask = (name, value, kind) => {
    for (const text of tellingIn(value, kind)) telling.add(text)
    let place = name
    for (let count = 2; hidden.has(place); count++) place = `${name}, ${count}`
    hidden.set(place, JSON.stringify(value) ?? '')
    return before?.has(place) && before.get(place) !== hidden.get(place) ? '*** (changed)' : '***'
  }
  const said = Object.entries(showContainer(container, mask, say)).filter(([, value]) => !isEmpty(value))
  return { text: `${JSON.stringify(Object.fromEntries(said), null, 2)}\n`, hidden, telling: [...telling] }
}
