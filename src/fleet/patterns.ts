import picomatch from 'picomatch'
import { InputError } from '../errors.ts'
import type { Scope } from './fleet.ts'

export type ListName = keyof Scope

/** Where something is, as far as that is known. */
export interface Place {
  readonly region?: string | undefined
  readonly account?: string | undefined
  readonly cluster?: string | undefined
}

/** One item of a list. An ARN stands for its resource, there where it is: `region`, `account` and `cluster` narrow the others. */
export interface Pattern extends Place {
  readonly excludes: boolean
  /** A name, or the glob for names. */
  readonly name: string
  readonly isName: boolean
}

/** Whether something of that name is meant. What is not known of its place is taken to fit. */
export type Matcher = (name: string, place?: Place) => boolean

const NAME = /^[A-Za-z0-9_-]{1,255}$/
const REGION = /^[a-z]{2,}(-[a-z0-9]+)+$/
/** Letters of names, and what globs are made of; `.` stands in ranges such as `{1..3}`. */
const GLOB = /^(?!!)(?=.*[*?[{(])[A-Za-z0-9_\-*?[\]{}()|!+@^,.]+$/
/** Region, account, what kind of resource, and its names. */
const ARN = /^arn:aws[a-z-]*:ecs:([a-z0-9-]+):(\d{12}):([a-z-]+)\/(.+)$/

/** What a list's items may be. ARNs of Regions there are none. */
const MUST: Readonly<Record<ListName, string>> = {
  regions: 'must be Regions such as us-west-2, patterns or all',
  clusters: 'must be names, ARNs or patterns',
  services: 'must be names, ARNs or patterns',
  families: 'must be names, ARNs or patterns'
}

/** One item of a list as it was given; nothing for a text that is none. */
export function readPattern(list: ListName, text: string): Pattern | undefined {
  const excludes = text.startsWith('!')
  const rest = excludes ? text.slice(1) : text
  if (rest.startsWith('arn:')) {
    const named = readArn(list, rest)
    return named === undefined ? undefined : { excludes, isName: true, ...named }
  }
  if (list === 'regions' && text === 'all') return { excludes, name: '*', isName: false }
  const literal = list === 'regions' ? REGION : NAME
  if (literal.test(rest)) return { excludes, name: rest, isName: true }
  return isGlob(rest) ? { excludes, name: rest, isName: false } : undefined
}

function readArn(list: ListName, arn: string): (Place & { name: string }) | undefined {
  const [, region, account, kind, resource = ''] = ARN.exec(arn) ?? []
  const path = resource.split('/')
  const name = path.at(-1) ?? ''
  const place = { region, account }
  if (list === 'clusters' && kind === 'cluster' && path.length === 1 && NAME.test(name)) return { ...place, name }
  // ARNs of the old format do not name the cluster.
  if (list === 'services' && kind === 'service' && path.length <= 2 && path.every(part => NAME.test(part)))
    return { ...place, name, cluster: path.length === 2 ? path[0] : undefined }
  const family = /^([^:]+)(:\d+)?$/.exec(resource)?.[1] ?? ''
  if (list === 'families' && kind === 'task-definition' && NAME.test(family)) return { ...place, name: family }
  return undefined
}

function isGlob(text: string): boolean {
  if (!GLOB.test(text) || !isBalanced(text)) return false
  try {
    compile(text)
    return true
  } catch {
    return false
  }
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' }

/** The matcher takes a single `}` as a letter, which no name has. */
function isBalanced(text: string): boolean {
  const open: string[] = []
  for (const letter of text) {
    const closing = CLOSING[letter]
    if (closing !== undefined) open.push(closing)
    else if (')]}'.includes(letter) && open.pop() !== letter) return false
  }
  return open.length === 0
}

function compile(glob: string): (name: string) => boolean {
  // Without `posix` the matcher takes `[!a]` as `!` or `a`.
  return picomatch(glob, { posix: true, nonegate: true, strictBrackets: true, windows: false })
}

/** What is wrong with the lists, one text for each item that is none. */
export function checkScope(scope: Scope): string[] {
  return (['regions', 'clusters', 'services', 'families'] as const).flatMap(list =>
    scope[list].filter(text => readPattern(list, text) === undefined).map(text => problemWith(list, text))
  )
}

function problemWith(list: ListName, text: string): string {
  return `${list}: ${MUST[list]}, not "${text}"`
}

/** The items of a list, read. @throws InputError for what `checkScope` finds. */
export function readPatterns(list: ListName, texts: readonly string[]): Pattern[] {
  return texts.map(text => {
    const pattern = readPattern(list, text)
    if (pattern === undefined) throw new InputError([problemWith(list, text)])
    return pattern
  })
}

/** Items that none of a list's excludes takes away: none given means all, and so do excludes alone. */
export function toMatcher(list: ListName, texts: readonly string[]): Matcher {
  const patterns = readPatterns(list, texts).map(pattern => ({ ...pattern, matches: matcherOf(pattern) }))
  const includes = patterns.filter(({ excludes }) => !excludes)
  const excludes = patterns.filter(pattern => pattern.excludes)
  return (name, place = {}) =>
    (includes.length === 0 || includes.some(pattern => pattern.matches(name) && mayBeAt(pattern, place))) &&
    !excludes.some(pattern => pattern.matches(name) && isAt(pattern, place))
}

function matcherOf({ isName, name }: Pattern): (name: string) => boolean {
  return isName ? other => other === name : compile(name)
}

const PARTS = ['region', 'account', 'cluster'] as const

/** Whether nothing that is known of the place speaks against the pattern. */
export function mayBeAt(pattern: Place, place: Place): boolean {
  return PARTS.every(part => place[part] === undefined || pattern[part] === undefined || pattern[part] === place[part])
}

/** What is left out must be known to be there: by a part of its place alone nothing is. */
function isAt(pattern: Place, place: Place): boolean {
  return PARTS.every(part => pattern[part] === undefined || pattern[part] === place[part])
}

/** Whether a list can mean anything there. */
export function mayMean(list: ListName, texts: readonly string[], place: Place): boolean {
  const includes = readPatterns(list, texts).filter(({ excludes }) => !excludes)
  return includes.length === 0 || includes.some(pattern => mayBeAt(pattern, place))
}

/** Whether a list says by names what it means, so that nothing has to be listed. Excludes only take away from that. */
export function isLiteral(list: ListName, texts: readonly string[]): boolean {
  const includes = readPatterns(list, texts).filter(({ excludes }) => !excludes)
  return includes.length > 0 && includes.every(({ isName }) => isName)
}

/** The names that a list gives for a place, each once, those that it excludes left out. */
export function namesAt(list: ListName, texts: readonly string[], place: Place): string[] {
  const isMeant = toMatcher(list, texts)
  const names = readPatterns(list, texts)
    .filter(pattern => pattern.isName && !pattern.excludes && mayBeAt(pattern, place))
    .map(({ name }) => name)
  return [...new Set(names)].filter(name => isMeant(name, place))
}
