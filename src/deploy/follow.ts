import { type Clock, gapAfter } from './clock.ts'
import type { Deployment } from './deployment.ts'
import type { Look, Looker } from './look.ts'
import type { Course, Wanted } from './watch.ts'

/** A service and the course that its looks are for. */
export interface Followed {
  readonly serviceArn: string
  readonly course: Course<Deployment>
}

/**
 * Drives the courses of several services side by side: one round of looks for all of them, then each goes on from its own. No gap
 * between two rounds is longer than `maxDelay` seconds, and a round comes sooner when a course wants it.
 */
export async function followAll(
  all: readonly Followed[],
  looker: Looker,
  clock: Clock,
  maxDelay: number,
  onEnd: (deployment: Deployment) => void
): Promise<void> {
  const open = new Map<Followed, Wanted>()
  await Promise.all(all.map(followed => advance(followed)))
  for (let count = 0; open.size > 0; count++) {
    const soonest = Math.min(...[...open.values()].map(({ by }) => by))
    const seconds = Math.min(gapAfter(count, maxDelay), (soonest - clock.now()) / 1000)
    if (seconds > 0) await clock.sleep(seconds)
    const round = [...open]
    const wishes = round.map(([{ serviceArn }, { serviceDeploymentArn }]) => ({ serviceArn, serviceDeploymentArn }))
    const looks = await looker.look(wishes, () => clock.now())
    await Promise.all(round.map(([followed], index) => advance(followed, looks[index])))
  }

  /** The first step needs no look; the generator's type cannot tell. */
  async function advance(followed: Followed, look?: Look): Promise<void> {
    const step = await followed.course.next(...((look === undefined ? [] : [look]) as [Look]))
    if (step.done !== true) open.set(followed, step.value)
    else {
      open.delete(followed)
      onEnd(step.value)
    }
  }
}
