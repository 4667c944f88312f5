import type { ServiceDeploymentState } from '../ecs/service-deployments.ts'
import { type DeploymentState, primaryOf, type ServiceState } from '../ecs/services.ts'
import type { StepError } from '../errors.ts'
import type { Glance } from './glance.ts'
import { type Ending, judge, type Pause, type Standing } from './judge.ts'
import { isPassing, type Look } from './look.ts'
import { News, sayUnseen } from './news.ts'

/** When a course wants its next look at the latest (milliseconds since the epoch), and at which service deployment. */
export interface Wanted {
  readonly by: number
  readonly serviceDeploymentArn?: string | undefined
}

/** A course gets a look for each wish, until it returns. */
export type Course<T> = AsyncGenerator<Wanted, T, Look>

/** The one deployment that is watched. */
export interface Watched {
  readonly id: string
  readonly serviceDeploymentArn?: string | undefined
  /** The service deployment that was current before this one: not yet ours when the service still names it. */
  readonly earlier?: string | undefined
  /** Whether we asked ECS to stop it and roll it back. */
  readonly asked?: boolean
  /** What the service ran before. */
  readonly previousArn?: string | undefined
  /** Deployments that were there before. */
  readonly before?: readonly string[]
  /** Ids of the service's events that are no news. */
  readonly told?: readonly string[]
}

export interface Timing {
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** What a rollback has from when it begins. */
  readonly minutes: number
}

export type Watch = {
  /** As it was at the last look that was answered. */
  readonly service?: ServiceState | undefined
  readonly serviceDeploymentArn?: string | undefined
  /** The deployment itself, where its id is known only once it is under way. */
  readonly own?: DeploymentState | undefined
} & (
  | { readonly ending: Ending }
  | {
      readonly ending: {
        readonly kind: 'timed-out'
        readonly pause?: Pause | undefined
        /** ECS was putting the service back by itself. */
        readonly isBack?: boolean
        /** Whether a person is waited for cannot be told: traffic is shifted, and the service deployment not seen. */
        readonly unsure?: boolean
        readonly reason: string
      }
    }
  /** It could not be looked at any more. */
  | { readonly ending: { readonly kind: 'unseen'; readonly error: StepError } }
)

/** Follows one deployment by its id to its end, or to the deadline. */
export async function* watch(
  own: Watched,
  timing: Timing,
  say: (text: string) => void,
  glance?: Glance
): Course<Watch> {
  const news = new News(own, say)
  const back = new WayBack(own)
  let { deadline } = timing
  let arn = own.serviceDeploymentArn
  let stale = own.earlier
  let service: ServiceState | undefined
  let pause: Pause | undefined
  for (;;) {
    let look = yield { by: deadline, serviceDeploymentArn: arn }
    const found = arn ?? currentOf(look, own, stale)
    if (found !== arn) {
      arn = found
      // What the service tells alone may be less than the service deployment does: it is asked before anything is judged.
      look = yield { by: look.now, serviceDeploymentArn: arn }
    }
    if (look.kind === 'seen') {
      service = look.service
      const attempt = ownAttempt(look, own.id)
      if (attempt === undefined && look.attempt !== undefined) [stale, arn] = [arn, undefined]
      const standing = back.see(judge(own, service, attempt), service, attempt === undefined)
      news.tell(service, standing)
      if (standing.kind === 'rolling-out') await glance?.(service, look.now)
      else if (standing.kind !== 'rolling-back') return { service, serviceDeploymentArn: arn, ending: standing }
      else if (!back.isOurs) deadline = back.deadline ??= look.now + timing.minutes * 60_000
      pause = standing.kind === 'rolling-out' ? standing.pause : undefined
    } else if (isPassing(look.error)) news.blind(look.error)
    else return { service, serviceDeploymentArn: arn, ending: { kind: 'unseen', error: look.error } }
    if (look.now >= deadline) {
      const unsure = service?.shiftsTraffic === true && !(look.kind === 'seen' && look.attempt !== undefined)
      const isBack = back.deadline !== undefined
      const ending = { kind: 'timed-out', pause, isBack, unsure, reason: openEnd(look, back) } as const
      return { service, serviceDeploymentArn: arn, ending }
    }
  }
}

function openEnd(look: Look, { deadline, isOurs }: WayBack): string {
  if (look.kind === 'unseen') return sayUnseen(look.error)
  if (isOurs || deadline === undefined) return 'it had not ended'
  return 'ECS was putting the service back, which had not ended'
}

/** What is remembered of a rollback while it goes on. */
class WayBack {
  readonly isOurs: boolean
  /** A rollback of ECS's own has as long again; one that we asked for was given that already. */
  deadline: number | undefined
  private readonly id: string
  private primary: string | undefined
  private reason: string | undefined

  constructor({ id, asked = false }: Watched) {
    this.id = id
    this.isOurs = asked
  }

  /** A third deployment is somebody's; and the reason at the beginning is better than the one at the end, where the list has to tell. */
  see(standing: Standing, service: ServiceState, byList: boolean): Standing {
    const primary = primaryOf(service)?.id
    if (standing.kind === 'rolling-back') {
      if (this.primary !== undefined && this.primary !== primary) {
        return { kind: 'superseded', reason: `${primary} took its place while ECS was putting the service back` }
      }
      if (primary !== this.id) this.primary = primary
      this.reason ??= standing.reason
    }
    const ended = standing.kind === 'rolled-back' || standing.kind === 'rollback-failed'
    return ended && byList && this.reason !== undefined ? { ...standing, reason: this.reason } : standing
  }
}

/** Seconds that a service deployment may seem to be older than the deployment that it is about. */
const SLACK = 60

/** Right after a move the service may still name the service deployment of the move before. */
function ownAttempt({ service, attempt }: Look & { kind: 'seen' }, id: string): ServiceDeploymentState | undefined {
  const begun = service.deployments.find(deployment => deployment.id === id)?.createdAt ?? 0
  const isOlder =
    attempt !== undefined && (attempt.createdAt + SLACK < begun || (attempt.finishedAt ?? begun + 1) <= begun)
  return isOlder ? undefined : attempt
}

function currentOf(look: Look, { id }: Watched, stale: string | undefined): string | undefined {
  if (look.kind === 'unseen' || !look.withAttempts || primaryOf(look.service)?.id !== id) return undefined
  const current = look.service.serviceDeploymentArn
  return current === stale ? undefined : current
}
