import { tell } from '../events.ts'
import { serviceOf } from '../lookups.ts'
import { type Script, type Step, together } from '../script.ts'
import { scalesTo } from './incidents.ts'
import { begins, drains, finishes, startsTasks } from './parts.ts'

export interface Course {
  /** Seconds from the beginning to the end: 60 if not given. */
  after?: number
  /** When its tasks run: after a third of that if not given. */
  running?: number
}

/** All goes well: the tasks run after a third of the time, the old ones are stopped after two thirds. */
export function completes({ after = 60, running = after / 3 }: Course = {}): Script {
  return [...tasksRun(running), drains((after * 2) / 3, after / 6), finishes(after)]
}

/** Tasks are started a second after the beginning and run at `running`. */
export function tasksRun(running: number): Script {
  return [begins(), startsTasks(1, Math.max(running - 1, 0))]
}

/** The service has no tasks, and the deployment is done at once: nothing is proven. */
export function desiredZero({ after = 10 }: Pick<Course, 'after'> = {}): Script {
  return together(scalesTo(0, { after: 0 }), completes({ after }))
}

/** It never ends: no task gets beyond PENDING, for want of capacity. */
export function stalls(): Script {
  const unplaced: Step = {
    at: 30,
    act: ({ account, serviceArn }) =>
      tell(
        account,
        serviceOf(account, serviceArn),
        'was unable to place a task. Reason: Capacity is unavailable at this time. ' +
          'Please try again later or in a different availability zone.'
      )
  }
  return [begins(), startsTasks(1, Infinity), unplaced]
}

/** It never ends although its tasks run: as with alarms that are watched for hours. */
export function neverEnds({ running = 20 }: Pick<Course, 'running'> = {}): Script {
  return tasksRun(running)
}
