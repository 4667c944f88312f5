import { plan, recount } from './counts.ts'
import { tell } from './events.ts'
import { imageDigest, runtimeId } from './identifiers.ts'
import { isObject, type JsonObject, objects } from './json.ts'
import { serviceOf } from './lookups.ts'
import { newTask, type Task, type TaskContainer } from './new-task.ts'
import type { Rollout } from './script.ts'
import type { Account } from './state.ts'
import type { TaskStore } from './task-store.ts'

/** A task and the deployment that it counts for: a rollback takes tasks over, which `startedBy` does not tell. */
export interface ServiceTask {
  serviceArn: string
  deploymentId: string
  task: Task
}

export interface TaskStop {
  stopCode: string
  stoppedReason: string
  /** Seconds from the decision to STOPPED: 0 if not given. */
  takes?: number
}

/** How long a stopped task can still be described, in seconds. */
const KEPT = 3600

/** The tasks that can be listed and described now. */
export function visibleTasks(account: Account): TaskStore {
  for (const taskArn of account.tasks.forget(account.seconds() - KEPT)) account.tags.delete(taskArn)
  return account.tasks
}

/** The deployment's tasks that are to run, the oldest first. */
export function liveTasks(account: Account, deploymentId: string): ServiceTask[] {
  const { serviceArn = '' } = account.rollouts.get(deploymentId) ?? {}
  return account.tasks
    .of(serviceArn)
    .filter(entry => entry.deploymentId === deploymentId && entry.task.desiredStatus === 'RUNNING')
}

/** Starts as many tasks as are missing; they are PENDING half-way to `runningIn` seconds, and for ever if that is Infinity. */
export function startMissing(rollout: Rollout, runningIn: number): ServiceTask[] {
  const { account, deployment, serviceArn } = rollout
  const service = serviceOf(account, serviceArn)
  const missing = service.desiredCount - liveTasks(account, deployment.id).length
  const started = Array.from({ length: Math.max(missing, 0) }, () => startTask(rollout, runningIn))
  if (started.length > 0) tell(account, service, `has started ${started.length} tasks: ${named(started)}.`)
  return started
}

export function startTask(rollout: Rollout, runningIn: number): ServiceTask {
  const { account, deployment, serviceArn } = rollout
  const entry = { serviceArn, deploymentId: deployment.id, task: newTask(rollout) }
  const { taskArn } = entry.task
  account.tasks.add(entry)
  if (runningIn === 0) runTask(account, entry)
  else {
    plan(account, serviceArn, Number.isFinite(runningIn) ? runningIn / 2 : 10, taskArn, () => pull(account, entry))
    if (Number.isFinite(runningIn)) plan(account, serviceArn, runningIn, taskArn, () => runTask(account, entry))
  }
  return entry
}

/** Stops tasks at the scheduler's wish, with the event that ECS writes about it. */
export function stopTasks(account: Account, entries: ServiceTask[], takes: number): void {
  const [first] = entries
  if (first === undefined) return
  for (const entry of entries) {
    const stoppedReason = `Scaling activity initiated by (deployment ${entry.deploymentId})`
    stopTask(account, entry, { stopCode: 'ServiceSchedulerInitiated', stoppedReason, takes })
  }
  tell(account, serviceOf(account, first.serviceArn), `has stopped ${entries.length} running tasks: ${named(entries)}.`)
}

