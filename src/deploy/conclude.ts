import type { StepError } from '../errors.ts'
import type { Deployment, FollowOptions, Outcome } from './deployment.ts'
import type { RollBack } from './roll-back.ts'
import type { Settled } from './settle.ts'
import type { Watch } from './watch.ts'

export interface Failure {
  readonly code: string
  readonly reason: string
  readonly cause?: StepError | undefined
}

/** How it came out, before anything is put back. */
export interface Conclusion {
  readonly outcome: Outcome
  /** Absent when the step does not fail for it. */
  readonly failure?: Failure
  /** Whether putting the service back is called for, if it was asked for. */
  readonly calledBack: boolean
  /** Why it is not, where that is not plain from how it came out. */
  readonly leftAlone?: string
}

const ONLY_ON_WHAT_IS_SEEN = 'rollback-on-failure acts only on a failure that is seen'

/** What the watch and the look at the tasks come to. */
export function conclude(
  deployment: Deployment,
  watched: Watch | undefined,
  settled: Settled | undefined,
  { verify }: FollowOptions
): Conclusion {
  const live: Outcome = deployment.outcome === 'already-running' ? 'already-running' : 'deployed'
  if (watched !== undefined && watched.ending.kind !== 'completed') return concludeWatch(watched.ending)
  if (settled === undefined) return { outcome: live, calledBack: false }
  if (settled.kind === 'superseded') return fails('superseded', 'superseded', settled.reason)
  if (verify !== 'require') return { outcome: live, calledBack: false }
  if (settled.kind === 'unseen') return unseen(settled.error)
  if (settled.kind === 'timed-out') {
    // A window that is still open holds nothing against the sensor.
    const calledBack = settled.result.tasks.some(({ sensor }) => sensor.kind !== 'running')
    const failed = fails('timed-out', 'timed-out', 'the sensor was not proven to run in time')
    if (calledBack) return { ...failed, calledBack }
    return { ...failed, leftAlone: settled.blind ? ONLY_ON_WHAT_IS_SEEN : 'nothing speaks against the sensor so far' }
  }
  if (settled.result.verdict !== 'refuted') return { outcome: live, calledBack: false }
  const code = settled.result.expected === 'present' ? 'sensor-not-running' : 'sensor-still-there'
  return { ...fails('failed', code, 'the verdict on the sensor is negative'), calledBack: true }
}

function concludeWatch(ending: Exclude<Watch['ending'], { kind: 'completed' }>): Conclusion {
  switch (ending.kind) {
    case 'failed':
      return { ...fails('failed', 'deployment-failed', ending.reason), calledBack: true }
    case 'rolled-back':
      return fails('rolled-back', 'rolled-back', ending.reason)
    case 'rollback-failed':
      return fails('failed', 'rollback-failed', ending.reason)
    case 'superseded':
      return fails('superseded', 'superseded', ending.reason)
    case 'stopped':
      return fails('stopped', 'stopped', ending.reason)
    case 'gone':
      return fails('failed', 'service-not-active', ending.reason)
    case 'timed-out': {
      const { pause, reason, isBack, unsure } = ending
      // What may wait at a hook for a person is not put back.
      const calledBack = isBack !== true && unsure !== true
      const leftAlone = unsure === true ? 'it may wait for somebody, which cannot be seen' : undefined
      if (pause === undefined) {
        return { ...fails('timed-out', 'timed-out', reason), calledBack, ...(leftAlone && { leftAlone }) }
      }
      return fails('timed-out', 'waits-for-a-person', `it waits at ${pause.stage} for somebody to let it go on`)
    }
    case 'unseen':
      return unseen(ending.error)
  }
}

/** Credentials that ran out tell nothing of the deployment, which goes on. */
function unseen(cause: StepError): Conclusion {
  const outcome = cause.code === 'bad-credentials' ? 'timed-out' : 'failed'
  const failure = { code: cause.code, reason: cause.message, cause }
  return { outcome, failure, calledBack: false, leftAlone: ONLY_ON_WHAT_IS_SEEN }
}

function fails(outcome: Outcome, code: string, reason: string): Conclusion {
  return { outcome, failure: { code, reason }, calledBack: false }
}

export function afterRollBack(outcome: Outcome, back: RollBack | undefined): Outcome {
  if (back === undefined || back.kind === 'left-alone') return outcome
  return back.kind === 'put-back' ? 'rolled-back' : 'failed'
}
