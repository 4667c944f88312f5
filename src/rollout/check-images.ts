import { askForImage, checkImage } from '../check-image.ts'
import { bulleted, messageOf, StepError } from '../errors.ts'
import { platformOf } from '../sensor/platform.ts'
import type { FleetFlow } from './fleet-flow.ts'
import type { Planned } from './plan-fleet.ts'
import type { TargetPlan } from './plan-target.ts'

/**
 * Asks once for each image whether it is there, for all that the tasks of the fleet run on, before anything is registered. With `require`,
 * throws StepError when it is not so for some of them; then none is begun.
 */
export async function checkImages(
  flow: FleetFlow,
  planned: ReadonlyMap<string, Planned>,
  level: 'warn' | 'require'
): Promise<void> {
  const forces = flow.options.each.deploy.forceNewDeployment === true
  const pulling = [...planned.values()].filter(({ changed }) => changed || forces)
  const failures: unknown[] = []
  for (const group of Map.groupBy(pulling, ({ plan }) => keyOf(plan)).values()) {
    const [first] = group
    if (first === undefined) continue
    const { rendering } = first.plan
    const tasks = `the tasks of ${group.length} service${group.length === 1 ? '' : 's'}`
    const found = await askForImage(rendering, flow.world.findImage)
    try {
      flow.note(checkImage({ rendering, tasks, servicesOnFargate: onFargate(first.plan) }, level, found))
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) beginNone(flow, planned, failures)
}

/** Tasks of one group pull the same image for the same platform. */
function keyOf(plan: TargetPlan): string {
  const { sensor, after } = plan.rendering
  return `${sensor?.image} ${platformOf(after, onFargate(plan))}`
}

function onFargate({ target }: TargetPlan): boolean {
  return target.services.some(({ state }) => state.onFargate)
}

function beginNone(flow: FleetFlow, planned: ReadonlyMap<string, Planned>, failures: readonly unknown[]): never {
  if (flow.options.each.until !== 'render') {
    for (const key of planned.keys()) flow.update(key, { outcome: 'not-begun' }, true)
  }
  flow.tellEntries()
  const [first] = failures
  if (failures.length === 1 || !(first instanceof StepError)) throw first
  throw new StepError({ code: first.code, what: bulleted(failures.map(messageOf)), cause: first })
}
