import type { Ecs } from '../ecs/ecs.ts'
import { describeServices, primaryOf, type ServiceState } from '../ecs/services.ts'
import { bulleted, StepError } from '../errors.ts'
import { type Clock, gapAfter } from './clock.ts'
import { isUnderWay } from './inspect.ts'
import { isPassing } from './look.ts'
import { sayMinutes, sayWaiting } from './say-waiting.ts'

export interface Waiting {
  readonly ecs: Ecs
  readonly clock: Clock
  readonly cluster: string
  readonly minutes: number
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** The longest gap between two looks, in seconds. */
  readonly maxDelay: number
  readonly say: (text: string) => void
}

/** Whether a deployment to another revision than `arn` is under way. */
function isBusy(service: ServiceState, arn: string | undefined): boolean {
  return isUnderWay(service) && (arn === undefined || primaryOf(service)?.taskDefinition !== arn)
}

/**
 * Waits until no service has a deployment to another revision than `arn` under way; gives the services as they are then. Throws
 * StepError `deployment-in-progress` when the time is over.
 */
export async function waitForOthers(
  services: readonly ServiceState[],
  arn: string | undefined,
  { ecs, clock, cluster, minutes, deadline, maxDelay, say }: Waiting
): Promise<readonly ServiceState[]> {
  const names = services.map(service => service.arn)
  const tell = sayWaiting(clock, say)
  let now = services
  for (let looks = 0; ; looks++) {
    const busy = now.filter(service => isBusy(service, arn))
    if (busy.length === 0) return now
    const texts = busy.map(
      service => `${service.name}: ${primaryOf(service)?.id} to ${primaryOf(service)?.taskDefinition}`
    )
    if (clock.now() >= deadline) throw tooLong(texts, minutes)
    const others = texts.join('; ')
    tell(others, `the deployment that is under way, ${others}`)
    await clock.sleep(Math.min(gapAfter(looks, maxDelay), (deadline - clock.now()) / 1000))
    now = await look(ecs, cluster, names, now)
  }
}

async function look(ecs: Ecs, cluster: string, names: readonly string[], before: readonly ServiceState[]) {
  try {
    return await describeServices(ecs, cluster, names)
  } catch (error) {
    if (error instanceof StepError && isPassing(error)) return [...before]
    throw error
  }
}

function tooLong(texts: readonly string[], minutes: number): StepError {
  return new StepError({
    code: 'deployment-in-progress',
    what: `a deployment was still under way after ${sayMinutes(minutes)}, so nothing was registered or moved.\n${bulleted(texts)}`,
    hint: 'Run again when it has ended, give wait-for-minutes more, or on-deployment-in-progress: replace.'
  })
}
