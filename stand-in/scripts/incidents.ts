import { plan } from '../counts.ts'
import { tell } from '../events.ts'
import { writeLog } from '../logs.ts'
import { serviceOf } from '../lookups.ts'
import { scale, TASK_STARTS_IN } from '../scaling.ts'
import type { Rollout, Script } from '../script.ts'
import {
  containerOf,
  judgeHealth,
  liveTasks,
  restartContainer,
  type ServiceTask,
  startMissing,
  stopContainer,
  stopTask
} from '../tasks.ts'

/** What the sensor's container is called unless an input says otherwise. */
const SENSOR = 'levo-pcap-sensor'

/** Which containers an incident meets, and when: one of `after` and `runningFor`. */
export interface Meeting {
  container?: string
  /** Seconds from the deployment's beginning: the tasks that run then are met. */
  after?: number
  /** Seconds from a task's start: each task is met, those that start later too. */
  runningFor?: number
  /** How many tasks are met at most: all if not given. */
  tasks?: number
}

export interface SensorStop extends Meeting {
  /** 1 if not given. */
  exitCode?: number
  reason?: string
  /** What the container writes to its log group right before. */
  log?: string[]
}

/** The container exits. A task whose container is not essential goes on, and with it the deployment. */
export function sensorStops({ exitCode = 1, reason, log = [], ...meeting }: SensorStop): Script {
  return meets(meeting, (rollout, entry, container) => {
    if (containerOf(entry.task, container).lastStatus !== 'RUNNING') return
    writeLog(rollout.account, entry.task, container, log)
    stopContainer(rollout.account, entry, container, { exitCode, ...(reason !== undefined && { reason }) })
  })
}

export interface SensorRestart extends SensorStop {
  /** Seconds that the container is STOPPED before it runs anew: none if not given. */
  downFor?: number
}

/** A restart policy brings the container back as another run of it; without a time in between no look finds it STOPPED. */
export function sensorRestarts({ downFor = 0, exitCode = 1, reason, log = [], ...meeting }: SensorRestart): Script {
  return meets(meeting, ({ account, serviceArn }, entry, container) => {
    writeLog(account, entry.task, container, log)
    if (downFor > 0) {
      const stop = { lastStatus: 'STOPPED', exitCode, ...(reason !== undefined && { reason }) }
      Object.assign(containerOf(entry.task, container), stop)
    }
    plan(account, serviceArn, downFor, entry.task.taskArn, () => restartContainer(account, entry, container))
  })
}

/** The container can not be started in any task. A task whose container is not essential runs without it. */
export function sensorNeverStarts({ container = SENSOR, reason }: { container?: string; reason: string }): Script {
  return [{ at: 0, act: rollout => void rollout.tasks.neverStart.set(container, { reason }) }]
}

/** A container's health check changes its mind. */
export function healthBecomes(healthStatus: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN', meeting: Meeting): Script {
  return meets(meeting, ({ account }, entry, container) => {
    containerOf(entry.task, container).healthStatus = healthStatus
    judgeHealth(account, entry.task)
  })
}

/** Containers that AWS puts in, such as `aws-guardduty-agent-abc` or `ecs-service-connect-xyz`. */
export function injects(...names: string[]): Script {
  return [{ at: 0, act: rollout => void rollout.tasks.injected.push(...names) }]
}

/** Log lines of a container that goes on. */
export function writes(log: string[], meeting: Meeting): Script {
  return meets(meeting, ({ account }, entry, container) => writeLog(account, entry.task, container, log))
}

export interface Interruption {
  after: number
  /** Seconds from the interruption to the replacement's start: 5 if not given. */
  replacedIn?: number
}

/** Spot takes the oldest running task away; the same deployment starts another one in its place. */
export function spotTakesATask({ after, replacedIn = 5 }: Interruption): Script {
  const interrupted: Script[number] = {
    at: after,
    act: ({ account, deployment }) => {
      const entry = liveTasks(account, deployment.id).find(({ task }) => task.lastStatus === 'RUNNING')
      const stop = { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.', takes: 30 }
      if (entry !== undefined) stopTask(account, entry, stop)
    }
  }
  return [interrupted, { at: after + replacedIn, act: rollout => void startMissing(rollout, TASK_STARTS_IN) }]
}

/** Somebody, or a policy, wants another number of tasks. */
export function scalesTo(desiredCount: number, { after }: { after: number }): Script {
  return [{ at: after, act: rollout => scale(rollout, desiredCount) }]
}

/** Another event of the service, such as that its operations are throttled. */
export function tells(message: string, { after }: { after: number }): Script {
  return [{ at: after, act: ({ account, serviceArn }) => tell(account, serviceOf(account, serviceArn), message) }]
}

type Act = (rollout: Rollout, entry: ServiceTask, container: string) => void

function meets({ container = SENSOR, after, runningFor, tasks = Infinity }: Meeting, act: Act): Script {
  if ((after === undefined) === (runningFor === undefined)) throw new Error('give either after or runningFor')
  if (after !== undefined) return [{ at: after, act: rollout => meetRunning(rollout) }]
  return [{ at: 0, act: rollout => void rollout.tasks.whenRunning.push(meetEach(rollout)) }]

  function meetRunning(rollout: Rollout): void {
    const running = liveTasks(rollout.account, rollout.deployment.id).filter(
      ({ task }) => task.lastStatus === 'RUNNING'
    )
    for (const entry of running.slice(0, tasks)) act(rollout, entry, container)
  }

  function meetEach(rollout: Rollout): (entry: ServiceTask) => void {
    let left = tasks
    return entry => {
      left -= 1
      if (left < 0) return
      const { account, serviceArn } = rollout
      plan(account, serviceArn, runningFor ?? 0, entry.task.taskArn, () => act(rollout, entry, container))
    }
  }
}
