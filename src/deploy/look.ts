import type { Ecs } from '../ecs/ecs.ts'
import { lookAtServiceDeployments, type ServiceDeploymentState } from '../ecs/service-deployments.ts'
import { lookAtServices, type ServiceState } from '../ecs/services.ts'
import { messageOf, StepError } from '../errors.ts'
import { type Note, note } from '../task-definition/definition.ts'

/** What one look shows of a service, or why it showed nothing. */
export type Look = {
  /** Milliseconds since the epoch. */
  readonly now: number
} & (
  | {
      readonly kind: 'seen'
      readonly service: ServiceState
      readonly attempt?: ServiceDeploymentState | undefined
      /** Whether service deployments can be looked at. */
      readonly withAttempts: boolean
    }
  | { readonly kind: 'unseen'; readonly error: StepError }
)

/** What to look at. */
export interface Wish {
  readonly serviceArn: string
  readonly serviceDeploymentArn?: string | undefined
  /** Since when the service's events are looked for (epoch seconds). */
  readonly eventsSince: number
}

/** Passing troubles, after which the next look may well be answered. */
const PASSING = ['throttled', 'aws-failure', 'unreachable', 'bad-answer']

export function isPassing({ code }: StepError): boolean {
  return PASSING.includes(code)
}

/** So many looks in a row at service deployments may fail before it goes on without them. */
const PATIENCE = 3

/** Looks at services and their service deployments, as few calls as possible for all of them. */
export class Looker {
  private readonly ecs: Ecs
  private readonly cluster: string
  private readonly onNote: (note: Note) => void
  private withAttempts = true
  private unanswered = 0

  constructor(ecs: Ecs, cluster: string, onNote: (note: Note) => void) {
    this.ecs = ecs
    this.cluster = cluster
    this.onNote = onNote
  }

  /** `now`: when it is begun, in milliseconds since the epoch. */
  async look(wishes: readonly Wish[], now: number): Promise<Look[]> {
    const services = await lookAtServices(
      this.ecs,
      this.cluster,
      wishes.map(({ serviceArn, eventsSince }) => ({ arn: serviceArn, eventsSince }))
    )
    const attempts = await this.lookAtAttempts(
      wishes.flatMap(({ serviceArn, serviceDeploymentArn }) =>
        services.get(serviceArn) instanceof StepError ? [] : (serviceDeploymentArn ?? [])
      )
    )
    return wishes.map(wish => this.lookFor(wish, services.get(wish.serviceArn), attempts, now))
  }

  private lookFor(
    { serviceArn, serviceDeploymentArn = '' }: Wish,
    service: ServiceState | StepError | undefined,
    attempts: Map<string, ServiceDeploymentState> | StepError,
    now: number
  ): Look {
    if (service instanceof StepError) return { kind: 'unseen', now, error: service }
    if (service === undefined) {
      const what = `${serviceArn} is not there any more.`
      return { kind: 'unseen', now, error: new StepError({ code: 'service-not-found', what }) }
    }
    const { withAttempts } = this
    if (!(attempts instanceof StepError)) {
      return { kind: 'seen', now, service, attempt: attempts.get(serviceDeploymentArn), withAttempts }
    }
    return { kind: 'unseen', now, error: attempts }
  }

  /** The authority where it is permitted; without the right it goes on with what DescribeServices tells. */
  private async lookAtAttempts(arns: readonly string[]): Promise<Map<string, ServiceDeploymentState> | StepError> {
    if (arns.length === 0 || !this.withAttempts) return new Map()
    try {
      const attempts = await lookAtServiceDeployments(this.ecs, arns)
      this.unanswered = 0
      return attempts
    } catch (error) {
      if (!(error instanceof StepError)) throw error
      if (['bad-credentials', 'cancelled'].includes(error.code)) return error
      // An endpoint that lacks the call answers with a page of HTML, again and again; an outage of this call alone must not blind.
      this.unanswered += 1
      const denied = error.code === 'access-denied'
      if (!denied && this.unanswered < PATIENCE) return isPassing(error) ? error : new Map()
      if (!denied && error.code !== 'bad-answer') return new Map()
      this.withAttempts = false
      this.onNote(
        note(
          `service deployments cannot be looked at, so rollbacks, stops and hooks are told from the service alone: ${messageOf(error)}`
        )
      )
      return new Map()
    }
  }
}
