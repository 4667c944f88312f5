import { deploy, requireUntouched } from './deploy/deploy.ts'
import type { ServiceState } from './ecs/services.ts'
import { failWith } from './failures.ts'
import type { Flow } from './flow.ts'
import { followServices, type Moved } from './follow-services.ts'
import type { Rendering } from './sensor/render.ts'
import type { ThroughCodeDeploy } from './through-code-deploy.ts'

/** A look that is older than so many milliseconds is not one right before. */
const FRESH = 2000

/**
 * Moves the services one after another; after a failure nothing more is begun. What was begun is followed to its end in any case, if
 * the options say so.
 */
export async function moveServices(
  flow: Flow,
  planned: readonly ServiceState[],
  rendering: Rendering,
  codeDeploy?: ThroughCodeDeploy
): Promise<void> {
  const { options } = flow
  const { clock } = flow.world
  const moved: Moved[] = []
  const errors: unknown[] = []
  // A deployment to this very revision that goes on may reroute the traffic in any moment.
  const looked = codeDeploy?.attaches
    ? Promise.resolve(planned)
    : requireUntouched(planned, options.cluster, await flow.world.ecs())
  const now = await looked.catch(error => {
    errors.push(error)
    return planned
  })
  const lookedAt = clock.now()
  for (const service of now) {
    const { name, taskDefinition: previousArn } = service
    if (errors.length > 0) {
      flow.service({ kind: 'not-begun', service: name, previousArn })
      continue
    }
    try {
      // Moving the ones before may have taken its time.
      if (clock.now() - lookedAt > FRESH) await requireUntouched([service], options.cluster, await flow.world.ecs())
      const each = await moveOne(flow, service, rendering, codeDeploy)
      moved.push(each)
      if (options.follow === undefined && each.deployment.error !== undefined) errors.push(each.deployment.error)
    } catch (error) {
      errors.push(error)
      flow.service({ kind: 'failed', service: name, previousArn, error })
    }
  }
  if (options.follow !== undefined) await followServices(flow, moved, options.follow).catch(error => errors.push(error))
  failWith(errors)
}

/** Moves one service, which was looked at right before, onto the revision that the flow's report holds. */
export async function moveOne(
  flow: Flow,
  service: ServiceState,
  { after, sensor }: Rendering,
  codeDeploy?: ThroughCodeDeploy
): Promise<Moved> {
  const { options, world, report } = flow
  const order = {
    cluster: options.cluster,
    arn: report.registration?.arn ?? '',
    modifiedBy: options.provenance.createdBy,
    options: options.deploy
  }
  const deployment = await (codeDeploy?.move(service, order) ?? deploy(service, order, await world.ecs(), world.clock))
  flow.service({ kind: 'moved', deployment })
  flow.note(deployment.notes)
  return { service, deployment, definition: after, sensor: sensor?.name, way: codeDeploy?.way }
}
