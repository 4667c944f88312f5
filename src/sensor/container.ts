import { type Fault, InputError } from '../errors.ts'
import { type Container, type Definition, type JsonObject, type Note, note } from '../task-definition/definition.ts'
import { LEAST_MEMORY, taskCpu, taskMemory } from '../task-definition/sizes.ts'
import { type FlagValues, PROGRAM, toArguments } from './flags.ts'
import { decideLogs, type LogChoice, type LogContext } from './log-configuration.ts'
import { overrideContainer } from './overrides.ts'
import { composeFilter } from './packet-filter.ts'
import { type Amount, chooseProfile, PROFILES, type ProfileName } from './profiles.ts'

/** What the user decides about the sensor's container. */
export interface SensorOptions {
  readonly flags: FlagValues
  readonly extraArgs: readonly string[]
  readonly profile: ProfileName | 'auto'
  readonly image: string
  readonly containerName: string
  readonly cpu?: Amount | undefined
  readonly memory?: Amount | undefined
  /** MiB */
  readonly memoryReservation?: number | undefined
  readonly environment: ReadonlyMap<string, string>
  readonly secrets: ReadonlyMap<string, string>
  readonly dockerLabels: ReadonlyMap<string, string>
  readonly repositoryCredentials?: string | undefined
  readonly logs: LogChoice
  readonly taskSize: 'keep' | 'grow' | 'unchecked'
  /** Leaves the ports of the task's other non-essential containers out of the packet filter. */
  readonly excludeSidecarPorts: boolean
  /** Seconds; turns the container's restart policy on. */
  readonly restartAttemptPeriod?: number | undefined
  /** Merged over the container, last. */
  readonly overrides?: JsonObject | undefined
}

/** The members and flags that the user decided, not a profile or the task. */
export function givenBy(options: SensorOptions): ReadonlySet<string> {
  const members = {
    cpu: options.cpu,
    memory: options.memory,
    memoryReservation: options.memoryReservation,
    logConfiguration: options.logs.kind === 'app' ? undefined : options.logs,
    ...options.flags,
    ...options.overrides
  }
  return new Set(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [name])))
}

/**
 * The sensor's container for a task, its members in the documented order; `app` is every other container. Never essential,
 * no port, no capability, and nothing ever depends on it. Throws InputError when a share has no task size to be a share of.
 */
export function buildContainer(
  options: SensorOptions,
  definition: Definition,
  app: readonly Container[],
  context: LogContext
): { container: Container; notes: readonly Note[] } {
  const choice = chooseProfile(options.profile, definition, app)
  const logs = decideLogs(options.logs, definition, app, context)
  const environment = new Map([['LEVO_AWS_REGION', context.region], ...options.environment])
  const flags = {
    ...PROFILES[choice.profile].flags,
    ...given(options.flags),
    ...(options.excludeSidecarPorts ? { filter: composeFilter(options.flags.filter, app) } : {})
  }
  const container = {
    name: options.containerName,
    image: options.image,
    ...(options.repositoryCredentials === undefined
      ? {}
      : { repositoryCredentials: { credentialsParameter: options.repositoryCredentials } }),
    ...resolveSizes({ cpu: options.cpu ?? choice.cpu, memory: options.memory ?? choice.memory }, definition),
    ...(options.memoryReservation === undefined ? {} : { memoryReservation: options.memoryReservation }),
    portMappings: [],
    essential: false,
    entryPoint: [...PROGRAM, ...toArguments(flags), ...options.extraArgs],
    environment: [...environment].map(([name, value]) => ({ name, value })),
    ...(options.secrets.size === 0
      ? {}
      : { secrets: [...options.secrets].map(([name, valueFrom]) => ({ name, valueFrom })) }),
    ...(options.restartAttemptPeriod === undefined
      ? {}
      : { restartPolicy: { enabled: true, restartAttemptPeriod: options.restartAttemptPeriod } }),
    mountPoints: [],
    volumesFrom: [],
    ...(options.dockerLabels.size === 0 ? {} : { dockerLabels: Object.fromEntries(options.dockerLabels) }),
    ...(logs.logConfiguration === undefined ? {} : { logConfiguration: logs.logConfiguration })
  } satisfies JsonObject
  const overridden =
    options.overrides === undefined ? { container, notes: [] } : overrideContainer(container, options.overrides)
  return { container: overridden.container, notes: [note(choice.why), ...logs.notes, ...overridden.notes] }
}

function given(flags: FlagValues): FlagValues {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
}

/** Shares become CPU units and MiB, rounded down. */
function resolveSizes(
  amounts: { cpu: Amount; memory: Amount },
  definition: Definition
): { cpu: number; memory: number } {
  const problems: (string | Fault)[] = []
  const resolve = (member: 'cpu' | 'memory', whole: number | undefined): number => {
    const amount = amounts[member]
    if (amount.kind === 'units') return amount.units
    if (whole !== undefined) return Math.floor((whole * amount.percent) / 100)
    const text =
      `${member}: ${amount.percent}% is a share of the task's ${member}, and the task definition has none that can be read. ` +
      `Give ${member} as a number, or choose sensor-profile: low-resource`
    problems.push({ text, at: [member] })
    return 0
  }
  const sizes = { cpu: resolve('cpu', taskCpu(definition)), memory: resolve('memory', taskMemory(definition)) }
  if (problems.length === 0 && sizes.memory < LEAST_MEMORY) {
    problems.push(`memory: comes to ${sizes.memory} MiB, and a container needs at least ${LEAST_MEMORY}`)
  }
  if (problems.length > 0) throw new InputError(problems)
  return sizes
}
