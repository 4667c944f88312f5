import { type Definition, isObject, type JsonObject } from '../task-definition/definition.ts'
import { RESPONSE_ONLY } from '../task-definition/registrable.ts'
import type { Edited } from './edit.ts'
import { isEqual } from './equal.ts'

/**
 * The file's text with its definition turned into `after`, changed only where it has to: indentation, order, comments, blank lines,
 * the byte order mark and the final line break stay. Tags, response-only members and roles that are empty strings stay in the file
 * too unless `after` has them. The result is read again and says exactly that. `kept` is false when the layout could not be kept
 * everywhere. Undefined when the file has no task definition to keep the layout of.
 */
export async function writeKeepingLayout(text: string, path: string, after: Definition): Promise<Edited | undefined> {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const plain = text.slice(mark.length)
  const format = await formatOf(plain, path)
  const before = attemptToRead(format, plain)
  const target = targetFor(before, JSON.parse(JSON.stringify(after)))
  if (target === undefined) return undefined
  const written = inPlaces(format, plain, before, target) ?? anew(format, plain, target)
  return written && { ...written, text: mark + written.text }
}

/** What editing JSON and YAML have in common. */
interface Format {
  /** May throw or be undefined for what is not of this format. */
  readonly read: (text: string) => unknown
  readonly edit: (text: string, target: unknown) => Edited | undefined
  readonly reprint: (text: string, target: unknown) => Iterable<string>
}

/** The same choice as that of reading a file: what looks like JSON is JSON, with comments too unless the name says YAML. */
async function formatOf(text: string, path: string): Promise<Format> {
  const looksLikeJson = /^\s*(\{|\[|\/\/|\/\*)/.test(text)
  const isYaml = /[^/]\.ya?ml$/i.test(path)
  return looksLikeJson && (!isYaml || isPlainJson(text)) ? import('./edit-json.ts') : import('./edit-yaml.ts')
}

function isPlainJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What cannot be read has no value; a parser may also give up on what is nested too deeply. */
function attemptToRead(format: Format, text: string): unknown {
  try {
    return format.read(text)
  } catch {
    return undefined
  }
}

/** What the whole file has to say: a bare definition, or one with something around it, as describe-task-definition prints it. */
function targetFor(file: unknown, after: JsonObject): JsonObject | undefined {
  if (!isObject(file)) return undefined
  const isWrapped = isObject(file.taskDefinition) && file.containerDefinitions === undefined
  const before = isWrapped ? file.taskDefinition : file
  if (!isObject(before) || !Array.isArray(before.containerDefinitions)) return undefined
  const stays = Object.entries(before).filter(([name, value]) => !Object.hasOwn(after, name) && mayStay(name, value))
  const target = { ...after, ...Object.fromEntries(stays) }
  return isWrapped ? { ...file, taskDefinition: target } : target
}

function mayStay(member: string, value: unknown): boolean {
  const isEmptyRole = (member === 'taskRoleArn' || member === 'executionRoleArn') && value === ''
  return isEmptyRole || member === 'tags' || Object.hasOwn(RESPONSE_ONLY, member)
}

/** An edit within an anchor changes its aliases too, so that these need a pass of their own. */
const MOST_PASSES = 3

function inPlaces(format: Format, text: string, before: unknown, target: JsonObject): Edited | undefined {
  let edited: Edited = { text, kept: true }
  let value = before
  for (let pass = 0; pass < MOST_PASSES && !isEqual(value, target); pass++) {
    const next = format.edit(edited.text, target)
    if (next === undefined) return undefined
    edited = { text: next.text, kept: edited.kept && next.kept }
    value = attemptToRead(format, edited.text)
    if (value === undefined) return undefined
  }
  return isEqual(value, target) ? edited : undefined
}

function anew(format: Format, text: string, target: JsonObject): Edited | undefined {
  for (const printed of format.reprint(text, target))
    if (isEqual(attemptToRead(format, printed), target)) return { text: printed, kept: false }
  return undefined
}
