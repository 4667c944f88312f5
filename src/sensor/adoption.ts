import { type Container, isObject, type JsonObject, objectsOf, stringsOf } from '../task-definition/definition.ts'
import { wholeNumber } from '../task-definition/sizes.ts'

/**
 * What a sensor that was there had and the one that takes its place has not, by name and without a value: environment, secrets,
 * flags, sizes, log configuration, and any other member that says something. `given` names the members and flags that the user
 * decided: what changes there was asked for.
 */
export function lostBy(before: Container, after: Container, given: ReadonlySet<string>): string[] {
  return [
    ...namesLost(before, after, 'environment').map(name => `environment variable ${name}`),
    ...namesLost(before, after, 'secrets').map(name => `secret ${name}`),
    ...flagsLost(before, after, given),
    ...sizesLost(before, after, given),
    ...logsLost(before, after, given),
    ...membersLost(before, after, given)
  ]
}

function namesLost(before: Container, after: Container, member: 'environment' | 'secrets'): string[] {
  const kept = new Set(objectsOf(after[member]).map(item => item.name))
  return objectsOf(before[member]).flatMap(({ name }) => (typeof name === 'string' && !kept.has(name) ? [name] : []))
}

/** Flags with their values, as `--flag value` or `--flag=value`; a flag given several times has several values. */
function flagsOf(container: Container): Map<string, string[]> {
  const words = [...stringsOf(container.entryPoint), ...stringsOf(container.command)].flatMap(wordsOf)
  const flags = new Map<string, string[]>()
  for (const [index, word] of words.entries()) {
    if (!word.startsWith('--') || word === '--') continue
    const [flag = word, ...assigned] = word.split('=')
    const next = words[index + 1]
    const value = assigned.length > 0 ? assigned.join('=') : next === undefined || next.startsWith('--') ? '' : next
    flags.set(flag, [...(flags.get(flag) ?? []), value])
  }
  return flags
}

/** A whole command line in one text, as a shell takes it. */
function wordsOf(text: string): string[] {
  return /(^|\s)apidump\s/.test(text) ? text.split(/\s+/) : [text]
}

function flagsLost(before: Container, after: Container, given: ReadonlySet<string>): string[] {
  const now = flagsOf(after)
  return [...flagsOf(before)].flatMap(([flag, values]) => {
    if (given.has(flag.slice(2))) return []
    const kept = now.get(flag)
    if (kept === undefined) return [`flag ${flag}`]
    return values.every(value => kept.includes(value)) ? [] : [`the value of flag ${flag}`]
  })
}

function sizesLost(before: Container, after: Container, given: ReadonlySet<string>): string[] {
  return ['cpu', 'memory', 'memoryReservation'].flatMap(member => {
    const [had, has] = [wholeNumber(before[member]) ?? 0, wholeNumber(after[member]) ?? 0]
    return given.has(member) || had === 0 || had === has ? [] : [`${member} ${had}${has === 0 ? '' : ` (now ${has})`}`]
  })
}

/** The whole when it writes elsewhere now, else the options that are gone or different. */
function logsLost(before: Container, after: Container, given: ReadonlySet<string>): string[] {
  if (given.has('logConfiguration') || !isObject(before.logConfiguration)) return []
  const [had, has] = [describeLogs(before.logConfiguration), describeLogs(after.logConfiguration)]
  if (had !== has || !isObject(after.logConfiguration)) return [`log configuration ${had}`]
  const [options, kept] = [optionsOf(before.logConfiguration), optionsOf(after.logConfiguration)]
  return Object.keys(options).flatMap(option => (options[option] === kept[option] ? [] : [`log option ${option}`]))
}

function describeLogs(configuration: unknown): string {
  if (!isObject(configuration)) return 'none'
  const options: JsonObject = isObject(configuration.options) ? configuration.options : {}
  const group = options['awslogs-group']
  return group === undefined
    ? String(configuration.logDriver)
    : `to ${group}, stream prefix ${options['awslogs-stream-prefix']}`
}

/** Options by name; one that is a secret by what it is taken from. */
function optionsOf(configuration: JsonObject): JsonObject {
  const secrets = objectsOf(configuration.secretOptions).map(({ name, valueFrom }) => [String(name), valueFrom])
  return { ...(isObject(configuration.options) ? configuration.options : {}), ...Object.fromEntries(secrets) }
}

const LOOKED_AT = [
  'name',
  'image',
  'cpu',
  'memory',
  'memoryReservation',
  'entryPoint',
  'command',
  'environment',
  'secrets',
  'logConfiguration',
  'essential'
]

function membersLost(before: Container, after: Container, given: ReadonlySet<string>): string[] {
  return Object.keys(before)
    .filter(member => !LOOKED_AT.includes(member) && !given.has(member))
    .flatMap(member => gone(before[member], after[member], member))
}

/** What says something before and nothing after, by its path; our own labels are no loss. */
function gone(before: unknown, after: unknown, path: string): string[] {
  if (saysNothing(before) || path.startsWith('dockerLabels.levoai.')) return []
  if (isObject(before) && (isObject(after) || path === 'dockerLabels')) {
    const kept = isObject(after) ? after : {}
    return Object.keys(before).flatMap(member => gone(before[member], kept[member], `${path}.${member}`))
  }
  return saysNothing(after) ? [path] : []
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}
