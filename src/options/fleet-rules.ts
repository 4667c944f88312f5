import { CODE_DEPLOY_NAMES } from './code-deploy.ts'
import { environmentTag, FLEET_MODES, readScope, SCOPE_NAMES } from './fleet.ts'
import type { OptionName, Values } from './table.ts'

/** What is of a run on one target, and why a fleet has no use for it. */
const OF_ONE_TARGET: Partial<Record<OptionName, string>> = {
  'task-definition': 'a fleet takes what each service runs',
  'task-definition-family': 'a fleet takes what each service runs; families narrows it',
  'task-definition-revision': 'a fleet takes what each service runs',
  'task-definition-arn': 'a fleet takes what each service runs; families narrows it',
  cluster: 'clusters names those of a fleet',
  service: 'services names those of a fleet',
  'output-file': 'a fleet has not one definition to write, but many',
  'desired-count': 'it is for one service only',
  ...Object.fromEntries(
    CODE_DEPLOY_NAMES.map(name => [name, 'it is for one service only; a fleet leaves those under CODE_DEPLOY alone'])
  )
}

/** The rules of a fleet, in the place of those of a run on one target. */
export async function checkFleetRules(
  values: Values,
  given: ReadonlySet<string>,
  rightsOnly: boolean
): Promise<string[]> {
  const { mode } = values
  const lists = SCOPE_NAMES.filter(name => given.has(name))
  const cause = FLEET_MODES.some(each => each === mode) ? `mode: ${mode}` : lists.join(', ')
  const rules = [ofOneTarget, alwaysSo, oneMode, changesNothing]
  return [
    ...rules.flatMap(rule => rule(values, cause)),
    ...(mode === 'restore' ? restoring(lists, rightsOnly || given.has('results-file')) : []),
    ...environmentOfTag(values),
    ...(await spelling(values))
  ]
}

function ofOneTarget(values: Values, cause: string): string[] {
  return Object.entries(OF_ONE_TARGET)
    .filter(([name]) => values[name as OptionName] !== undefined)
    .map(([name, why]) => `${name}: must not be given with ${cause}; ${why}`)
}

function alwaysSo(values: Values, cause: string): string[] {
  return [
    ...(values.register === false
      ? [`register: must not be false with ${cause}: a fleet moves services, which takes a revision that is registered`]
      : []),
    ...(values['wait-for-service-stability'] === false
      ? [`wait-for-service-stability: must not be false with ${cause}: a fleet always follows what it moves to its end`]
      : [])
  ]
}

function oneMode({ mode }: Values, cause: string): string[] {
  return mode === 'verify' ? [`mode: must be install, remove or discover with ${cause}, not verify`] : []
}

function changesNothing(values: Values): string[] {
  const { mode } = values
  const problems: string[] = []
  if (mode === 'discover' && values['rollback-on-failure']) {
    problems.push('rollback-on-failure: must not be true in mode discover, which changes nothing')
  }
  if (values['verify-sensor'] !== undefined && mode === 'discover') {
    problems.push('verify-sensor: must not be given in mode discover; fail-on says which states fail it')
  }
  if (values['verify-sensor'] !== undefined && mode === 'restore') {
    problems.push('verify-sensor: must not be given in mode restore: what ran before may well have no sensor')
  }
  return problems
}

function restoring(lists: readonly string[], hasResults: boolean): string[] {
  return [
    ...lists.map(
      name => `${name}: must not be given with mode: restore; results-file says which services are moved back`
    ),
    ...(hasResults ? [] : ['results-file: is needed in mode restore, and is empty or not given'])
  ]
}

function environmentOfTag(values: Values): string[] {
  const tag = environmentTag(values)
  if (tag === undefined || (tag.length > 0 && tag.length <= 128)) return []
  return [`levo-env: must name a tag of at most 128 characters behind "tag:", not "${values['levo-env']}"`]
}

/** Loaded for a fleet only, as the matcher is. */
async function spelling(values: Values): Promise<string[]> {
  const { checkScope } = await import('../fleet/patterns.ts')
  return checkScope(readScope(values))
}
