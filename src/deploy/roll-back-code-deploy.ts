import type { Ecs } from '../ecs/ecs.ts'
import { nameOf } from '../ecs/services.ts'
import { describeTaskDefinition } from '../ecs/task-definitions.ts'
import { messageOf } from '../errors.ts'
import type { Clock } from './clock.ts'
import { type Delivery, start } from './code-deploy.ts'
import type { Deployment } from './deployment.ts'
import { judgeEnd, ownService, type RollBack } from './roll-back.ts'
import type { Course, Timing } from './watch.ts'
import { watchCodeDeploy } from './watch-code-deploy.ts'
import type { Ended, Way } from './way.ts'

interface Place {
  readonly ecs: Ecs
  readonly clock: Clock
  readonly cluster: string
}

/** How long following may take at most, in minutes, as for `wait-for-minutes`. */
const LONGEST = 360

/** The way of a service that CodeDeploy deploys; `minutes` are those of the step, `ownWaits` those that the group takes itself. */
export function codeDeployWay(delivery: Delivery, minutes: number, ownWaits: number, place: Place): Way {
  const { name, readyMinutes } = delivery
  return {
    minutes: Math.min(minutes + ownWaits, LONGEST),
    watch: ({ arn, codeDeployDeploymentId: id = '' }, told, timing, say) =>
      watchCodeDeploy({ name, id, arn, readyMinutes, told }, place.ecs, timing, say),
    rollBack: (deployment, ended, timing, say) => rollBack(deployment, ended, delivery, place, timing, say)
  }
}

/**
 * Has CodeDeploy deploy exactly the revision that the service ran before, and watches that to its end. Only when the deployment has
 * ended well and the sensor was then not proven to run: everything else is up to the group's own rollback settings.
 */
async function* rollBack(
  deployment: Deployment,
  ended: Ended,
  delivery: Delivery,
  place: Place,
  timing: () => Timing,
  say: (text: string) => void
): Course<RollBack> {
  const { previousArn } = deployment
  const hindrance = hindranceOf(ended)
  if (hindrance !== undefined) return { kind: 'left-alone', reason: hindrance }
  try {
    const previous = await describeTaskDefinition(place.ecs, previousArn)
    if (previous?.active !== true) return { kind: 'left-alone', reason: `${previousArn} is not ACTIVE any more` }
    const fresh = await ownService(deployment, 'completed', place)
    if (typeof fresh === 'string') return { kind: 'left-alone', reason: fresh }
    const id = await start(delivery, previousArn, place.ecs, place.clock)
    say(`putting it back on ${nameOf(previousArn)} (CodeDeploy deployment ${id})`)
    const told = fresh.service.events.map(event => event.id)
    const { name, readyMinutes } = delivery
    const time = timing()
    const back = yield* watchCodeDeploy({ name, id, arn: previousArn, readyMinutes, told }, place.ecs, time, say)
    const end = judgeEnd(back, { asked: false, told, previousArn, minutes: time.minutes })
    if (end.kind === 'put-back') say(`back on ${nameOf(previousArn)}`)
    return end
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) }
  }
}

/** Why CodeDeploy is left to itself. */
function hindranceOf({ watched, settled }: Ended): string | undefined {
  // It has ended well by then, and what is called for is called for by the sensor or by the time.
  if (settled !== undefined) return undefined
  if (watched?.ending.kind === 'timed-out') {
    return 'the deployment goes on in CodeDeploy, by the settings of its deployment group'
  }
  return 'whether CodeDeploy goes back after a failure is set in its deployment group'
}
