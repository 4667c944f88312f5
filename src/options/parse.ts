import { InputError } from '../errors.ts'
import type { SensorOptions } from '../sensor/container.ts'
import type { FlagValues } from '../sensor/flags.ts'
import type { LogChoice } from '../sensor/log-configuration.ts'
import type { Change } from '../sensor/render.ts'
import type { TaskDefinitionSource } from '../source/source.ts'
import type { JsonObject } from '../task-definition/definition.ts'
import { readCodeDeploy } from './code-deploy.ts'
import { readComment } from './comment.ts'
import { notesOf, ORG_ID_PLACEHOLDER } from './notes.ts'
import { hideCredentials, type Option } from './option.ts'
import type { Environment, Options } from './options.ts'
import { readOverrides } from './overrides.ts'
import { resolveRegion } from './region.ts'
import { checkRules, requireSource } from './rules.ts'
import { OPTIONS, type OptionName, type Values } from './table.ts'
import { nameTarget } from './target.ts'

export interface Purpose {
  /** A container alone can be made without a task definition to put it into. */
  readonly containerOnly?: boolean
  /** Which rights a run needs can be told without what the sensor is, and without credentials. */
  readonly rightsOnly?: boolean
  /** What was found wrong already, to be said with the rest. */
  readonly problems?: readonly string[]
}

/**
 * Strings to options, and the only place where that happens. Everything that is wrong is found in one go: each value, the
 * rules between them, the expressions, the Region. Throws InputError; makes no AWS call.
 */
export async function parseOptions(
  raw: Readonly<Record<string, string>>,
  environment: Environment,
  { containerOnly = false, rightsOnly = false, problems: found = [] }: Purpose = {}
): Promise<Options> {
  const { values, problems } = parseValues(raw)
  const target = nameTarget(values)
  const region = await resolveRegion(values, environment)
  const overrides = await readOverrides(values['container-overrides'])
  const mayAsk = rightsOnly || environment.hasCredentials
  const offline = stopsAfterRender(values) && values['task-definition'] !== undefined && !mayAsk
  problems.unshift(...found)
  problems.push(
    ...(rightsOnly ? [] : missing(values, problems, offline && values['dry-run'])),
    ...(containerOnly || rightsOnly
      ? []
      : requireSource(values, new Set(Object.keys(raw).filter(name => raw[name]?.trim())))),
    ...requireFile(values['task-definition'], environment),
    ...(await checkRules(values)),
    ...target.problems,
    ...overrides.problems,
    ...region.problems
  )
  if (problems.length > 0) throw new InputError(problems)
  const orgId = values['levoai-org-id'] ?? ORG_ID_PLACEHOLDER
  return {
    region: region.region,
    source: readSource(values),
    cluster: target.cluster,
    services: target.services,
    change: readChange(values, orgId, overrides.overrides),
    outputFile: values['output-file'],
    aws: offline ? 'skip' : 'ask',
    dryRun: values['dry-run'],
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
    ...readFollowing(values, target.services.length),
    maxAttempts: values['max-retries'],
    comment: readComment(values, readSource(values), target.services),
    secrets: secretsOf(values),
    notes: await notesOf(values, offline)
  }
}

/**
 * The texts that no output may show, read as soon as the raw values are known, so that a problem with an input cannot
 * print them either.
 */
export function rawSecrets(raw: Readonly<Record<string, string>>): string[] {
  const url = raw['satellite-url'] ?? ''
  const credentials = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/\s]*)@/i.exec(url.trim())?.[1]
  const password = credentials?.split(':').slice(1) ?? []
  const [orgId = '', token = ''] = [raw['levoai-org-id'], raw['github-token']].map(text => text?.trim())
  return [orgId, credentials ?? '', ...password, token].filter(text => text !== '')
}

function parseValues(raw: Readonly<Record<string, string>>): { values: Values; problems: string[] } {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, option] of Object.entries<Option<unknown>>(OPTIONS)) {
    const given = raw[name]
    const text = given === undefined || given.trim() === '' ? option.default : given
    if (text === undefined) continue
    const parsed = option.parse(text)
    if ('value' in parsed) values[name] = parsed.value
    else problems.push(`${name}: ${parsed.must}${came(parsed.came, option, text)}`)
  }
  return { values: values as Values, problems }
}

