import type { Ecs } from '../ecs/ecs.ts'
import type { DeploymentState } from '../ecs/services.ts'
import { describeTasks, readTasks, type TaskState } from '../ecs/tasks.ts'

/** Which of a service's tasks are meant, and how many of them ECS counts. */
export interface Meant {
  readonly isMeant: (task: TaskState) => boolean
  readonly count: number
}

export interface TasksSeen {
  readonly tasks: readonly TaskState[]
  /** Whether they were listed for this look: else there may be others, of which the count did not tell yet. */
  readonly isListed: boolean
}

/** A look that is not answered is followed by the next one anyway. */
const ONCE = { single: true }

/**
 * The running tasks of one service, look by look. Those that are meant and known are only described: a list is asked for when one of them
 * is not to run any more, or when ECS counts another number of them.
 */
export class RunningTasks {
  private readonly ecs: Ecs
  private readonly cluster: string
  private readonly service: string
  private known: readonly string[] = []

  constructor(ecs: Ecs, cluster: string, service: string) {
    this.ecs = ecs
    this.cluster = cluster
    this.service = service
  }

  /** Throws StepError when it is not answered. */
  async look({ isMeant, count }: Meant): Promise<TasksSeen> {
    if (this.known.length === 0 || this.known.length !== count) return this.list({ isMeant })
    const tasks = await describeTasks(this.ecs, this.cluster, this.service, this.known, ONCE)
    const isWhole = tasks.length === count && tasks.every(task => task.desiredStatus === 'RUNNING' && isMeant(task))
    return isWhole ? { tasks, isListed: false } : this.list({ isMeant })
  }

  /** All tasks that are to run, those that are not meant too. Throws StepError when it is not answered. */
  async list({ isMeant }: Pick<Meant, 'isMeant'>): Promise<TasksSeen> {
    const tasks = await readTasks(this.ecs, this.cluster, this.service, 'RUNNING', ONCE)
    this.known = tasks.filter(isMeant).map(({ arn }) => arn)
    return { tasks, isListed: true }
  }
}

/** The tasks that ECS counts for deployments, running or about to. */
export function countIn(deployments: readonly DeploymentState[]): number {
  return deployments.reduce((sum, { runningCount, pendingCount }) => sum + runningCount + pendingCount, 0)
}
