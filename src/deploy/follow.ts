import { type Clock, gapAfter, toGrid } from './clock.ts'
import type { Deployment } from './deployment.ts'
import type { Look, Looker } from './look.ts'
import type { Course, Wanted } from './watch.ts'

/** A service and the course that its looks are for. */
export interface Followed {
  readonly serviceArn: string
  /** Since when the service's events are about it (epoch seconds). */
  readonly eventsSince: number
  readonly course: Course<Deployment>
}

/**
 * Drives the courses of several services side by side: one round of looks for all of them, then each goes on from its own. No gap
 * between two rounds is longer than `maxDelay` seconds, and a round comes sooner when a course wants it. With a `grid`, of seconds and
 * no longer than that, rounds are at its multiples, so that those of other callers fall together with them.
 */
export async function followAll(
  all: readonly Followed[],
  looker: Looker,
  clock: Clock,
  maxDelay: number,
  onEnd: (deployment: Deployment) => void,
  grid?: number
): Promise<void> {
  const open = new Map<Followed, Wanted>()
  await Promise.all(all.map(followed => advance(followed)))
  for (let count = 0; open.size > 0; count++) {
    const soonest = Math.min(...[...open.values()].map(({ by }) => by))
    const seconds = secondsTo(soonest, gapAfter(count, maxDelay))
    if (seconds > 0) await clock.sleep(seconds)
    const round = [...open]
    const wishes = round.map(([{ serviceArn, eventsSince }, { serviceDeploymentArn }]) => {
      return { serviceArn, eventsSince, serviceDeploymentArn }
    })
    const looks = await looker.look(wishes, momentOfRound())
    await Promise.all(round.map(([followed], index) => advance(followed, looks[index])))
  }

  function secondsTo(soonest: number, gap: number): number {
    const left = (soonest - clock.now()) / 1000
    // A look just before the one that is wanted would tell nothing.
    return grid === undefined || left <= gap ? Math.min(gap, left) : Math.min(left, toGrid(clock.now(), gap, grid))
  }

  /**
   * When a round was begun: how long its answers take is another time each, and so must not count in what lies between two rounds. On the
   * grid it is a whole second, since a timer may be some milliseconds late.
   */
  function momentOfRound(): number {
    return grid === undefined ? clock.now() : Math.round(clock.now() / 1000) * 1000
  }

  /** The first step needs no look; the generator's type cannot tell. */
  async function advance(followed: Followed, look?: Look): Promise<void> {
    let step = await followed.course.next(...((look === undefined ? [] : [look]) as [Look]))
    // What was wanted for a time before the look is in it: one more would not fall together with any.
    if (grid !== undefined && look !== undefined && step.done !== true && step.value.by < look.now) {
      step = await followed.course.next(look)
    }
    if (step.done !== true) open.set(followed, step.value)
    else {
      open.delete(followed)
      onEnd(step.value)
    }
  }
}