function came(found: string | undefined, option: Option<unknown>, text: string): string {
  if (found !== undefined) return `, not ${found}`
  return option.secret === true ? '' : `, not "${hideCredentials(text.trim())}"`
}

function missing(values: Values, problems: readonly string[], mayLackOrgId: boolean): string[] {
  if (values.mode !== 'install') return []
  return (Object.keys(OPTIONS) as OptionName[])
    .filter(name => (OPTIONS[name] as Option<unknown>).required === true && values[name] === undefined)
    .filter(name => !(mayLackOrgId && name === 'levoai-org-id'))
    .filter(name => !problems.some(problem => problem.startsWith(`${name}:`)))
    .map(name => `${name}: is needed to install the sensor, and is empty or not given`)
}

/** Looked at here as well as when it is read, so that a missing file is said together with every other problem. */
function requireFile(path: string | undefined, { fileExists }: Environment): string[] {
  if (path === undefined || fileExists(path)) return []
  return [`task-definition: must be the path of a file; there is no "${path}" in the workspace`]
}

function stopsAfterRender(values: Values): boolean {
  return values['dry-run'] === true || values.register === false
}

/** Without waiting nothing is followed; `mode: verify` judges in any case. */
function readFollowing(values: Values, services: number) {
  const patience = { minutes: values['wait-for-minutes'], maxDelay: values['wait-max-delay-seconds'] }
  const waits = values['wait-for-service-stability']
  const follow = {
    ...patience,
    verify: values['verify-sensor'] ?? 'require',
    settle: values['sensor-settle-seconds'],
    rollback: values['rollback-on-failure']
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

function readChange(values: Values, orgId: string, overrides: JsonObject | undefined): Change {
  if (values.mode === 'remove') return { kind: 'remove', image: values.image }
  if (values.mode === 'verify') return { kind: 'keep', image: values.image }
  return { kind: 'install', sensor: readSensor(values, orgId, overrides) }
}

function readSensor(values: Values, orgId: string, overrides: JsonObject | undefined): SensorOptions {
  return {
    flags: readFlags(values, orgId),
    extraArgs: values['extra-args'] ?? [],
    profile: values['sensor-profile'],
    image: values.image,
    containerName: values['container-name'],
    cpu: values.cpu,
    memory: values.memory,
    memoryReservation: values['memory-reservation'],
    environment: values['environment-variables'] ?? new Map(),
    secrets: values.secrets ?? new Map(),
    dockerLabels: values['docker-labels'] ?? new Map(),
    repositoryCredentials: values['repository-credentials'],
    logs: readLogs(values),
    taskSize: values['task-size'],
    excludeSidecarPorts: values['exclude-sidecar-ports'],
    restartAttemptPeriod: values['restart-attempt-period'],
    overrides
  }
}

function readFlags(values: Values, orgId: string): FlagValues {
  return {
    'satellite-url': values['satellite-url'],
    'levo-env': values['levo-env'],
    'levoai-org-id': orgId,
    'levoai-workspace-id': values['levoai-workspace-id'],
    'rate-limit': values['rate-limit'],
    'trace-export-interval': values['trace-export-interval'],
    'stream-timeout-seconds': values['stream-timeout-seconds'],
    'max-http-length': values['max-http-length']?.toString(),
    filter: values.filter,
    'host-allow': values['host-allow'],
    'path-allow': values['path-allow'],
    'host-exclusions': values['host-exclusions'],
    'path-exclusions': values['path-exclusions']
  }
}

function readLogs(values: Values): LogChoice {
  const logDriver = values['log-configuration-log-driver']
  const streamPrefix = values['log-stream-prefix']
  if (logDriver !== undefined) {
    return { kind: 'whole', logDriver, options: Object.fromEntries(values['log-configuration-options'] ?? []) }
  }
  const group = values['log-group']
  return group === undefined ? { kind: 'app', streamPrefix } : { kind: 'group', group, streamPrefix }
}

function secretsOf(values: Values): string[] {
  return rawSecrets({
    'levoai-org-id': values['levoai-org-id'] ?? '',
    'satellite-url': values['satellite-url'] ?? '',
    'github-token': values['github-token'] ?? ''
  })
}
