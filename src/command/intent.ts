import { groupNameOf } from '../ecs/code-deploy.ts'
import type { Reach } from '../options/fleet-reach.ts'
import type { FleetOptions, Options } from '../options/options.ts'
import type { Following, Intent } from '../policy/intent.ts'
import { partitionOf } from '../policy/partition.ts'
import { readEcrReference } from '../registry/reference.ts'
import type { SensorOptions } from '../sensor/container.ts'
import { isSensor } from '../sensor/find.ts'
import { decideLogs } from '../sensor/log-configuration.ts'
import { overrideContainer } from '../sensor/overrides.ts'
import { type Definition, isObject, textOf } from '../task-definition/definition.ts'

/** What rights depend on and options do not tell. */
export interface Known {
  readonly account?: string | undefined
  /** Names or ARNs of the task's roles, instead of those that the definition names. */
  readonly roles: readonly string[]
  /** The file's. */
  readonly definition?: Definition | undefined
}

/** What stands for a text that is not known, and where that may come from. */
export const PLACEHOLDERS = {
  ACCOUNT: 'the account, twelve digits (--account)',
  FAMILY: 'the family that is registered (--task-definition-family, --task-definition-arn or --task-definition)',
  TASK_ROLE_ARN: 'the role of the task, or nothing where it has none (--role, --task-definition)',
  EXECUTION_ROLE_ARN: 'the role that starts the task, or nothing where it has none (--role, --task-definition)',
  LOG_GROUP: 'the log group of the sensor (--log-group, --task-definition)'
} as const

/** What a run with these options would do; what is not known has its placeholder. */
export function intentOf(options: Options, known: Known): Intent {
  const { region, cluster, services, source, until } = options
  const arns = [cluster, ...services, ...(source.kind === 'arn' ? [source.arn] : [])]
  return {
    ...intentFor(options, known, { region, arns }),
    regions: [region],
    until,
    clusters: [lastOf(cluster)],
    services: services.map(lastOf),
    families: [familyOf(options, known)]
  }
}

/** As `intentOf`, of a fleet that gets as far as `reach` says. */
export function fleetIntentOf({ mode, each }: FleetOptions, known: Known, reach: Reach): Intent {
  const { arns, ...where } = reach
  const [region = '*'] = reach.regions
  return {
    ...intentFor(each, known, { region: region === '*' ? each.region : region, arns }),
    ...where,
    until: untilOf(mode, each)
  }
}

function untilOf(mode: FleetOptions['mode'], { until }: Options): Intent['until'] {
  if (mode === 'restore' && until === 'deploy') return mode
  return mode === 'discover' ? mode : until
}

function intentFor(options: Options, known: Known, { region, arns }: { region: string; arns: readonly string[] }) {
  const { deploy, source } = options
  const roles = rolesOf(known)
  const partition = partitionOf(region)
  const account = known.account ?? [...arns, ...roles].flatMap(arn => accountOf(arn) ?? [])[0] ?? 'ACCOUNT'
  return {
    partition,
    account,
    fromFile: source.kind === 'file',
    roles: roles.map(role => (/:|_ROLE_ARN$/.test(role) ? role : `arn:${partition}:iam::${account}:role/${role}`)),
    changesSettings: [deploy.desiredCount, deploy.propagateTags, deploy.enableECSManagedTags].some(isGiven),
    follow: followingOf(options, known),
    images: imagesOf(options),
    codeDeploy: codeDeployOf(options)
  }
}

function familyOf({ source }: Options, { definition }: Known): string {
  if (source.kind === 'family') return source.family
  if (source.kind === 'arn') return /task-definition\/([^:]+)/.exec(source.arn)?.[1] ?? 'FAMILY'
  return textOf(definition?.family) ?? 'FAMILY'
}

function rolesOf({ roles, definition }: Known): string[] {
  if (roles.length > 0) return [...new Set(roles)]
  if (definition === undefined) return ['TASK_ROLE_ARN', 'EXECUTION_ROLE_ARN']
  const named = [textOf(definition.taskRoleArn), textOf(definition.executionRoleArn)]
  return [...new Set(named.flatMap(role => role ?? []))]
}

function followingOf({ follow, waits, change, region }: Options, { definition }: Known): Following | undefined {
  if (follow === undefined) return undefined
  return {
    watches: waits,
    requires: follow.verify === 'require',
    rollsBack: follow.rollback,
    sensorLog:
      change.kind === 'install'
        ? logOf(change.sensor, definition, region)
        : change.kind === 'keep'
          ? 'LOG_GROUP:log-stream:*'
          : undefined
  }
}

/** Where the sensor that is installed will write to, if that can be read: only its own streams. */
function logOf(sensor: SensorOptions, definition: Definition | undefined, region: string): string | undefined {
  const { containerName: name, image, logs, overrides } = sensor
  const unknown = definition === undefined && logs.kind === 'app'
  const inFile = definition ?? { containerDefinitions: [] }
  const app = inFile.containerDefinitions.filter(container => !isSensor(container, image) && container.name !== name)
  const decided = unknown
    ? {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': 'LOG_GROUP',
          'awslogs-region': region,
          'awslogs-stream-prefix': logs.streamPrefix
        }
      }
    : decideLogs(logs, inFile, app, { region }).logConfiguration
  const { container } = overrideContainer({ name, image, logConfiguration: decided }, overrides ?? {})
  const { logConfiguration } = container
  const { logDriver, options } = isObject(logConfiguration) ? logConfiguration : {}
  if (logDriver !== 'awslogs' || !isObject(options) || options['awslogs-region'] !== region) return undefined
  return `${options['awslogs-group']}:log-stream:${options['awslogs-stream-prefix']}/${name}/*`
}

/** Those that ECR is asked about before anything is registered. */
function imagesOf({ checkImage, change }: Options): Intent['images'] {
  if (checkImage === 'off' || change.kind !== 'install') return []
  const { image, overrides } = change.sensor
  const inEcr = readEcrReference(textOf(overrides?.image) ?? image)
  return inEcr === undefined ? [] : [inEcr]
}

/** Whoever gives an input of CodeDeploy's has a service that CodeDeploy deploys. */
function codeDeployOf({ codeDeploy, cluster, services: [service] }: Options): Intent['codeDeploy'] {
  if (service === undefined || !Object.values(codeDeploy).some(isGiven)) return undefined
  return { ...groupNameOf(codeDeploy, cluster, service), config: codeDeploy.config }
}

function accountOf(arn: string): string | undefined {
  return /^arn:[^:]*:(?:ecs:[^:]*|iam:):(\d{12}):/.exec(arn)?.[1]
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

function isGiven(value: unknown): boolean {
  return value !== undefined
}
