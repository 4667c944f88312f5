import { compare, isSame } from '../deploy/compare.ts'
import { type Registration, register, requireFamily } from '../deploy/register.ts'
import type { Ecs } from '../ecs/ecs.ts'
import { describeTaskDefinition, type Revision } from '../ecs/task-definitions.ts'
import type { FleetService, Target } from '../fleet/fleet.ts'
import { type Change, type Rendering, render } from '../sensor/render.ts'
import { readTaskDefinition, type Sourced } from '../source/source.ts'
import { mergeTags, type Tag } from '../task-definition/tags.ts'
import type { FleetFlow } from './fleet-flow.ts'

/** What is put in the place of one revision, whatever number of services runs it. */
export interface TargetPlan {
  readonly target: Target
  readonly sourced: Sourced
  readonly rendering: Rendering
  /** Whether the services run something else than what was rendered. */
  readonly changed: boolean
}

/** Reads a target's revision and renders it. Throws StepError when it is not there, or not suitable for a sensor. */
export async function planTarget(flow: FleetFlow, target: Target, ecs: Ecs): Promise<TargetPlan> {
  const { each } = flow.options
  const context = { workspace: flow.world.workspace, services: [], ecs: async () => ecs }
  const sourced = await readTaskDefinition({ kind: 'arn', arn: target.arn }, context)
  const rendering = render(sourced.definition, changeFor(each.change, target.levoEnv), {
    region: target.region,
    asksRegistry: each.checkImage !== 'off',
    ...factsOf(target.services)
  })
  flow.tell({ kind: 'rendered', target, rendering })
  requireFamily(rendering.after, sourced.origin)
  const changed = compare(rendering.after, sourced, each.tags, sourced.revision).kind === 'changed'
  return { target, sourced, rendering, changed }
}

/** The environment that a service's tag says, in the place of the option's. */
function changeFor(change: Change, levoEnv: string | undefined): Change {
  if (change.kind !== 'install' || levoEnv === undefined) return change
  return { ...change, sensor: { ...change.sensor, flags: { ...change.sensor.flags, 'levo-env': levoEnv } } }
}

function factsOf(services: readonly FleetService[]) {
  return {
    servicesOnFargate: services.some(({ state }) => state.onFargate),
    tasks: services.reduce((total, { state }) => total + state.desiredCount, 0),
    publicAddresses: services.some(({ state }) => state.assignsPublicIp === false) ? false : undefined
  }
}

/**
 * The revision that the services are moved onto. What they run already, or what an earlier run registered and did not get to, is not
 * registered again; `ofFamily` is how many targets there are of this family, each of which may have registered one.
 */
export async function registerTarget(
  flow: FleetFlow,
  plan: TargetPlan,
  ofFamily: number,
  ecs: Ecs
): Promise<Registration> {
  const { each } = flow.options
  const { sourced, rendering, changed } = plan
  if (!changed && sourced.revision !== undefined) return { arn: sourced.revision.arn, outcome: 'unchanged', notes: [] }
  const tags = mergeTags(sourced.tags, each.tags)
  const known = await findRegistered(plan, tags, ofFamily, ecs)
  if (known !== undefined) return { arn: known.arn, outcome: 'unchanged', notes: [] }
  return register(rendering.after, tags, each.provenance, ecs, flow.world.clock)
}

/** The family's latest revision, or one of those right before it, if it is what would be registered. */
async function findRegistered(
  { sourced, rendering }: TargetPlan,
  tags: readonly Tag[],
  most: number,
  ecs: Ecs
): Promise<Revision | undefined> {
  const family = requireFamily(rendering.after, sourced.origin)
  const latest = await describeTaskDefinition(ecs, family)
  if (latest === undefined) return undefined
  const oldest = Math.max((sourced.revision?.revision ?? 0) + 1, latest.revision - most + 1)
  let candidate: Revision | undefined = latest
  for (let revision = latest.revision; ; ) {
    if (candidate?.active === true && isSame(rendering.after, tags, candidate)) return candidate
    revision -= 1
    if (revision < oldest) return undefined
    candidate = await describeTaskDefinition(ecs, `${family}:${revision}`)
  }
}
