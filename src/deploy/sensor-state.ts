import type { ContainerState, TaskState } from '../ecs/tasks.ts'

/** How the sensor of one task stands. */
export type SensorState =
  /** RUNNING in the same run since so many seconds. */
  | { readonly kind: 'running'; readonly seconds: number }
  | { readonly kind: 'starting'; readonly lastStatus: string }
  | { readonly kind: 'stopped'; readonly container: ContainerState }
  /** Another run than the one first seen: it exited and came back. */
  | { readonly kind: 'restarted'; readonly container: ContainerState }
  /** The task runs without such a container. */
  | { readonly kind: 'missing' }

export interface JudgedTask {
  readonly task: TaskState
  readonly sensor: SensorState
  readonly healthStatus?: string | undefined
}

/** The run that was first seen of each task, and when (milliseconds since the epoch). */
export type Runs = ReadonlyMap<string, { readonly runtimeId: string; readonly since: number }>

export interface Observation {
  readonly runs: Runs
  readonly tasks: readonly JudgedTask[]
}

/**
 * What one look at the tasks says of the sensor container `name`, by name alone: AWS puts in containers of its own. Tasks that
 * are to stop (Spot, scaling) are left out, and their replacements begin a window of their own.
 */
export function observe(runs: Runs, tasks: readonly TaskState[], name: string, now: number): Observation {
  const seen = new Map(runs)
  const judged = tasks
    .filter(task => task.desiredStatus === 'RUNNING')
    .map((task): JudgedTask => {
      const container = task.containers.find(candidate => candidate.name === name)
      return { task, sensor: stateOf(task, container, seen, now), healthStatus: container?.healthStatus }
    })
  return { runs: seen, tasks: judged }
}

function stateOf(
  task: TaskState,
  container: ContainerState | undefined,
  runs: Map<string, { runtimeId: string; since: number }>,
  now: number
): SensorState {
  if (container === undefined) {
    return task.lastStatus === 'RUNNING' ? { kind: 'missing' } : { kind: 'starting', lastStatus: task.lastStatus }
  }
  if (container.lastStatus === 'STOPPED') return { kind: 'stopped', container }
  if (container.lastStatus !== 'RUNNING') return { kind: 'starting', lastStatus: container.lastStatus }
  const { runtimeId = '' } = container
  const known = runs.get(task.arn) ?? { runtimeId, since: now }
  // An id that is not given (yet) says nothing.
  const first = known.runtimeId === '' ? { ...known, runtimeId } : known
  runs.set(task.arn, first)
  if (runtimeId !== '' && first.runtimeId !== runtimeId) return { kind: 'restarted', container }
  return { kind: 'running', seconds: (now - first.since) / 1000 }
}

export type Verdict = 'proven' | 'not-yet' | 'refuted' | 'nothing-to-judge'

/** `proven`: the sensor of every task held RUNNING for the window. One that stopped or was restarted refutes it at once. */
export function verdictOf(tasks: readonly JudgedTask[], settleSeconds: number): Verdict {
  if (tasks.length === 0) return 'nothing-to-judge'
  if (tasks.some(({ sensor }) => ['stopped', 'restarted', 'missing'].includes(sensor.kind))) return 'refuted'
  return tasks.every(({ sensor }) => isHeld(sensor, settleSeconds)) ? 'proven' : 'not-yet'
}

export function isHeld(sensor: SensorState, settleSeconds: number): boolean {
  return sensor.kind === 'running' && sensor.seconds >= settleSeconds
}
