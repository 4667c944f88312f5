import type { ServiceTask } from './tasks.ts'

/** The tasks of an account, in the order of their start, found by ARN and by service. */
export class TaskStore {
  private readonly byArn = new Map<string, ServiceTask>()
  private readonly byService = new Map<string, Set<ServiceTask>>()

  add(entry: ServiceTask): void {
    this.byArn.set(entry.task.taskArn, entry)
    const siblings = this.byService.get(entry.serviceArn) ?? new Set()
    this.byService.set(entry.serviceArn, siblings.add(entry))
  }

  delete(entry: ServiceTask): void {
    this.byArn.delete(entry.task.taskArn)
    this.byService.get(entry.serviceArn)?.delete(entry)
  }

  all(): ServiceTask[] {
    return [...this.byArn.values()]
  }

  of(serviceArn: string): ServiceTask[] {
    return [...(this.byService.get(serviceArn) ?? [])]
  }
}
