import {
  type CodeDeployState,
  type GroupName,
  type GroupState,
  groupNameOf,
  listDeployments,
  readDeployment,
  readGroup,
  UNDER_WAY
} from '../ecs/code-deploy.ts'
import type { Ecs } from '../ecs/ecs.ts'
import { describeServices, nameOf, type ServiceState } from '../ecs/services.ts'
import { bulleted, StepError } from '../errors.ts'
import { type Clock, gapAfter } from './clock.ts'
import { type CodeDeployOptions, type Delivery, hashOf } from './code-deploy.ts'
import type { OnDeploymentInProgress } from './inspect.ts'
import { isPassing } from './look.ts'
import { sayMinutes, sayWaiting } from './say-waiting.ts'

export interface Preparing {
  readonly ecs: Ecs
  readonly clock: Clock
  readonly cluster: string
  readonly options: CodeDeployOptions
  readonly appSpecFor: (arn: string) => string
  readonly onDeploymentInProgress: OnDeploymentInProgress
  readonly minutes: number
  /** When waiting for another deployment is over, in milliseconds since the epoch. */
  readonly deadline: number
  /** The longest gap between two looks, in seconds. */
  readonly maxDelay: number
  /** `plan`: nothing is begun, so nothing is waited for either. */
  readonly aim: 'plan' | 'begin' | 'follow'
  readonly say: (text: string) => void
}

export interface Prepared {
  /** As it is once nothing else is under way. */
  readonly service: ServiceState
  readonly delivery: Delivery
  /** Minutes that the group itself lets pass between a deployment's beginning and its end. */
  readonly ownWaits: number
}

/**
 * What CodeDeploy needs to deploy the service, asked for before anything is registered. `arn` is the revision to move to, when it
 * exists already: a deployment to it is followed, any other goes by `on-deployment-in-progress`.
 */
export async function prepareDelivery(
  service: ServiceState,
  arn: string | undefined,
  preparing: Preparing
): Promise<Prepared> {
  const { ecs, cluster, options, appSpecFor } = preparing
  const name = groupNameOf(options, cluster, service.name)
  const group = await readGroup(ecs, name)
  requireSameService(group, name, `${nameOf(cluster)}/${service.name}`)
  const way = await clearTheWay(service, arn, name, preparing)
  if (preparing.aim === 'follow' && way.underWay === undefined) await tryToLook(group, name, ecs)
  const { description, config } = options
  return {
    service: way.service,
    delivery: { name, appSpecFor, description, config, readyMinutes: group.readyMinutes, underWay: way.underWay },
    ownWaits: group.readyMinutes + group.terminationMinutes
  }
}

/** A group of another service would put that one onto the revision. */
function requireSameService({ services }: GroupState, { application, group }: GroupName, own: string): void {
  if (services.includes(own)) return
  throw new StepError({
    code: 'codedeploy-group-of-another-service',
    what: `the deployment group ${group} of ${application} deploys ${services.join(', ') || 'no ECS service'}, not ${own}.`,
    hint: 'Check codedeploy-application and codedeploy-deployment-group.'
  })
}

/** The right to follow is tried on the group's last deployment; without one there is nothing to try it on. */
async function tryToLook({ latest }: GroupState, name: GroupName, ecs: Ecs): Promise<void> {
  if (latest === undefined) return
  try {
    await readDeployment(ecs, name, latest)
  } catch (error) {
    if (!(error instanceof StepError) || error.code === 'access-denied') throw error
  }
}

interface ClearWay {
  readonly service: ServiceState
  readonly underWay?: string | undefined
}

async function clearTheWay(
  service: ServiceState,
  arn: string | undefined,
  name: GroupName,
  { ecs, clock, cluster, appSpecFor, onDeploymentInProgress, minutes, deadline, maxDelay, aim, say }: Preparing
): Promise<ClearWay> {
  const sha256 = arn === undefined ? undefined : hashOf(appSpecFor(arn))
  const tell = sayWaiting(clock, say)
  let state: CodeDeployState | undefined
  for (let looks = 0; ; looks++) {
    state = await findUnderWay(ecs, name).catch(orStill(state))
    // What was waited for may have changed what the service runs.
    if (state === undefined) return looks === 0 ? { service } : describe(service, ecs, cluster)
    const { id } = state
    const target = service.deployments.find(({ externalId }) => externalId === id)?.taskDefinition
    if (arn !== undefined && (target === arn || state.sha256 === sha256)) return { service, underWay: id }
    const text = `CodeDeploy deployment ${id} (${state.status})${target === undefined ? '' : ` to ${target}`}`
    if (onDeploymentInProgress !== 'wait') throw refusalOf(service, text, onDeploymentInProgress)
    if (aim === 'plan') return { service }
    if (clock.now() >= deadline) throw tooLong(service, text, minutes)
    tell(id, `the deployment that is under way, ${service.name}: ${text}`)
    await clock.sleep(Math.min(gapAfter(looks, maxDelay), (deadline - clock.now()) / 1000))
  }
}

async function describe(service: ServiceState, ecs: Ecs, cluster: string): Promise<ClearWay> {
  const [now = service] = await describeServices(ecs, cluster, [service.arn])
  return { service: now }
}

async function findUnderWay(ecs: Ecs, name: GroupName): Promise<CodeDeployState | undefined> {
  const [id] = await listDeployments(ecs, name, { includeOnlyStatuses: [...UNDER_WAY] })
  return id === undefined ? undefined : readDeployment(ecs, name, id)
}

/** While waiting, what was seen before goes on to count when one look is not answered. */
function orStill(before: CodeDeployState | undefined): (error: unknown) => CodeDeployState {
  return error => {
    if (before === undefined || !(error instanceof StepError) || !isPassing(error)) throw error
    return before
  }
}

function refusalOf({ name }: ServiceState, text: string, asked: 'error' | 'replace'): StepError {
  const what = `nothing was registered or moved. ${name} has a deployment under way: ${text}.`
  return new StepError({
    code: 'deployment-in-progress',
    what: asked === 'error' ? what : `${what} CodeDeploy takes no second one, so it cannot be replaced.`,
    hint:
      asked === 'error'
        ? 'Run again when it has ended, or give on-deployment-in-progress: wait.'
        : 'Stop it in CodeDeploy first, or give on-deployment-in-progress: wait.'
  })
}

function tooLong({ name }: ServiceState, text: string, minutes: number): StepError {
  return new StepError({
    code: 'deployment-in-progress',
    what: `a deployment was still under way after ${sayMinutes(minutes)}, so nothing was registered or moved.\n${bulleted([`${name}: ${text}`])}`,
    hint: 'Run again when it has ended, stop it in CodeDeploy, or give wait-for-minutes more.'
  })
}
