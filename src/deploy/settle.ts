import { primaryOf, type ServiceState } from '../ecs/services.ts'
import type { ContainerState, TaskState } from '../ecs/tasks.ts'
import { StepError } from '../errors.ts'
import type { SensorResult } from './deployment.ts'
import { isPassing, type Look } from './look.ts'
import { News } from './news.ts'
import { countIn, type Meant, type RunningTasks } from './running-tasks.ts'
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
  /** `blind`: why the tasks could not be looked at in the end; the result is from before. */
  | { readonly kind: 'timed-out'; readonly blind?: StepError | undefined }
  | { readonly kind: 'unseen'; readonly error: StepError }
)

/** Looks at the tasks until the sensor of each has held for its window, or one has not, or the deadline passed. */
export async function* settle(own: Settling, running: RunningTasks, say: (text: string) => void): Course<Settled> {
  const { expect } = own
  const news = new News({ id: own.deploymentId }, say)
  const judge = expect.kind === 'present' ? presence(own, expect.sensor, say) : absence(own, expect.isSensor)
  let result: SensorResult = { verdict: 'not-yet', expected: expect.kind, running: 0, tasks: [] }
  for (let by = 0; ; ) {
    const look = yield { by }
    const successor = look.kind === 'seen' ? supersededBy(own, look.service) : undefined
    if (successor !== undefined)
      return { kind: 'superseded', result, reason: `${successor} is the service's deployment now` }
    const judged = look.kind === 'seen' ? await judgeTasks(judge, running, look) : look.error
    if (judged instanceof StepError) {
      if (!isPassing(judged)) return { kind: 'unseen', result, error: judged }
      news.blind(judged)
      by = own.deadline
    } else {
      news.sees()
      result = judged.result
      if (result.verdict !== 'not-yet') return { kind: 'judged', result }
      by = Math.min(judged.nextAt, own.deadline)
    }
    if (look.now >= own.deadline) {
      return { kind: 'timed-out', result, blind: judged instanceof StepError ? judged : undefined }
    }
  }
}

function supersededBy({ deploymentId, before }: Settling, service: ServiceState): string | undefined {
  const primary = primaryOf(service)
  if (primary?.id === deploymentId || before.includes(primary?.id ?? '')) return undefined
  return `${primary?.id} to ${primary?.taskDefinition}`
}

interface Judged {
  readonly result: SensorResult
  readonly nextAt: number
}

interface Judge {
  meant(service: ServiceState): Meant
  of(tasks: readonly TaskState[], service: ServiceState, now: number): Judged
}

/** A verdict is one about all tasks: it stands when they were listed for it. */
async function judgeTasks(
  judge: Judge,
  running: RunningTasks,
  { service, now }: Look & { kind: 'seen' }
): Promise<Judged | StepError> {
  const meant = judge.meant(service)
  try {
    const { tasks, isListed } = await running.look(meant)
    const judged = judge.of(tasks, service, now)
    if (isListed || judged.result.verdict === 'not-yet') return judged
    return judge.of((await running.list(meant)).tasks, service, now)
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
}

function presence(own: Settling, sensor: string, say: (text: string) => void): Judge {
  let runs: Runs = new Map()
  let short: number | undefined
  let said = ''
  const meant = (service: ServiceState): Meant => ({
    isMeant: task => isOwn(task, own, service),
    count: countIn(service.deployments.filter(({ id }) => id === own.deploymentId))
  })
  const of: Judge['of'] = (all, service, now) => {
    const mine = all.filter(meant(service).isMeant)
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
  return { meant, of }
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
function absence(own: Settling, isSensor: (container: ContainerState) => boolean): Judge {
  let begun: number | undefined
  const meant = ({ deployments }: ServiceState): Meant => ({ isMeant: () => true, count: countIn(deployments) })
  const of: Judge['of'] = (all, _service, now) => {
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
  return { meant, of }
}

function toState(container: ContainerState): SensorState {
  if (container.lastStatus === 'RUNNING') return { kind: 'running', seconds: 0 }
  if (container.lastStatus === 'STOPPED') return { kind: 'stopped', container }
  return { kind: 'starting', lastStatus: container.lastStatus }
}
