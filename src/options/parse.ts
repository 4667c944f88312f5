import { InputError } from '../errors.ts'
import type { TaskDefinitionSource } from '../source/source.ts'
import { readCodeDeploy } from './code-deploy.ts'
import { readComment } from './comment.ts'
import { isFleet } from './fleet.ts'
import { notesOf, ORG_ID_PLACEHOLDER } from './notes.ts'
import type { Environment, FleetOptions, Options } from './options.ts'
import type { Overrides } from './overrides.ts'
import { spelledOut } from './proxy-credentials.ts'
import { resolveRegion } from './region.ts'
import { checkRules, requireSource } from './rules.ts'
import { readChange } from './sensor.ts'
import type { Values } from './table.ts'
import { nameTarget } from './target.ts'
import { givenIn, lackingIn, parseValues } from './values.ts'

export interface Purpose {
  /** A container alone can be made without a task definition to put it into. */
  readonly containerOnly?: boolean
  /** Which rights a run needs can be told without what the sensor is, and without credentials. */
  readonly rightsOnly?: boolean
  /** What was found wrong already, to be said with the rest. */
  readonly problems?: readonly string[]
}

export type ParsedRun =
  | { readonly kind: 'one'; readonly options: Options }
  | { readonly kind: 'fleet'; readonly options: FleetOptions }

/** Where a run takes place. */
interface Place {
  readonly region: string
  readonly cluster: string
  readonly services: readonly string[]
  readonly problems: readonly string[]
}

/**
 * Strings to options, and the only place where that happens. Everything that is wrong is found in one go: each value, the
 * rules between them, the expressions, the Region. Throws InputError; makes no AWS call.
 */
export async function parseRun(
  raw: Readonly<Record<string, string>>,
  environment: Environment,
  purpose: Purpose = {}
): Promise<ParsedRun> {
  const { values, problems } = parseValues(raw)
  const given = givenIn(raw)
  const inFleet = isFleet(values, given)
  const fleet = inFleet ? await import('./of-a-fleet.ts') : undefined
  const place: Place =
    fleet === undefined
      ? await placeOfOne(values, environment)
      : // Cluster and services are those of each service in turn.
        { ...(await fleet.resolveFleetRegion(values, environment, purpose.rightsOnly === true)), ...NO_SERVICES }
  const overrides = await overridesOf(values)
  const mayAsk = purpose.rightsOnly === true || environment.hasCredentials
  const offline = !inFleet && stopsAfterRender(values) && values['task-definition'] !== undefined && !mayAsk
  problems.unshift(...(purpose.problems ?? []))
  problems.push(
    ...(purpose.rightsOnly ? [] : missing(values, problems, offline && values['dry-run'])),
    ...(inFleet || purpose.containerOnly || purpose.rightsOnly ? [] : requireSource(values, given)),
    ...requireFiles(values, environment),
    ...((await fleet?.checkFleetRules(values, given, purpose.rightsOnly === true)) ?? []),
    ...(await checkRules(values, inFleet)),
    ...place.problems,
    ...overrides.problems
  )
  if (problems.length > 0) throw new InputError(problems)
  const notes = await notesOf(values, { offline, inFleet })
  const options = toOptions({ values, place, overrides, environment, notes, offline, followFleet: fleet?.followFleet })
  return fleet === undefined ? { kind: 'one', options } : { kind: 'fleet', options: fleet.toFleet(values, options) }
}

/** As `parseRun`, for whoever has no use for a fleet. */
export async function parseOptions(
  raw: Readonly<Record<string, string>>,
  environment: Environment,
  purpose: Purpose = {}
): Promise<Options> {
  const parsed = await parseRun(raw, environment, purpose)
  if (parsed.kind === 'one') return parsed.options
  throw new InputError(['mode, regions, clusters, services, families: must not make it a fleet here'])
}

/**
 * The texts that no output may show, read as soon as the raw values are known, so that a problem with an input cannot
 * print them either.
 */
export function rawSecrets(raw: Readonly<Record<string, string>>): string[] {
  const url = raw['satellite-url'] ?? ''
  const credentials = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/\s]*)@/i.exec(url.trim())?.[1]
  const [orgId = '', token = ''] = [raw['levoai-org-id'], raw['github-token']].map(text => text?.trim())
  return [orgId, ...spelledOut(credentials), token].filter(text => text !== '')
}

