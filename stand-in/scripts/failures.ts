import { ALARM } from '../causes.ts'
import { tell } from '../events.ts'
import { serviceOf } from '../lookups.ts'
import { failDeployment } from '../rollouts.ts'
import type { Rollout, Script } from '../script.ts'
import { containerOf, isEssential, liveTasks, runTask, type ServiceTask, startMissing, stopTask } from '../tasks.ts'
import { completes, tasksRun } from './completes.ts'
import { begins } from './parts.ts'

export interface TaskFailure {
  /** `TaskFailedToStart` if not given; with `EssentialContainerExited` the task runs before. */
  stopCode?: string
  stoppedReason?: string
  /** The container to blame: the first one if not given. */
  container?: string
  containerReason?: string
  /** Of a container that ran: 1 if not given. */
  exitCode?: number
}

export interface TaskFailures extends TaskFailure {
  /** How often the service tries: 3 if not given. */
  times?: number
  /** Seconds from one try to the next: 30 if not given. */
  every?: number
}

const TIRED =
  'is unable to consistently start tasks successfully. ' +
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'

/** Tasks are started and fail again and again, and `failedTasks` grows; the deployment neither ends nor gives up. */
export function taskFailsToStart({ times = 3, every = 30, ...failure }: TaskFailures = {}): Script {
  const tries = Array.from({ length: times }, (_, index): Script => {
    const at = 1 + index * every
    return [
      { at, act: rollout => void startMissing(rollout, Infinity) },
      { at: at + every * 0.8, act: rollout => failAll(rollout, failure) }
    ]
  })
  const tired: Script = [
    {
      at: 1 + (times - 0.1) * every,
      act: ({ account, serviceArn }) => tell(account, serviceOf(account, serviceArn), TIRED)
    }
  ]
  return [begins(), ...tries.flat(), ...tired]
}

export interface Breaker extends TaskFailure {
  /** Seconds from the beginning to the failure: 90 if not given. */
  after?: number
  times?: number
  /** Whether ECS goes back by itself: yes if not given. */
  rollback?: boolean
  /** The course of the way back: it completes if not given. */
  back?: Script
}

/** Tasks fail until the circuit breaker ends the deployment. */
export function breakerRollsBack({ after = 90, times = 3, rollback = true, back, ...failure }: Breaker = {}): Script {
  return [
    ...taskFailsToStart({ times, every: (after - 2) / times, ...failure }),
    {
      at: after,
      act: ({ account, serviceArn, deployment: { failedTasks } }) =>
        failDeployment(account, serviceArn, { rollback, failedTasks, back: back ?? completes() })
    }
  ]
}

export interface Alarm {
  /** Seconds from the beginning to the failure: 90 if not given. */
  after?: number
  alarms?: string[]
  rollback?: boolean
  back?: Script
}

/** The tasks run, but an alarm goes off while it is watched. */
export function alarmRollsBack({
  after = 90,
  alarms = ['too-many-errors'],
  rollback = true,
  back
}: Alarm = {}): Script {
  return [
    ...tasksRun(after / 3),
    {
      at: after,
      act: ({ account, serviceArn, serviceDeployment }) => {
        if (serviceDeployment !== undefined) serviceDeployment.triggeredAlarmNames = alarms
        failDeployment(account, serviceArn, { cause: ALARM, rollback, back: back ?? completes() })
      }
    }
  ]
}

/** On Fargate: the log group of a container is missing, so that its task never starts, essential or not. */
export const LOG_GROUP_MISSING: TaskFailure = {
  stoppedReason:
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ' +
    'failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1'
}

/** Docker Hub has had enough of this address. */
export function imageRateLimited(image: string): Required<Pick<TaskFailure, 'stoppedReason' | 'containerReason'>> {
  const reason =
    `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/${image}: ` +
    'failed to do request: 429 Too Many Requests - toomanyrequests: You have reached your unauthenticated pull rate limit.'
  return { stoppedReason: reason, containerReason: reason }
}

function failAll(rollout: Rollout, failure: TaskFailure): void {
  for (const entry of liveTasks(rollout.account, rollout.deployment.id)) {
    fail(rollout, entry, failure)
    rollout.deployment.failedTasks += 1
    if (rollout.serviceDeployment !== undefined) rollout.serviceDeployment.failureCount += 1
  }
}

function fail({ account }: Rollout, entry: ServiceTask, failure: TaskFailure): void {
  const { stopCode = 'TaskFailedToStart', containerReason, exitCode = 1 } = failure
  const ran = stopCode === 'EssentialContainerExited'
  const { stoppedReason = ran ? 'Essential container in task exited' : 'Task failed to start' } = failure
  const { task } = entry
  const blamed = containerOf(task, failure.container ?? task.containers[0]?.name ?? '')
  if (ran) {
    if (!isEssential(account, task, blamed.name)) throw new Error(`${blamed.name} is not essential`)
    runTask(account, entry)
    Object.assign(blamed, { lastStatus: 'STOPPED', exitCode })
  }
  if (containerReason !== undefined) blamed.reason = containerReason
  stopTask(account, entry, { stopCode, stoppedReason })
}
