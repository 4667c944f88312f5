import type { Target } from '../fleet/fleet.ts'
import type { Rendering } from '../sensor/render.ts'
import { type Definition, isObject } from '../task-definition/definition.ts'
import type { Kind } from './arguments.ts'
import type { Report } from './report.ts'
import { showContainer } from './shown-container.ts'
import { credentialsIn, partsOf } from './url-credentials.ts'

/** Shorter values stand in too many words to be told apart from them. */
const SHORTEST = 4

/**
 * What half of all containers have in their environment, and nobody keeps secret; the words that our own messages are made of; and numbers
 * that are ports, sizes, times or an account: hidden, they would only garble messages.
 */
const COMMON = new Set(
  [
    'true false null none info debug trace warn warning error json text test testing staging production development prod',
    'utf-8 utf8 localhost 0.0.0.0 127.0.0.1 http https node default enabled disabled',
    'service services task tasks cluster clusters container containers sensor sensors deployment deployments',
    'definition definitions revision revisions image images memory levo levoai',
    'start started starting stop stopped running failed serve server worker blocking non-blocking',
    'fargate linux x86_64 arm64 awslogs awsvpc'
  ].flatMap(words => words.split(' '))
)

const COMMON_NUMBER = /^(?:\d{1,5}|\d{12})$/

/**
 * What a log line of one of its containers, or AWS, may show and we must not: values of environment and secrets, of arguments and options
 * that we do not know, the org id, credentials in URLs. What stands in what is shown of the definition anyway, or in `shown`, is none.
 */
export function secretsOf(definition: Definition, shown: readonly string[] = []): string[] {
  const { containerDefinitions, ...task } = definition
  const found: string[] = []
  const containers = containerDefinitions.map(container =>
    showContainer(container, (_place, value, kind) => {
      const texts = textsIn(value)
      if (kind === 'value') found.push(...texts.flatMap(linesOf))
      found.push(...texts.flatMap(kind === 'credentials' ? partsOf : credentialsIn))
      return '***'
    })
  )
  const { family, taskRoleArn, executionRoleArn, cpu, memory } = task
  const open = [JSON.stringify([family, taskRoleArn, executionRoleArn, cpu, memory, containers]), ...shown].join('\n')
  return [...new Set(found)].filter(text => isTelling(text) && !standsIn(open, text))
}

/** The same of what was rendered, where nothing counts that the report shows of itself. */
export function secretsIn({ rendering, region, cluster, named, origin, tags = [], tagsBefore = [] }: Report): string[] {
  if (rendering === undefined) return []
  const values = [...tags, ...tagsBefore].map(({ value }) => value)
  const shown = [region, cluster, ...named, origin ?? '', ...values]
  return [rendering.before, rendering.after].flatMap(definition => secretsOf(definition, shown))
}

/** The same of what was rendered for services of a fleet. */
export function secretsInTarget({ before, after }: Rendering, { region, arn, services }: Target): string[] {
  const names = services.flatMap(({ cluster, state }) => [cluster, state.name])
  return [before, after].flatMap(definition => secretsOf(definition, [region, arn, ...names]))
}

/** What of a value that is not shown would tell of it wherever else it stands; labels are words that are read in many other places. */
export function tellingIn(value: unknown, kind: Kind): string[] {
  const texts = textsIn(value)
  const own = kind === 'value' ? texts.flatMap(linesOf) : []
  return [...own, ...texts.flatMap(kind === 'credentials' ? partsOf : credentialsIn)].filter(isTelling)
}

function isTelling(text: string): boolean {
  return text.length >= SHORTEST && !COMMON.has(text.toLowerCase()) && !COMMON_NUMBER.test(text)
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (isObject(value)) return Object.values(value).flatMap(textsIn)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

/** A log has a value of several lines line by line. */
function linesOf(text: string): string[] {
  return text.split(/\r?\n/).map(line => line.trim())
}

/** Whether it stands there, and not as a part of a word only. */
function standsIn(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + part.length))) return true
  }
  return false
}
