import type { Rendering } from '../sensor/render.ts'
import { type Container, isObject, objectsOf, textOf } from '../task-definition/definition.ts'
import { markTags, type Tag } from '../task-definition/tags.ts'
import { diffSensor } from './container-diff.ts'
import type { Report } from './report.ts'

/** What a plan is made of; all of it is known before anything is registered, so it reads the same at any time after. */
export type Planned = Pick<
  Report,
  'rendering' | 'origin' | 'changed' | 'tagsBefore' | 'tags' | 'marks' | 'otherChanges'
>

/**
 * What changes, as a unified diff for people: where it starts and what it gives, the task size, the sensor's container, what an adopted sensor
 * loses, references to it, tags, and what changes besides where the definition was not made from what runs. None when nothing changes.
 */
export function planLines(planned: Planned): string[] {
  const { rendering } = planned
  if (rendering === undefined || planned.changed === false) return []
  const changes = [
    section('task size', diffSize(rendering)),
    section(`container ${nameOf(rendering)}`, diffSensor(rendering)),
    section(
      'lost with the sensor that was there',
      (rendering.lost ?? []).map(name => `-${name}`)
    ),
    section('other containers', diffOthers(rendering)),
    ...(planned.otherChanges ?? []).map(({ arn, services, changes }) =>
      section(
        `besides the sensor, compared with ${sayRevision(arn, services)}`,
        changes.map(change => `!${change}`)
      )
    )
  ].flat()
  const isKnown = planned.changed === true || changes.length > 0
  const sections = [...changes, ...section('tags', isKnown ? diffTags(planned) : [])]
  return sections.length === 0 ? [] : [...heading(planned, rendering), ...sections]
}

function heading({ origin = 'task definition' }: Planned, { after }: Rendering): string[] {
  const family = textOf(after.family)
  return [`--- ${origin}`, `+++ a new revision${family === undefined ? '' : ` of ${family}`}`]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`@@ ${title} @@`, ...lines]
}

function nameOf({ sensor, replaced }: Rendering): string {
  return sensor?.name ?? replaced?.name ?? ''
}

function sayRevision(arn: string, services: readonly string[]): string {
  return services.length === 0 ? shortened(arn) : `${shortened(arn)}, which ${services.join(', ')} runs`
}

/** `web:7`, of its ARN. */
function shortened(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

function diffSize({ before, after }: Rendering): string[] {
  return ['cpu', 'memory'].flatMap(member => diffValues(member, before[member], after[member]))
}

function diffValues(name: string, had: unknown, has: unknown): string[] {
  if (JSON.stringify(had) === JSON.stringify(has)) return []
  const line = (sign: string, value: unknown) =>
    value === undefined ? [] : [`${sign}${JSON.stringify(name)}: ${JSON.stringify(value)}`]
  return [...line('-', had), ...line('+', has)]
}

/** The rest of a task differs only in what it says of a sensor; and of several sensors one stays. */
function diffOthers({ before, after, replaced }: Rendering): string[] {
  const now = new Map(after.containerDefinitions.map(container => [container.name, container]))
  return before.containerDefinitions.flatMap(container => {
    if (container === replaced) return []
    const same = now.get(container.name)
    return same === undefined ? [`-container ${container.name}`] : diffReferences(container, same)
  })
}

function diffReferences(before: Container, after: Container): string[] {
  return ['dependsOn', 'volumesFrom'].flatMap(list => {
    const [had, has] = [spelled(before[list]), spelled(after[list])]
    const gone = had.filter(text => !has.includes(text)).map(text => `-${before.name}.${list}: ${text}`)
    return [...gone, ...has.filter(text => !had.includes(text)).map(text => `+${before.name}.${list}: ${text}`)]
  })
}

function spelled(references: unknown): string[] {
  return objectsOf(references)
    .filter(isObject)
    .map(reference => JSON.stringify(reference))
}

function diffTags({ tagsBefore = [], tags = [], marks }: Planned): string[] {
  const [had, has] = [byKey(tagsBefore), byKey(markTags(tags, marks))]
  return [...new Set([...had.keys(), ...has.keys()])].flatMap(key => diffValues(key, had.get(key), has.get(key)))
}

function byKey(tags: readonly Tag[]): Map<string, string> {
  return new Map(tags.map(({ key, value }) => [key, value]))
}
