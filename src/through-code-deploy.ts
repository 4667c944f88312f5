import { deployByCodeDeploy } from './deploy/code-deploy.ts'
import type { Move } from './deploy/deploy.ts'
import type { Deployment } from './deploy/deployment.ts'
import { prepareDelivery } from './deploy/prepare-code-deploy.ts'
import { codeDeployWay } from './deploy/roll-back-code-deploy.ts'
import type { Way } from './deploy/way.ts'
import type { ServiceState } from './ecs/services.ts'
import { InputError, messageOf, StepError } from './errors.ts'
import type { Flow } from './flow.ts'
import { type AppSpec, putRevision, readAppSpec } from './source/app-spec.ts'
import { note, warning } from './task-definition/definition.ts'

/** A service that CodeDeploy deploys, ready to be moved: all that this needs is read and tried. */
export interface ThroughCodeDeploy {
  /** As it is once nothing else is under way. */
  readonly service: ServiceState
  /** A deployment to the revision is under way already: none is begun. */
  readonly attaches: boolean
  readonly move: (service: ServiceState, move: Move) => Promise<Deployment>
  readonly way: Way
}

/**
 * Reads the AppSpec and asks CodeDeploy for what a deployment of the service needs, before anything is registered. `arn` is the
 * revision, when it exists already. Undefined when a mere plan may not ask.
 */
export async function throughCodeDeploy(
  flow: Flow,
  service: ServiceState,
  arn: string | undefined
): Promise<ThroughCodeDeploy | undefined> {
  const appSpec = await readOwnAppSpec(flow, service)
  try {
    return await prepare(flow, service, arn, appSpec)
  } catch (error) {
    const may = flow.options.until === 'render' && error instanceof StepError && error.code === 'access-denied'
    if (!may) throw error
    flow.note([warning(`not compared with what CodeDeploy has: ${messageOf(error)}`)])
    return undefined
  }
}

/** Not everybody who names a service knows that it needs one. */
async function readOwnAppSpec({ options, world }: Flow, { name }: ServiceState): Promise<AppSpec> {
  try {
    return await readAppSpec(options.codeDeploy.appSpec, world.workspace)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(
      error.problems.map(problem => `${problem} (${name} is deployed by CodeDeploy, which takes an AppSpec)`)
    )
  }
}

async function prepare(
  flow: Flow,
  service: ServiceState,
  arn: string | undefined,
  appSpec: AppSpec
): Promise<ThroughCodeDeploy> {
  const { options, world } = flow
  const { cluster, patience, codeDeploy, deploy, follow, until } = options
  const place = { ecs: await world.ecs(), clock: world.clock, cluster }
  flow.waitUntil ??= world.clock.now() + patience.minutes * 60_000
  const prepared = await prepareDelivery(service, arn, {
    ...place,
    ...patience,
    deadline: flow.waitUntil,
    options: codeDeploy,
    appSpecFor: revision => putRevision(appSpec, revision),
    onDeploymentInProgress: deploy.onDeploymentInProgress,
    aim: until === 'render' ? 'plan' : follow === undefined ? 'begin' : 'follow',
    say: text => flow.note([note(text)])
  })
  const { delivery, ownWaits } = prepared
  return {
    service: prepared.service,
    attaches: delivery.underWay !== undefined,
    move: (now, move) => deployByCodeDeploy(now, move, delivery, place.ecs, place.clock),
    way: codeDeployWay(delivery, patience.minutes, ownWaits, place)
  }
}
