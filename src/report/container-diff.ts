import { structuredPatch } from 'diff'
import type { Rendering } from '../sensor/render.ts'
import { type Container, isObject, type JsonObject } from '../task-definition/definition.ts'
import type { Mask } from './arguments.ts'
import { redactor } from './redact.ts'
import { hiddenIn } from './secrets-of.ts'
import { isEmpty, showContainer } from './shown-container.ts'

/**
 * What is there now against what is put there, as the lines of a unified diff; a container that is new or goes is shown whole. Values of
 * environment, secrets, the org id and whatever is not known to be harmless are never shown, only that they change.
 */
export function diffSensor({ replaced, sensor }: Rendering): string[] {
  const old = replaced && arrange(replaced, sensor)
  // What is hidden in one place is hidden wherever else it stands, on both sides.
  const say = redactor([], [...hiddenIn(old), ...hiddenIn(sensor)])
  const before = old && show(old, say)
  const after = sensor && show(sensor, say, before?.hidden)
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

interface Shown {
  readonly text: string
  /** What is not shown, by the place where it stands. */
  readonly hidden: ReadonlyMap<string, string>
}

function show(container: Container, say: (text: string) => string, before?: ReadonlyMap<string, string>): Shown {
  const hidden = new Map<string, string>()
  const mask: Mask = (name, value) => {
    let place = name
    for (let count = 2; hidden.has(place); count++) place = `${name}, ${count}`
    hidden.set(place, JSON.stringify(value) ?? '')
    return before?.has(place) && before.get(place) !== hidden.get(place) ? '*** (changed)' : '***'
  }
  const said = Object.entries(showContainer(container, mask, say)).filter(([, value]) => !isEmpty(value))
  return { text: `${JSON.stringify(Object.fromEntries(said), null, 2)}\n`, hidden }
}
