import type { Ecs } from '../ecs/ecs.ts'
import { readLastLines } from '../ecs/logs.ts'
import type { ServiceState } from '../ecs/services.ts'
import { type ContainerState, readTasks, type TaskState, taskIdOf } from '../ecs/tasks.ts'
import { StepError } from '../errors.ts'
import { type Container, type Definition, isObject, textOf } from '../task-definition/definition.ts'
import { type Diagnosis, diagnose, type Evidence } from './diagnose.ts'

/** One stop, in ECS's words, and what it most likely means. */
export interface Finding {
  /** Absent when only the service's events tell. */
  readonly task?: string | undefined
  readonly stopCode?: string | undefined
  readonly stoppedReason?: string | undefined
  readonly container?: ContainerState | undefined
  readonly isSensor: boolean
  /** The last lines of the container's own log, redacted. */
  readonly log: readonly string[]
  readonly diagnosis?: Diagnosis | undefined
}

/** What is looked into: one revision, and the container in it that is the sensor. */
export interface Subject {
  readonly definition: Definition
  /** Absent where the revision has none. */
  readonly sensor?: string | undefined
  /** Takes secrets out of lines of a log. */
  readonly redact: (text: string) => string
}

/** Of many tasks that stopped for one reason a few tell as much as all. */
const LOOKED_INTO = 3
const LOG_LINES = 20

/** Why tasks of a deployment stopped, the newest first. Never throws: what may not be looked at is not known. */
export async function findStops(
  { ecs, cluster }: { readonly ecs: Ecs; readonly cluster: string },
  service: ServiceState,
  deploymentId: string,
  subject: Subject,
  since: number
): Promise<Finding[]> {
  const events = service.events.filter(event => event.createdAt >= since).map(({ message }) => message)
  const stopped = await readTasks(ecs, cluster, service.name, 'STOPPED').catch(forgive([]))
  const own = stopped
    .filter(task => task.startedBy === deploymentId && !isWanted(task))
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, LOOKED_INTO)
  const findings: Finding[] = []
  for (const task of own) {
    for (const container of blamed(task, subject)) findings.push(await find(ecs, task, container, subject, events))
  }
  if (findings.length > 0) return unique(findings)
  const diagnosis = diagnose({ log: [], events, architecture: architectureOf(subject.definition) })
  return diagnosis === undefined ? [] : [{ isSensor: false, log: [], diagnosis }]
}

/** Why the sensor of these tasks, which go on, stopped. */
export async function findSensorStops(
  ecs: Ecs,
  stops: readonly { readonly task: TaskState; readonly container: ContainerState }[],
  subject: Subject
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { task, container } of stops.slice(0, LOOKED_INTO)) {
    findings.push(await find(ecs, task, container, subject, []))
  }
  return unique(findings)
}

/** A task that the scheduler or a person took down says nothing of the revision. */
function isWanted({ stopCode, stoppedReason = '' }: TaskState): boolean {
  return stopCode === 'UserInitiated' || /^Scaling activity/.test(stoppedReason)
}

/**
 * The containers that a stop is about: those with a reason or a bad exit, or none in particular. A sensor that is not essential
 * exits with 1 whenever its task is stopped before it saw traffic, so only a reason counts there.
 */
function blamed(task: TaskState, { definition, sensor }: Subject): (ContainerState | undefined)[] {
  const bystander = definitionOf(definition, sensor ?? '')?.essential === false ? sensor : undefined
  const failed = task.containers.filter(
    ({ name, reason, exitCode }) =>
      // What AWS puts in beside the definition's goes down with its task.
      definitionOf(definition, name) !== undefined &&
      (reason !== undefined || (name !== bystander && exitCode !== undefined && exitCode !== 0))
  )
  return failed.length === 0 ? [undefined] : failed
}

async function find(
  ecs: Ecs,
  task: TaskState,
  container: ContainerState | undefined,
  subject: Subject,
  events: readonly string[]
): Promise<Finding> {
  const { stopCode, stoppedReason } = task
  const isSensor = container !== undefined && container.name === subject.sensor
  const log = isSensor ? await readLog(ecs, task, container, subject.definition) : []
  const evidence: Evidence = {
    stopCode,
    stoppedReason,
    container: container && {
      ...container,
      isSensor,
      memory: numberOf(definitionOf(subject.definition, container.name)?.memory)
    },
    log,
    events,
    architecture: architectureOf(subject.definition)
  }
  return {
    task: taskIdOf(task.arn),
    stopCode,
    stoppedReason,
    container,
    isSensor,
    log: log.map(subject.redact),
    diagnosis: diagnose(evidence)
  }
}

/** The end of the container's awslogs stream (`prefix/container/task`), where that may be read. */
async function readLog(
  ecs: Ecs,
  task: TaskState,
  { name, runtimeId }: ContainerState,
  definition: Definition
): Promise<string[]> {
  const logs = definitionOf(definition, name)?.logConfiguration
  const options = isObject(logs) && logs.logDriver === 'awslogs' && isObject(logs.options) ? logs.options : {}
  const [group, prefix] = [textOf(options['awslogs-group']), textOf(options['awslogs-stream-prefix'])]
  const sameRegion = options['awslogs-region'] === ecs.region
  // A container that never ran has written nothing.
  if (group === undefined || prefix === undefined || !sameRegion || runtimeId === undefined) return []
  return readLastLines(ecs, group, `${prefix}/${name}/${taskIdOf(task.arn)}`, LOG_LINES).catch(forgive([]))
}

function definitionOf(definition: Definition, name: string): Container | undefined {
  return definition.containerDefinitions.find(container => container.name === name)
}

function architectureOf({ runtimePlatform }: Definition): string | undefined {
  return isObject(runtimePlatform) ? textOf(runtimePlatform.cpuArchitecture) : undefined
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** What explains a failure is worth nothing if it hides the failure itself. */
function forgive<T>(instead: T): (error: unknown) => T {
  return error => {
    if (error instanceof StepError) return instead
    throw error
  }
}

/** The same stop in several tasks is one finding. */
function unique(findings: readonly Finding[]): Finding[] {
  const key = ({ container, stopCode, stoppedReason, diagnosis }: Finding) =>
    JSON.stringify([container?.name, container?.exitCode, container?.reason, stopCode, stoppedReason, diagnosis?.code])
  return findings.filter((finding, index) => findings.findIndex(other => key(other) === key(finding)) === index)
}
