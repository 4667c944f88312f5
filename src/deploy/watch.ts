import { primaryOf, type ServiceState } from '../ecs/services.ts'
import type { StepError } from '../errors.ts'
import { type Ending, judge, type Pause } from './judge.ts'
import { isPassing, type Look } from './look.ts'
import { News } from './news.ts'

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
} & (
  | { readonly ending: Ending }
  | { readonly ending: { readonly kind: 'timed-out'; readonly pause?: Pause | undefined; readonly reason: string } }
  /** It could not be looked at any more. */
  | { readonly ending: { readonly kind: 'unseen'; readonly error: StepError } }
)

/** Follows one deployment by its id to its end, or to the deadline. */
export async function* watch(own: Watched, timing: Timing, say: (text: string) => void): Course<Watch> {
  const news = new News(own, say)
  let { deadline } = timing
  let arn = own.serviceDeploymentArn
  let service: ServiceState | undefined
  let pause: Pause | undefined
  let isBack = false
  let back: string | undefined
  for (let by = deadline; ; by = deadline) {
    let look = yield { by, serviceDeploymentArn: arn }
    const found = arn ?? currentOf(look, own)
    if (found !== arn) {
      arn = found
      // What the service tells alone may be less than the service deployment does: it is asked before anything is judged.
      look = yield { by: look.now, serviceDeploymentArn: arn }
    }
    if (look.kind === 'seen') {
      service = look.service
      const standing = judge(own, look.service, look.attempt)
      news.tell(look.service, standing)
      const replaced = standing.kind === 'rolling-back' && isReplaced(back, look.service)
      if (replaced) return { service, ending: { kind: 'superseded', reason: 'another deployment took its place' } }
      if (standing.kind === 'rolling-back') {
        if (!isBack) deadline = look.now + timing.minutes * 60_000
        isBack = true
        const primary = primaryOf(look.service)?.id
        if (primary !== own.id) back = primary
      } else if (standing.kind !== 'rolling-out') return { service, serviceDeploymentArn: arn, ending: standing }
      pause = standing.kind === 'rolling-out' ? standing.pause : undefined
    } else if (isPassing(look.error)) news.blind(look.error)
    else return { service, serviceDeploymentArn: arn, ending: { kind: 'unseen', error: look.error } }
    if (look.now >= deadline) {
      const reason = isBack ? 'ECS was putting the service back, and that had not ended' : 'it had not ended'
      return { service, serviceDeploymentArn: arn, ending: { kind: 'timed-out', pause, reason } }
    }
  }
}

function currentOf(look: Look, { id, earlier }: Watched): string | undefined {
  if (look.kind === 'unseen' || !look.withAttempts || primaryOf(look.service)?.id !== id) return undefined
  const current = look.service.serviceDeploymentArn
  return current === earlier ? undefined : current
}

/** A rollback's own deployment stays PRIMARY; a third one is somebody's. */
function isReplaced(back: string | undefined, service: ServiceState): boolean {
  return back !== undefined && primaryOf(service)?.id !== back
}
