import { isLiteral, namesAt, type Pattern, readPatterns } from '../fleet/patterns.ts'
import { regionsOf, type ToList, toList } from '../fleet/reach.ts'
import { SCOPE_NAMES } from './fleet.ts'
import type { FleetOptions } from './options.ts'

/** What a fleet can come to, as far as its options tell: names, or patterns of `*` and `?` alone. */
export interface Reach {
  readonly regions: readonly string[]
  readonly clusters: readonly string[]
  readonly services: readonly string[]
  readonly families: readonly string[]
  readonly lists: ToList
  /** Those that were given. */
  readonly arns: readonly string[]
}

const ALL = ['*']

/** Where a run over a fleet may get to. What is left out is not taken off. Throws InputError for a scope that is wrong. */
export function reachOf({ mode, scope, each }: FleetOptions): Reach {
  if (mode === 'restore') {
    const lists = { regions: false, clusters: false, services: false }
    return { regions: ALL, clusters: ALL, services: ALL, families: ALL, lists, arns: [] }
  }
  const lists = toList(scope)
  const services = included('services', scope.services)
  const named = services.flatMap(({ cluster }) => cluster ?? [])
  const clusters = included('clusters', scope.clusters)
  const regions = lists.regions ? ALL : regionsOf(scope, each.region, [])
  return {
    regions: regions.length === 0 ? ALL : regions,
    clusters: clusters.length === 0 && !lists.clusters ? unique(named) : patternsOf(clusters),
    services: patternsOf(services),
    families: patternsOf(included('families', scope.families)),
    lists,
    arns: SCOPE_NAMES.flatMap(name => scope[name]).filter(item => item.startsWith('arn:'))
  }
}

function included(list: 'clusters' | 'services' | 'families', texts: readonly string[]): Pattern[] {
  const taken = readPatterns(list, texts).filter(({ excludes }) => !excludes)
  if (!isLiteral(list, texts)) return taken
  const left = namesAt(list, texts, {})
  return taken.filter(({ name }) => left.includes(name))
}

function patternsOf(patterns: readonly Pattern[]): string[] {
  return patterns.length === 0 ? ALL : unique(patterns.map(({ isName, name }) => (isName ? name : simplify(name))))
}

/** A glob as a pattern of `*` and `?`, which takes in at least as much: `web-{1..3}-?` gives `web-*-?`. */
function simplify(glob: string): string {
  // A `*` or `?` in front of a bracket says how often what it holds comes.
  const before = /^(?:[\w-]|[*?](?!\())*/.exec(glob)?.[0] ?? ''
  if (before === glob) return glob.replace(/\*+/g, '*')
  const after = /[\w*?-]*$/.exec(glob)?.[0] ?? ''
  return `${before}*${after}`.replace(/\*+/g, '*')
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
