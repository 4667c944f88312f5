import { Grouped } from './grouped.ts'
import type { ServiceTask } from './tasks.ts'

/** The tasks of an account, in the order of their start, found by ARN and by service. */
export class TaskStore {
  private readonly byArn = new Map<string, ServiceTask>()
  private readonly byService = new Grouped<ServiceTask>()
  /** The ones that stopped first come first. */
  private readonly stopped = new Set<ServiceTask>()

  add(entry: ServiceTask): void {
    this.byArn.set(entry.task.taskArn, entry)
    this.byService.add(entry.serviceArn, entry)
  }

  /** To be called when it has stopped: what is forgotten is looked for among these only. */
  noteStopped(entry: ServiceTask): void {
    this.stopped.add(entry)
  }

  /** Forgets what had stopped by a time in epoch seconds, and gives the ARNs. */
  forget(until: number): string[] {
    const forgotten: string[] = []
    for (const entry of this.stopped) {
      const { taskArn, stoppedAt = 0 } = entry.task
      if (stoppedAt > until) break
      this.stopped.delete(entry)
      this.byArn.delete(taskArn)
      this.byService.delete(entry.serviceArn, entry)
      forgotten.push(taskArn)
    }
    return forgotten
  }

  all(): ServiceTask[] {
    return [...this.byArn.values()]
  }

  of(serviceArn: string): ServiceTask[] {
    return this.byService.of(serviceArn)
  }

  get(taskArn: string): ServiceTask | undefined {
    return this.byArn.get(taskArn)
  }
}
