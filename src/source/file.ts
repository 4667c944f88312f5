import { readFileSync } from 'node:fs'
import { extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { InputError, messageOf } from '../errors.ts'
import { type Definition, isObject, toDefinition } from '../task-definition/definition.ts'
import { readTags, type Tag } from '../task-definition/tags.ts'

/** Far above ECS's 64 KiB for a definition; a file of that size is something else. */
const LARGEST_FILE = 1024 * 1024

export interface Located {
  readonly absolute: string
  /** For messages: relative to the workspace, with slashes, where it is within. */
  readonly shown: string
  readonly isInside: boolean
}

/** A path that a user gave. */
export function locate(path: string, workspace: string): Located {
  const absolute = resolve(workspace, path)
  const within = relative(workspace, absolute)
  const isInside = within !== '' && !within.startsWith('..') && !isAbsolute(within)
  return { absolute, shown: isInside ? within.replaceAll(sep, '/') : path, isInside }
}

/** What a file is read as, for messages. */
export interface Wanted {
  readonly input: string
  /** One of them, such as `a task definition`. */
  readonly one: string
  /** How large one of them can be. */
  readonly limit: string
}

const TASK_DEFINITION: Wanted = { input: 'task-definition', one: 'a task definition', limit: 'at most 64 KiB' }

/** Reads a task definition file, resolved already. Throws InputError that names the input and the file as `shown`. */
export async function readDefinitionFile(
  path: string,
  shown: string
): Promise<{ definition: Definition; tags: Tag[] }> {
  return unwrap(await readDocument(path, shown, TASK_DEFINITION), `task-definition: ${shown}`)
}

/** What a JSON or YAML file holds. Throws InputError that names the input and the file as `shown`. */
export async function readDocument(path: string, shown: string, wanted: Wanted): Promise<unknown> {
  const where = `${wanted.input}: ${shown}`
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new InputError([`${where} cannot be read: ${reasonOf(error)}`])
  }
  if (bytes.length > LARGEST_FILE)
    throw unreadable(`${where} has ${bytes.length} bytes; ${wanted.one} has ${wanted.limit}`)
  if (bytes.includes(0)) throw unreadable(`${where} is a binary file, not JSON or YAML`)
  const value = await parseText(bytes.toString('utf8'), shown, wanted)
  if (isTooDeep(value)) throw tooDeep(shown, wanted)
  return value
}

/** Far deeper than any member of the API; beyond it, what walks a definition could run out of stack. */
const DEEPEST = 100

function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true
    level = level.flatMap(each => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}

/** What is wrong with the whole file is shown on its first line. */
export function unreadable(text: string, line = 1): InputError {
  return new InputError([{ text, line }])
}

function reasonOf(error: unknown): string {
  const code = isObject(error) || error instanceof Error ? (error as { code?: unknown }).code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'permission denied'
  return messageOf(error)
}

/** A bare definition, or the output of describe-task-definition with the tags beside it. */
export function unwrap(value: unknown, where: string): { definition: Definition; tags: Tag[] } {
  const wrapped = isObject(value) && isObject(value.taskDefinition) && value.containerDefinitions === undefined
  const inner = wrapped ? value.taskDefinition : value
  const { tags: within, ...rest } = isObject(inner) ? inner : { tags: undefined }
  const definition = toDefinition(isObject(inner) ? rest : inner, where, [])
  return { definition, tags: readTags(wrapped && value.tags !== undefined ? value.tags : within) }
}

/** JSON, JSON with comments and trailing commas, or YAML; a byte order mark is dropped. Throws InputError with line and column. */
export async function parseText(text: string, shown: string, wanted = TASK_DEFINITION): Promise<unknown> {
  const plain = text.replace(/^\uFEFF/, '')
  if (plain.trim() === '') throw unreadable(`${wanted.input}: ${shown} is empty`)
  if (looksLikeJson(plain)) {
    try {
      return JSON.parse(plain)
    } catch (error) {
      if (error instanceof RangeError) throw tooDeep(shown, wanted)
      if (!isYaml(shown)) return (await import('./lenient.ts')).parseJsonWithComments(plain, shown, wanted)
    }
  }
  return (await import('./lenient.ts')).parseYaml(plain, shown, wanted)
}

export function looksLikeJson(text: string): boolean {
  return /^\s*(\{|\[|\/\/|\/\*)/.test(text)
}

export function isYaml(path: string): boolean {
  return ['.yaml', '.yml'].includes(extname(path).toLowerCase())
}

export function tooDeep(shown: string, { input, one }: Wanted): InputError {
  return unreadable(`${input}: ${shown} is nested deeper than ${DEEPEST} levels; ${one.replace(/^an? /, 'no ')} is`)
}
