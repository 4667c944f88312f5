import type { StepError } from '../errors.ts'
import type { Note } from '../task-definition/definition.ts'
import type { Finding } from './post-mortem.ts'
import type { JudgedTask, Verdict } from './sensor-state.ts'

/** The contract's words for how a service's deployment stands. */
export type Outcome =
  | 'failed'
  | 'timed-out'
  | 'stopped'
  | 'superseded'
  | 'rolled-back'
  | 'started'
  | 'deployed'
  | 'already-running'

/** What happened when, for the log and the summary. */
export interface Moment {
  /** Since the following began. */
  readonly seconds: number
  readonly text: string
}

/** What was found out about the sensor in a service's tasks. */
export interface SensorResult {
  readonly verdict: Verdict
  /** Whether the sensor was to be there, or to be gone. */
  readonly expected: 'present' | 'absent'
  readonly running: number
  readonly tasks: readonly JudgedTask[]
}

export interface Deployment {
  readonly service: string
  readonly outcome: Outcome
  readonly previousArn: string
  readonly arn: string
  readonly deploymentId?: string | undefined
  readonly serviceDeploymentArn?: string | undefined
  readonly codeDeployDeploymentId?: string | undefined
  /** Whether it was begun here, and not found under way or ended. */
  readonly begun?: boolean
  readonly sensor?: SensorResult | undefined
  readonly course?: readonly Moment[]
  readonly findings?: readonly Finding[]
  /** Why the step fails for this service. */
  readonly error?: StepError | undefined
  readonly notes: readonly Note[]
}

/** How a deployment is followed, as the options say. */
export interface FollowOptions {
  /** Covers watching and settling; a rollback has as long again. */
  readonly minutes: number
  /** The longest gap between two looks, in seconds. */
  readonly maxDelay: number
  /** Looks are at multiples of so many seconds of the clock, no more than `maxDelay`: those of many services then travel together. */
  readonly grid?: number
  readonly verify: 'require' | 'warn' | 'off'
  /** How long the sensor must stay RUNNING in each task, in seconds. */
  readonly settle: number
  readonly rollback: boolean
}
