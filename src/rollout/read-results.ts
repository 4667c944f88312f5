import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { InputError, messageOf } from '../errors.ts'
import { readPattern } from '../fleet/patterns.ts'
import { isObject, type JsonObject, textOf } from '../task-definition/definition.ts'
import { keyOf } from './fleet-flow.ts'

/** A service that an earlier run moved. */
export interface Moved {
  readonly region: string
  readonly cluster: string
  readonly service: string
  /** What that run gave it. */
  readonly given: string
  /** What it ran before. */
  readonly previous: string
}

/**
 * The services that a file of results tells of: the list that `results-file` is, or all outputs as the command prints them. Of several
 * results of one service the last one tells what it was left with. Throws InputError for what no run has left so: nothing is moved by a
 * guess.
 */
export function readResults(path: string, workspace: string): Moved[] {
  const listed = listIn(read(path, workspace))
  if (listed === undefined) {
    throw new InputError([`results-file: ${path} must hold a list of results, as a run leaves it`])
  }
  const problems: string[] = []
  const moved = listed.flatMap((entry, index) => {
    const found = isObject(entry) ? movedIn(entry) : 'it is no object'
    if (typeof found !== 'string') return found
    problems.push(`results-file: ${path}: entry ${index + 1} is no result of a run: ${found}`)
    return []
  })
  if (problems.length > 0) throw new InputError(problems)
  return [...new Map(moved.map(each => [keyOf(each), each])).values()]
}

function read(path: string, workspace: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(workspace, path), 'utf8'))
  } catch (error) {
    throw new InputError([`results-file: ${path} cannot be read as JSON: ${messageOf(error)}`])
  }
}

function listIn(value: unknown): unknown[] | undefined {
  const list = isObject(value) ? value.results : value
  return Array.isArray(list) ? list : undefined
}

/** None for a service that was not moved; what is wrong with it as a text. */
function movedIn(entry: JsonObject): Moved[] | string {
  const [region, cluster, service] = [textOf(entry.region), textOf(entry.cluster), textOf(entry.service)]
  if (region === undefined) return 'it names no region'
  const [given, previous] = [textOf(entry.taskDefinition), textOf(entry.previousTaskDefinition)]
  const isWhole = cluster !== undefined && service !== undefined && given !== undefined && previous !== undefined
  if (!isWhole || given === previous) return []
  const moved = { region, cluster: lastOf(cluster), service: lastOf(service), given, previous }
  const [wrong] = Object.entries(VALID).filter(([, isValid]) => !isValid(moved))
  return wrong === undefined ? [moved] : `its ${wrong[0]} is not one of ECS`
}

const isName = (text: string): boolean => readPattern('services', text)?.isName === true

const VALID: Readonly<Record<string, (moved: Moved) => boolean>> = {
  region: ({ region }) => readPattern('regions', region)?.isName === true,
  cluster: ({ cluster }) => isName(cluster),
  service: ({ service }) => isName(service),
  taskDefinition: ({ given, region }) => isRevisionIn(region, given),
  previousTaskDefinition: ({ previous, region }) => isRevisionIn(region, previous)
}

function isRevisionIn(region: string, arn: string): boolean {
  return readPattern('families', arn)?.region === region && /:\d+$/.test(arn)
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
