import type { Ecs } from '../ecs/ecs.ts'
import { primaryOf, type ServiceState } from '../ecs/services.ts'
import { type ContainerState, readTasks, type TaskState } from '../ecs/tasks.ts'
import { StepError } from '../errors.ts'
import type { SensorResult } from './deployment.ts'
import { isPassing } from './look.ts'
import { News } from './news.ts'
import { type JudgedTask, observe, type Runs, type SensorState, verdictOf } from './sensor-state.ts'
import type { Course } from './watch.ts'

/** What the tasks of a service must show. */
export type Expectation =
  /** The container of this name runs in each task. */
  | { readonly kind: 'present'; readonly sensor: string }
  | { readonly kind: 'absent'; readonly isSensor: (container: ContainerState) => boolean }

export interface Settling {
  readonly deploymentId: string
  /** Deployments that were there before: an answer with one of them as PRIMARY lags behind. */
  readonly before: readonly string[]
  /** The revision whose tasks are judged. */
  readonly arn: string
  readonly expect: Expectation
  /** Seconds that the sensor must stay RUNNING. */
  readonly settle: number
  /** Milliseconds since the epoch. */
  readonly deadline: number
}

export type Settled = { readonly result: SensorResult } & (
  | { readonly kind: 'judged' }
  | { readonly kind: 'superseded'; readonly reason: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'unseen'; readonly error: StepError }
)

/** Looks at the tasks until the sensor of each has held for its window, or one has not, or the deadline passed. */
export async function* settle(
  own: Settling,
  { ecs, cluster }: { readonly ecs: Ecs; readonly cluster: string },
  say: (text: string) => void
): Course<Settled> {
  const { expect } = own
  const news = new News({ id: own.deploymentId }, say)
  const judgeTasks = expect.kind === 'present' ? presence(own, expect.sensor, say) : absence(own, expect.isSensor)
  let result: SensorResult = { verdict: 'not-yet', expected: expect.kind, running: 0, tasks: [] }
  for (let by = 0; ; ) {
    const look = yield { by }
    const tasks = look.kind === 'seen' ? await lookAtTasks(ecs, cluster, look.service) : look.error
    if (tasks instanceof StepError) {
      if (!isPassing(tasks)) return { kind: 'unseen', result, error: tasks }
      news.blind(tasks)
    } else news.sees()
    if (look.kind === 'seen' && !(tasks instanceof StepError)) {
      const primary = primaryOf(look.service)
      if (primary?.id !== own.deploymentId && !own.before.includes(primary?.id ?? '')) {
        const by = `${primary?.id} to ${primary?.taskDefinition}`
        return { kind: 'superseded', result, reason: `${by} is the service's deployment now` }
      }
      const judged = judgeTasks(tasks, look.service, look.now)
      result = judged.result
      if (result.verdict !== 'not-yet') return { kind: 'judged', result }
      by = Math.min(judged.nextAt, own.deadline)
    } else by = own.deadline
    if (look.now >= own.deadline) return { kind: 'timed-out', result }
  }
}

async function lookAtTasks(ecs: Ecs, cluster: string, service: ServiceState): Promise<TaskState[] | StepError> {
  try {
    return await readTasks(ecs, cluster, service.name, 'RUNNING', { single: true })
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
}

type JudgeTasks = (
  tasks: readonly TaskState[],
  service: ServiceState,
  now: number
) => { readonly result: SensorResult; readonly nextAt: number }

function presence(own: Settling, sensor: string, say: (text: string) => void): JudgeTasks {
  let runs: Runs = new Map()
  let short: number | undefined
  let said = ''
  return (all, service, now) => {
    const mine = all.filter(task => isOwn(task, own, service))
    const seen = observe(runs, mine, sensor, now)
    runs = seen.runs
    const { tasks } = seen
    // What Spot or a failed health check took away is replaced a moment later: such a task is waited for, but not for ever.
    short = tasks.length < service.desiredCount ? (short ?? now) : undefined
    const awaited = short !== undefined && now < short + graceOf(own)
    const found = verdictOf(tasks, own.settle)
    const verdict = awaited && found !== 'refuted' ? 'not-yet' : found
    const running = tasks.filter(({ sensor: { kind } }) => kind === 'running').length
    const text = `sensor: ${running}/${tasks.length} running`
    const window = own.settle === 0 ? '' : `; must stay RUNNING for ${own.settle} s`
    if (text !== said && verdict === 'not-yet') say(`${text}${window}`)
    said = text
    return { result: { verdict, expected: 'present', running, tasks }, nextAt: nextAt(runs, tasks, own, now, short) }
  }
}

/** Of this deployment: of its revision, and not started by another deployment that the service still has. */
function isOwn(task: TaskState, { arn, deploymentId }: Settling, { deployments }: ServiceState): boolean {
  if (task.taskDefinition !== arn) return false
  return task.startedBy === deploymentId || !deployments.some(({ id }) => id === task.startedBy)
}

/** Milliseconds that tasks which are missing are waited for; a list of tasks may lag behind, so never none at all. */
function graceOf({ settle: seconds }: Settling): number {
  return Math.max(seconds, 15) * 1000
}

/** When the first window that is still open closes; `short` is since when there are too few tasks. */
function nextAt(runs: Runs, tasks: readonly JudgedTask[], own: Settling, now: number, short = now): number {
  const window = own.settle * 1000
  const ends = tasks.map(({ task }) => (runs.get(task.arn)?.since ?? Number.POSITIVE_INFINITY) + window)
  const next = [...ends, short + graceOf(own)].filter(end => end > now)
  return Math.min(own.deadline, ...next)
}

/** No task of the service has one; tasks of before may take as long as the window to go. */
function absence(own: Settling, isSensor: (container: ContainerState) => boolean): JudgeTasks {
  let begun: number | undefined
  return (all, _service, now) => {
    begun ??= now
    const tasks = all.filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
    const left = tasks.flatMap((task): JudgedTask[] => {
      const container = task.containers.find(isSensor)
      return container === undefined ? [] : [{ task, sensor: toState(container), healthStatus: container.healthStatus }]
    })
    const over = now >= begun + own.settle * 1000
    const verdict =
      tasks.length === 0 ? 'nothing-to-judge' : left.length === 0 ? 'proven' : over ? 'refuted' : 'not-yet'
    const judged = tasks.map(
      (task): JudgedTask => left.find(other => other.task === task) ?? { task, sensor: { kind: 'missing' } }
    )
    const running = left.filter(({ sensor }) => sensor.kind === 'running').length
    return {
      result: { verdict, expected: 'absent', running, tasks: judged },
      nextAt: begun + own.settle * 1000
    }
  }
}

function toState(container: ContainerState): SensorState {
  if (container.lastStatus === 'RUNNING') return { kind: 'running', seconds: 0 }
  if (container.lastStatus === 'STOPPED') return { kind: 'stopped', container }
  return { kind: 'starting', lastStatus: container.lastStatus }
}
