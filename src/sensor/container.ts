import { InputError } from '../errors.ts'
import { type Container, type Definition, type JsonObject, type Note, note } from '../task-definition/definition.ts'
import { taskCpu, taskMemory } from '../task-definition/sizes.ts'
import { type FlagValues, PROGRAM, toArguments } from './flags.ts'
import { decideLogs, type LogChoice, type LogContext } from './log-configuration.ts'
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
  readonly taskSize: 'keep' | 'unchecked'
}

/** ECS's least memory for a container in MiB (API reference, ContainerDefinition `memory`). */
const LEAST_MEMORY = 6

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
    entryPoint: [
      ...PROGRAM,
      ...toArguments({ ...PROFILES[choice.profile].flags, ...given(options.flags) }),
      ...options.extraArgs
    ],
    environment: [...environment].map(([name, value]) => ({ name, value })),
    ...(options.secrets.size === 0
      ? {}
      : { secrets: [...options.secrets].map(([name, valueFrom]) => ({ name, valueFrom })) }),
    mountPoints: [],
    volumesFrom: [],
    ...(options.dockerLabels.size === 0 ? {} : { dockerLabels: Object.fromEntries(options.dockerLabels) }),
    ...(logs.logConfiguration === undefined ? {} : { logConfiguration: logs.logConfiguration })
  } satisfies JsonObject
  return { container, notes: [note(choice.why), ...logs.notes] }
}

function given(flags: FlagValues): FlagValues {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
}

/** Shares become CPU units and MiB, rounded down. */
function resolveSizes(
  amounts: { cpu: Amount; memory: Amount },
  definition: Definition
): { cpu: number; memory: number } {
  const problems: string[] = []
  const resolve = (member: 'cpu' | 'memory', whole: number | undefined): number => {
    const amount = amounts[member]
    if (amount.kind === 'units') return amount.units
    if (whole !== undefined) return Math.floor((whole * amount.percent) / 100)
    problems.push(
      `${member}: ${amount.percent}% is a share of the task's ${member}, and the task definition has none that can be read. ` +
        `Give ${member} as a number, or choose sensor-profile: low-resource`
    )
    return 0
  }
  const sizes = { cpu: resolve('cpu', taskCpu(definition)), memory: resolve('memory', taskMemory(definition)) }
  if (problems.length === 0 && sizes.memory < LEAST_MEMORY) {
    problems.push(`memory: comes to ${sizes.memory} MiB, and a container needs at least ${LEAST_MEMORY}`)
  }
  if (problems.length > 0) throw new InputError(problems)
  return sizes
}