async function placeOfOne(values: Values, environment: Environment): Promise<Place> {
  const target = nameTarget(values)
  const { region, problems } = await resolveRegion(values, environment)
  return { ...target, region, problems: [...target.problems, ...problems] }
}

const NO_SERVICES = { cluster: 'default', services: [] }

async function overridesOf({ 'container-overrides': text }: Values): Promise<Overrides> {
  if (text === undefined) return { problems: [] }
  const { readOverrides } = await import('./overrides.ts')
  return readOverrides(text)
}

interface Read {
  readonly values: Values
  readonly place: Place
  readonly overrides: Overrides
  readonly environment: Environment
  readonly notes: Options['notes']
  readonly offline: boolean
  /** Only in a fleet. */
  readonly followFleet: typeof import('./of-a-fleet.ts').followFleet | undefined
}

function toOptions({ values, place, overrides, environment, notes, offline, followFleet }: Read): Options {
  const { region, cluster, services } = place
  const source = readSource(values)
  return {
    region,
    source,
    cluster,
    services,
    change: readChange(values, values['levoai-org-id'] ?? ORG_ID_PLACEHOLDER, overrides.overrides),
    outputFile: values['output-file'],
    aws: offline ? 'skip' : 'ask',
    dryRun: values['dry-run'],
    rendersOnly: values.register === false,
    checkImage: values.mode === 'install' && !offline ? values['check-image'] : 'off',
    tags: [...(values.tags ?? [])].map(([key, value]) => ({ key, value })),
    provenance: environment.provenance,
    deploy: {
      forceNewDeployment: values['force-new-deployment'],
      desiredCount: values['desired-count'],
      propagateTags: values['propagate-tags'],
      enableECSManagedTags: values['enable-ecs-managed-tags'],
      onDeploymentInProgress: values['on-deployment-in-progress']
    },
    codeDeploy: readCodeDeploy(values),
    ...(followFleet?.(values) ?? readFollowing(values, services.length)),
    maxAttempts: values['max-retries'],
    comment: readComment(values, source, services),
    secrets: secretsOf(values),
    notes
  }
}

function missing(values: Values, problems: readonly string[], mayLackOrgId: boolean): string[] {
  if (values.mode !== 'install') return []
  return lackingIn(values)
    .filter(name => !(mayLackOrgId && name === 'levoai-org-id'))
    .filter(name => !problems.some(problem => problem.startsWith(`${name}:`)))
    .map(name => `${name}: is needed to install the sensor, and is empty or not given`)
}

/** Looked at here as well as when it is read, so that a missing file is said together with every other problem. */
function requireFiles(values: Values, { fileExists }: Environment): string[] {
  return (['task-definition', 'results-file'] as const).flatMap(name => {
    const path = values[name]
    if (path === undefined || fileExists(path)) return []
    return [`${name}: must be the path of a file; there is no "${path}" in the workspace`]
  })
}

function stopsAfterRender(values: Values): boolean {
  return values['dry-run'] === true || values.register === false
}

/** Without waiting nothing is followed; `mode: verify` judges in any case. */
function readFollowing(values: Values, services: number) {
  const patience = { minutes: values['wait-for-minutes'], maxDelay: values['wait-max-delay-seconds'] }
  const waits = values['wait-for-service-stability'] ?? false
  const follow = {
    ...patience,
    verify: values['verify-sensor'] ?? 'require',
    settle: values['sensor-settle-seconds'],
    rollback: values['rollback-on-failure'] ?? false
  }
  if (values.mode === 'verify') return { patience, waits, until: 'verify', follow } as const
  const until = stopsAfterRender(values) ? 'render' : services === 0 ? 'register' : 'deploy'
  return { patience, waits, until, follow: waits ? follow : undefined } as const
}

function readSource(values: Values): TaskDefinitionSource {
  const path = values['task-definition']
  const family = values['task-definition-family']
  const arn = values['task-definition-arn']
  if (path !== undefined) return { kind: 'file', path }
  if (family !== undefined) return { kind: 'family', family, revision: values['task-definition-revision'] }
  if (arn !== undefined) return { kind: 'arn', arn }
  return { kind: 'service' }
}

function secretsOf(values: Values): string[] {
  return rawSecrets({
    'levoai-org-id': values['levoai-org-id'] ?? '',
    'satellite-url': values['satellite-url'] ?? '',
    'github-token': values['github-token'] ?? ''
  })
}
