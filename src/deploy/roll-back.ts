import type { Ecs } from '../ecs/ecs.ts'
import { lookAtServiceDeployments, taskDefinitionsOf } from '../ecs/service-deployments.ts'
import { describeServices, primaryOf, type ServiceState, toState } from '../ecs/services.ts'
import { describeTaskDefinition } from '../ecs/task-definitions.ts'
import { messageOf, StepError } from '../errors.ts'
import type { Deployment } from './deployment.ts'
import { type Course, type Timing, type Watch, type Watched, watch } from './watch.ts'

export type RollBack =
  /** Nothing was sent, and why. */
  | { readonly kind: 'left-alone'; readonly reason: string }
  | { readonly kind: 'put-back' }
  | { readonly kind: 'failed'; readonly reason: string }

interface Place {
  readonly ecs: Ecs
  readonly cluster: string
}

/**
 * Puts a service back on exactly the revision that it ran before, and watches that to its end. Only while the service's PRIMARY
 * deployment is still ours, and never to a revision that is not ACTIVE: ECS refuses such a task definition.
 */
export async function* rollBack(
  deployment: Deployment,
  serviceDeploymentArn: string | undefined,
  place: Place,
  timing: () => Timing,
  say: (text: string) => void
): Course<RollBack> {
  try {
    const service = await ownService(deployment, place)
    if (typeof service === 'string') return { kind: 'left-alone', reason: service }
    const way = await begin(deployment, service, serviceDeploymentArn, place)
    say(`putting ${deployment.service} back on ${deployment.previousArn} (${way.sent})`)
    const watched = yield* watch(way.watched, timing(), say)
    return judgeEnd(watched, way.watched.asked === true, deployment.previousArn)
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) }
  }
}

/** The service, looked at right before; or why it is not to be touched. */
async function ownService(
  { service: name, deploymentId, previousArn }: Deployment,
  { ecs, cluster }: Place
): Promise<ServiceState | string> {
  const previous = await describeTaskDefinition(ecs, previousArn)
  if (previous?.active !== true) {
    return `${previousArn} is not ACTIVE any more, and ECS does not deploy such a revision`
  }
  const [service] = await describeServices(ecs, cluster, [name])
  const primary = service && primaryOf(service)
  if (service === undefined || primary?.id !== deploymentId) {
    return `${primary?.id} is the service's deployment now, which is somebody else's`
  }
  return service
}

interface Way {
  readonly sent: 'StopServiceDeployment' | 'UpdateService'
  readonly watched: Watched
}

async function begin(
  deployment: Deployment,
  service: ServiceState,
  serviceDeploymentArn: string | undefined,
  place: Place
): Promise<Way> {
  const { ecs, cluster } = place
  if (serviceDeploymentArn !== undefined && (await canBeStopped(deployment, serviceDeploymentArn, ecs))) {
    try {
      const on = serviceDeploymentArn
      await ecs.call('StopServiceDeployment', { serviceDeploymentArn, stopType: 'ROLLBACK' }, { on })
      const watched = { id: deployment.deploymentId ?? '', serviceDeploymentArn, asked: true }
      return { sent: 'StopServiceDeployment', watched }
    } catch (error) {
      // It ended meanwhile, or stopping is not allowed: an update does it as well.
      if (!(error instanceof StepError) || !['access-denied', 'refused'].includes(error.code)) throw error
    }
  }
  const request = { cluster, service: service.name, taskDefinition: deployment.previousArn }
  const answer = await ecs.call('UpdateService', request, { on: service.name })
  const now = answer.service === undefined ? service : toState(answer.service)
  const id = primaryOf(now)?.id ?? ''
  return { sent: 'UpdateService', watched: { id, earlier: service.serviceDeploymentArn } }
}

/** While it is in progress, and if what ECS goes back to is what ran before. */
async function canBeStopped({ previousArn }: Deployment, arn: string, ecs: Ecs): Promise<boolean> {
  try {
    const attempt = (await lookAtServiceDeployments(ecs, [arn])).get(arn)
    if (attempt === undefined || !['PENDING', 'IN_PROGRESS'].includes(attempt.status)) return false
    return (await taskDefinitionsOf(ecs, attempt.sources)).includes(previousArn)
  } catch (error) {
    if (error instanceof StepError) return false
    throw error
  }
}

function judgeEnd({ ending, service }: Watch, asked: boolean, previousArn: string): RollBack {
  const done = asked ? ending.kind === 'rolled-back' : ending.kind === 'completed'
  const runs = service?.taskDefinition
  if (done && runs === previousArn) return { kind: 'put-back' }
  if (done) return { kind: 'failed', reason: `ECS put it back on ${runs}, not on ${previousArn}` }
  if (ending.kind === 'unseen') return { kind: 'failed', reason: messageOf(ending.error) }
  return { kind: 'failed', reason: 'reason' in ending ? `${ending.kind}: ${ending.reason}` : ending.kind }
}