/** A task that stops already only stops faster. */
export function stopTask(account: Account, entry: ServiceTask, stop: TaskStop): void {
  const { task } = entry
  if (task.lastStatus === 'STOPPED') return
  const { takes = 0, stopCode, stoppedReason } = stop
  account.timeline.cancel(task.taskArn)
  if (task.desiredStatus === 'RUNNING') {
    change(task, { desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING', stopCode, stoppedReason })
    task.stoppingAt = account.seconds()
  }
  if (takes === 0) end(account, entry)
  else plan(account, entry.serviceArn, takes, task.taskArn, () => end(account, entry))
}

export interface ContainerStop {
  exitCode?: number
  reason?: string
}

/** An essential container takes its task along; without another one the task goes on. */
export function stopContainer(account: Account, entry: ServiceTask, name: string, stop: ContainerStop): void {
  const container = containerOf(entry.task, name)
  Object.assign(container, { lastStatus: 'STOPPED', ...stop })
  change(entry.task, {})
  if (!isEssential(account, entry.task, name)) return
  const stoppedReason = 'Essential container in task exited'
  stopTask(account, entry, { stopCode: 'EssentialContainerExited', stoppedReason, takes: 10 })
}

/** A container runs anew, as another run of it. */
export function restartContainer(account: Account, entry: ServiceTask, name: string): void {
  const { exitCode: _exitCode, reason: _reason, ...kept } = containerOf(entry.task, name)
  const run = { ...kept, lastStatus: 'RUNNING' as const, runtimeId: newRuntimeId(account, entry.task) }
  change(entry.task, { containers: entry.task.containers.map(other => (other.name === name ? run : other)) })
}

/** @throws Error for a name that the task lacks: the scenario is wrong, not the client */
export function containerOf(task: Task, name: string): TaskContainer {
  const container = task.containers.find(candidate => candidate.name === name)
  if (container === undefined) throw new Error(`no container ${name} in ${task.taskDefinitionArn}`)
  return container
}

/** RUNNING at once, with all containers that have not stopped yet. */
export function runTask(account: Account, entry: ServiceTask): void {
  const { task } = entry
  if (task.lastStatus === 'PROVISIONING') pull(account, entry)
  const now = account.seconds()
  change(task, {
    lastStatus: 'RUNNING',
    startedAt: now,
    pullStoppedAt: now,
    connectivity: 'CONNECTED',
    connectivityAt: now
  })
  const traits = account.rollouts.get(entry.deploymentId)?.tasks
  for (const container of task.containers) {
    if (container.lastStatus !== 'PENDING') continue
    const never = traits?.neverStart.get(container.name)
    if (never !== undefined) {
      Object.assign(container, { lastStatus: 'STOPPED', ...never })
      continue
    }
    const healthStatus = hasHealthCheck(account, task, container.name) ? 'HEALTHY' : 'UNKNOWN'
    const started = { runtimeId: newRuntimeId(account, task), imageDigest: imageDigest(container.image) }
    Object.assign(container, started, { lastStatus: 'RUNNING', healthStatus })
  }
  judgeHealth(account, task)
  for (const act of traits?.whenRunning ?? []) act(entry)
  recount(account, entry.serviceArn)
}

/** The task is as healthy as its essential containers with a health check are. */
export function judgeHealth(account: Account, task: Task): void {
  const judged = task.containers.filter(
    ({ name }) => isEssential(account, task, name) && hasHealthCheck(account, task, name)
  )
  const worst = ['UNHEALTHY', 'UNKNOWN'].find(status => judged.some(({ healthStatus }) => healthStatus === status))
  change(task, { healthStatus: judged.length === 0 ? 'UNKNOWN' : (worst ?? 'HEALTHY') })
}

export function isEssential(account: Account, task: Task, name: string): boolean {
  const definition = definitionOf(account, task, name)
  return definition !== undefined && definition.essential !== false
}

/** The container's part of the task definition; nothing for one that AWS put in. */
export function definitionOf(account: Account, task: Task, name: string): JsonObject | undefined {
  const revision = account.findTaskDefinition(task.taskDefinitionArn)
  return objects(revision?.containerDefinitions).find(container => container.name === name)
}

function pull(account: Account, { task }: ServiceTask): void {
  change(task, { lastStatus: 'PENDING', pullStartedAt: account.seconds() })
}

/** What ran got a signal: an essential container exits with 0, another with 1, which says nothing of its health. */
function end(account: Account, entry: ServiceTask): void {
  const { task } = entry
  const now = account.seconds()
  for (const container of task.containers) {
    if (container.lastStatus === 'RUNNING') container.exitCode = isEssential(account, task, container.name) ? 0 : 1
    container.lastStatus = 'STOPPED'
    container.healthStatus = 'UNKNOWN'
  }
  change(task, { lastStatus: 'STOPPED', executionStoppedAt: now, stoppedAt: now, connectivity: 'DISCONNECTED' })
  account.tasks.noteStopped(entry)
}

function change(task: Task, changes: Partial<Task>): void {
  Object.assign(task, changes, { version: task.version + 1 })
}

function hasHealthCheck(account: Account, task: Task, name: string): boolean {
  return isObject(definitionOf(account, task, name)?.healthCheck)
}

function newRuntimeId(account: Account, task: Task): string {
  return runtimeId(task.taskArn.replace(/.*\//, ''), account.next())
}

function named(entries: ServiceTask[]): string {
  return entries.map(({ task }) => `(task ${task.taskArn.replace(/.*\//, '')})`).join(' ')
}
