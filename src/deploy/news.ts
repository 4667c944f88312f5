import { type DeploymentState, primaryOf, type ServiceState } from '../ecs/services.ts'
import { messageOf, type StepError } from '../errors.ts'
import type { Standing } from './judge.ts'

/** Says of a deployment what no look before has shown: counts, events, a pause, a rollback, an outage of looking. */
export class News {
  private readonly id: string
  private readonly say: (text: string) => void
  private readonly events: Set<string>
  private last = ''
  private since: number | undefined
  private isBlind = false

  constructor({ id, told = [] }: { id: string; told?: readonly string[] }, say: (text: string) => void) {
    this.id = id
    this.say = say
    this.events = new Set(told)
  }

  tell(service: ServiceState, standing: Standing): void {
    this.isBlind = false
    const own = service.deployments.find(({ id }) => id === this.id)
    // Events older than the deployment are not about it. Both times are ECS's own.
    this.since ??= own?.createdAt ?? Number.POSITIVE_INFINITY
    for (const event of service.events.toReversed()) {
      if (event.createdAt < this.since || this.events.has(event.id)) continue
      this.events.add(event.id)
      this.say(event.message)
    }
    const text = [counts(primaryOf(service)), standingText(standing)].filter(Boolean).join('; ')
    if (text !== this.last && text !== '') this.say(text)
    this.last = text
  }

  blind(error: StepError): void {
    if (!this.isBlind) this.say(`a look was not answered, and is tried again: ${firstLine(messageOf(error))}`)
    this.isBlind = true
  }
}

function counts(deployment: DeploymentState | undefined): string {
  if (deployment === undefined) return ''
  const { runningCount, desiredCount, pendingCount, failedTasks } = deployment
  const failed = failedTasks > 0 ? `, ${failedTasks} failed` : ''
  return `${runningCount}/${desiredCount} running, ${pendingCount} pending${failed}`
}

function standingText(standing: Standing): string {
  switch (standing.kind) {
    case 'rolling-out':
      return standing.pause === undefined
        ? ''
        : `waits at ${standing.pause.stage} for somebody to let it go on${until(standing.pause.expiresAt)}`
    case 'rolling-back':
      return `ECS is putting the service back: ${standing.reason}`
    case 'completed':
      return 'completed'
    default:
      return `${standing.kind}: ${standing.reason}`
  }
}

function until(expiresAt: number | undefined): string {
  return expiresAt === undefined ? '' : `, at the latest until ${new Date(expiresAt * 1000).toISOString()}`
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
