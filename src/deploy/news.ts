import { type DeploymentState, primaryOf, type ServiceState } from '../ecs/services.ts'
import { messageOf, type StepError } from '../errors.ts'
import type { Ending, Standing } from './judge.ts'

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
    const own = service.deployments.find(({ id }) => id === this.id)
    // Events older than the deployment are not about it. Both times are ECS's own.
    this.since ??= own?.createdAt ?? Number.POSITIVE_INFINITY
    this.tellOf(service, this.since, [counts(primaryOf(service)), standingText(standing)])
  }

  /** The service's events from a time on (epoch seconds), and how things stand where that is another than before. */
  tellOf(service: ServiceState, since: number, standing: readonly string[]): void {
    this.sees()
    for (const event of service.events.toReversed()) {
      if (event.createdAt < since || this.events.has(event.id)) continue
      this.events.add(event.id)
      this.say(withoutService(event.message, service.name))
    }
    const text = standing.filter(Boolean).join('; ')
    if (text !== this.last && text !== '') this.say(text)
    this.last = text
  }

  /** A look was answered. */
  sees(): void {
    this.isBlind = false
  }

  blind(error: StepError): void {
    if (!this.isBlind) this.say(`a look was not answered, and is tried again: ${whyBlind(error)}`)
    this.isBlind = true
  }
}

/** Each line begins with the service already: `(service web) has reached a steady state.` */
function withoutService(message: string, name: string): string {
  const prefix = `(service ${name}) `
  return message.startsWith(prefix) ? message.slice(prefix.length) : message
}

/** How many tasks of a deployment run. */
export function counts(deployment: DeploymentState | undefined): string {
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
      return `${ENDINGS[standing.kind]}: ${standing.reason}`
  }
}

const ENDINGS = {
  failed: 'failed',
  'rolled-back': 'ECS put the service back',
  'rollback-failed': 'ECS could not put the service back',
  superseded: 'superseded',
  stopped: 'stopped',
  gone: 'gone'
} as const satisfies Record<Exclude<Ending['kind'], 'completed'>, string>

function until(expiresAt: number | undefined): string {
  return expiresAt === undefined ? '' : `, at the latest until ${withoutMilliseconds(expiresAt)}`
}

function withoutMilliseconds(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** That the time was over while looks were not answered, and why they were not. */
export function sayUnseen(error: StepError): string {
  return `it could not be looked at any more, so how it stands is not known: ${whyBlind(error)}`
}

/** Why a look was not answered, without what to do about it. */
export function whyBlind(error: StepError): string {
  const text = messageOf(error)
  return text.split('\n', 1)[0] ?? text
}
