import type { Rendering } from '../sensor/render.ts'
import { type Container, isObject, objectsOf, textOf } from '../task-definition/definition.ts'
import { markTags, type Tag, withoutMarks } from '../task-definition/tags.ts'
import { diffSensor } from './container-diff.ts'
import { movesOf, type OtherChanges, type Report } from './report.ts'
import { sayRevision, shortened } from './say-change.ts'

/** What a plan is made of; all of it is known before anything is registered, so it reads the same at any time after. */
export type Planned = Pick<
  Report,
  | 'rendering'
  | 'origin'
  | 'changed'
  | 'baseArn'
  | 'tagsBefore'
  | 'tags'
  | 'marks'
  | 'otherChanges'
  | 'until'
  | 'dryRun'
  | 'named'
  | 'running'
  | 'forces'
  | 'sets'
>

/**
 * What changes, as a unified diff for people: where it starts and what it gives, the task size, the sensor's container, what an adopted sensor
 * loses, references to it, tags, and what changes where the definition was not made from what runs. None when nothing changes, in no
 * service either.
 */
export function planLines(planned: Planned): string[] {
  const { rendering } = planned
  if (rendering === undefined) return []
  const moves = planned.changed === false ? diffServices(planned) : []
  if (planned.changed === false && moves.length === 0 && (planned.otherChanges ?? []).length === 0) return []
  const changes = [
    section('task size', diffSize(rendering)),
    section(`container ${nameOf(rendering)}`, diffSensor(rendering)),
    section(
      'lost with the sensor that was there',
      (rendering.lost ?? []).map(name => `-${name}`)
    ),
    section('other containers', diffOthers(rendering)),
    ...(planned.otherChanges ?? []).map(other => diffRunning(other, rendering)),
    section('services', moves)
  ].flat()
  // Of a revision that is there already the tags are as they are.
  const isKnown = planned.changed !== false && (planned.changed === true || changes.length > 0)
  const sections = [...changes, ...section('tags', isKnown ? diffTags(planned) : [])]
  return sections.length === 0 ? [] : [...heading(planned, rendering), ...sections]
}

function heading({ origin = 'task definition', changed, baseArn }: Planned, { after }: Rendering): string[] {
  if (changed === false && baseArn !== undefined) {
    return [`--- ${origin}`, `+++ ${shortened(baseArn)}, which is there already`]
  }
  const family = textOf(after.family)
  return [`--- ${origin}`, `+++ a new revision${family === undefined ? '' : ` of ${family}`}`]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`@@ ${title} @@`, ...lines]
}

function nameOf({ sensor, replaced }: Rendering): string {
  return sensor?.name ?? replaced?.name ?? ''
}

/** A revision that the definition was not made from: what becomes of its sensor, and of all the rest. */
function diffRunning(other: OtherChanges, rendering: Rendering): string[] {
  const { sensor, changes } = other
  const revision = sayRevision(other)
  const replaced = sensor?.before
  return [
    ...(sensor === undefined
      ? []
      : section(`container ${rendering.sensor?.name ?? replaced?.name}, compared with ${revision}`, [
          ...diffSensor({ ...rendering, replaced }),
          ...sensor.others.map(name => `-container ${name}`)
        ])),
    ...section(
      `lost with the sensor of ${revision}`,
      (sensor?.lost ?? []).map(name => `-${name}`)
    ),
    ...section(
      `besides the sensor, compared with ${revision}`,
      changes.map(change => `!${change}`)
    )
  ]
}

/** Onto a revision that is there already. */
function diffServices(planned: Planned): string[] {
  const { moved, anew, set } = movesOf(planned)
  const revision = shortened(planned.baseArn ?? '')
  const before = new Map(planned.running?.map(({ service, arn }) => [service, `${shortened(arn)} -> `]))
  return [
    ...moved.map(service => `!${service}: ${before.get(service) ?? ''}${revision}`),
    ...anew.map(service => `!${service}: ${revision}, deployed anew`),
    ...set.map(service => `!${service}: ${(planned.sets ?? []).join(', ')}`)
  ]
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

/** Where nothing is registered by this run or the one that a dry run stands for, nothing is marked by it. */
function diffTags({ tagsBefore = [], tags = [], marks, until, dryRun }: Planned): string[] {
  const registers = until !== 'render' || dryRun
  const [had, has] = registers
    ? [byKey(tagsBefore), byKey(markTags(tags, marks))]
    : [byKey(withoutMarks(tagsBefore)), byKey(withoutMarks(tags))]
  return [...new Set([...had.keys(), ...has.keys()])].flatMap(key => diffValues(key, had.get(key), has.get(key)))
}

function byKey(tags: readonly Tag[]): Map<string, string> {
  return new Map(tags.map(({ key, value }) => [key, value]))
}
