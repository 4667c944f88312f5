import type { CallOptions, Ecs, Output } from './ecs.ts'

type DescribedTask = NonNullable<Output<'DescribeTasks'>['tasks']>[number]
type DescribedContainer = NonNullable<DescribedTask['containers']>[number]

/** A container of a task as it was at one look; also those that AWS puts in beside the definition's. */
export interface ContainerState {
  readonly name: string
  readonly image: string
  readonly lastStatus: string
  readonly healthStatus?: string | undefined
  /** One for each run: a container that is restarted gets another. */
  readonly runtimeId?: string | undefined
  readonly exitCode?: number | undefined
  readonly reason?: string | undefined
}

/** A task as it was at one look. */
export interface TaskState {
  readonly arn: string
  readonly taskDefinition: string
  /** The deployment that started it; a rollback takes over tasks that another one started. */
  readonly startedBy?: string | undefined
  readonly desiredStatus: string
  readonly lastStatus: string
  readonly stopCode?: string | undefined
  readonly stoppedReason?: string | undefined
  /** Epoch seconds. */
  readonly createdAt: number
  readonly containers: readonly ContainerState[]
}

/** DescribeTasks takes a hundred at a time (API reference). */
const BATCH = 100

/** The service's tasks that are to run, or those that stopped within the hour. */
export async function readTasks(
  ecs: Ecs,
  cluster: string,
  service: string,
  desiredStatus: 'RUNNING' | 'STOPPED',
  patience: Pick<CallOptions, 'single'> = {}
): Promise<TaskState[]> {
  const arns = await listTasks(ecs, cluster, service, desiredStatus, patience)
  return describeTasks(ecs, cluster, service, arns, patience)
}

export async function listTasks(
  ecs: Ecs,
  cluster: string,
  service: string,
  desiredStatus: 'RUNNING' | 'STOPPED',
  patience: Pick<CallOptions, 'single'> = {}
): Promise<string[]> {
  const arns: string[] = []
  let nextToken: string | undefined
  do {
    const request = { cluster, serviceName: service, desiredStatus, ...(nextToken !== undefined && { nextToken }) }
    const answer = await ecs.call('ListTasks', request, { on: service, ...patience })
    arns.push(...(answer.taskArns ?? []))
    nextToken = answer.nextToken
  } while (nextToken !== undefined)
  return arns
}

/** A task that is gone meanwhile is left out. */
export async function describeTasks(
  ecs: Ecs,
  cluster: string,
  service: string,
  tasks: readonly string[],
  patience: Pick<CallOptions, 'single'> = {}
): Promise<TaskState[]> {
  const described: TaskState[] = []
  for (let start = 0; start < tasks.length; start += BATCH) {
    const batch = tasks.slice(start, start + BATCH)
    const answer = await ecs.call('DescribeTasks', { cluster, tasks: batch }, { on: service, ...patience })
    described.push(...(answer.tasks ?? []).map(toTask))
  }
  return described
}

function toTask(task: DescribedTask): TaskState {
  return {
    arn: task.taskArn ?? '',
    taskDefinition: task.taskDefinitionArn ?? '',
    startedBy: task.startedBy,
    desiredStatus: task.desiredStatus ?? '',
    lastStatus: task.lastStatus ?? '',
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    createdAt: task.createdAt ?? 0,
    containers: (task.containers ?? []).map(toContainer)
  }
}

function toContainer(container: DescribedContainer): ContainerState {
  return {
    name: container.name ?? '',
    image: container.image ?? '',
    lastStatus: container.lastStatus ?? '',
    healthStatus: container.healthStatus,
    runtimeId: container.runtimeId,
    exitCode: container.exitCode,
    reason: container.reason
  }
}

/** `arn:…:task/web/0123456789abcdef` gives `0123456789abcdef`. */
export function taskIdOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
