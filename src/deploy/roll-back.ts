import type { Ecs } from '../ecs/ecs.ts'
import { lookAtServiceDeployments, taskDefinitionsOf } from '../ecs/service-deployments.ts'
import { describeServices, nameOf, primaryOf, type ServiceState, toState } from '../ecs/services.ts'
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
    const sent = await begin(deployment, service, serviceDeploymentArn, place)
    if (typeof sent === 'string') return { kind: 'left-alone', reason: sent }
    say(`putting it back on ${nameOf(deployment.previousArn)} (${sent.call})`)
    const watched = yield* watch({ ...sent.watched, told: service.events.map(({ id }) => id) }, timing(), say)
    const end = judgeEnd(watched, sent.watched.asked === true, deployment.previousArn)
    if (end.kind === 'put-back') say(`back on ${nameOf(deployment.previousArn)}`)
    return end
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) }
  }
}

/** The service, looked at right before; or why it is not to be touched. */
export async function ownService(
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

interface Sent {
  readonly call: 'StopServiceDeployment' | 'UpdateService'
  readonly watched: Watched
}

async function begin(
  deployment: Deployment,
  service: ServiceState,
  serviceDeploymentArn: string | undefined,
  place: Place
): Promise<Sent | string> {
  const { ecs, cluster } = place
  if (serviceDeploymentArn !== undefined && (await canBeStopped(deployment, serviceDeploymentArn, ecs))) {
    const asked = { id: deployment.deploymentId ?? '', serviceDeploymentArn, asked: true }
    try {
      await ecs.call(
        'StopServiceDeployment',
        { serviceDeploymentArn, stopType: 'ROLLBACK' },
        { on: serviceDeploymentArn }
      )
      return { call: 'StopServiceDeployment', watched: asked }
    } catch (error) {
      if (!(error instanceof StepError) || !['access-denied', 'refused'].includes(error.code)) throw error
      // It ended meanwhile, somebody was quicker, or it is our own stop whose answer was lost.
      if (await isGoingBack(serviceDeploymentArn, ecs)) return { call: 'StopServiceDeployment', watched: asked }
      const now = await ownService(deployment, place)
      if (typeof now === 'string') return now
    }
  }
  const request = { cluster, service: service.name, taskDefinition: deployment.previousArn }
  const answer = await ecs.call('UpdateService', request, { on: service.name })
  const now = answer.service === undefined ? service : toState(answer.service)
  const id = primaryOf(now)?.id ?? ''
  return { call: 'UpdateService', watched: { id, earlier: service.serviceDeploymentArn } }
}

/** While it is in progress, and if all that ECS may go back to is what ran before. */
async function canBeStopped({ previousArn }: Deployment, arn: string, ecs: Ecs): Promise<boolean> {
  try {
    const attempt = (await lookAtServiceDeployments(ecs, [arn])).get(arn)
    if (attempt === undefined || !['PENDING', 'IN_PROGRESS'].includes(attempt.status)) return false
    const targets = await taskDefinitionsOf(ecs, attempt.sources)
    return targets.length > 0 && targets.every(target => target === previousArn)
  } catch (error) {
    if (error instanceof StepError) return false
    throw error
  }
}

async function isGoingBack(arn: string, ecs: Ecs): Promise<boolean> {
  const attempt = (await lookAtServiceDeployments(ecs, [arn])).get(arn)
  return attempt?.status.startsWith('ROLLBACK_') === true
}

/** Whether the service is back on what it ran before. */
export function judgeEnd({ ending, service }: Watch, asked: boolean, previousArn: string): RollBack {
  const done = asked ? ending.kind === 'rolled-back' : ending.kind === 'completed'
  const runs = service?.taskDefinition
  if (done && runs === previousArn) return { kind: 'put-back' }
  if (done) return { kind: 'failed', reason: `ECS put it back on ${runs}, not on ${previousArn}` }
  switch (ending.kind) {
    case 'unseen':
      return { kind: 'failed', reason: messageOf(ending.error) }
    case 'timed-out':
      return { kind: 'failed', reason: 'the way back had not ended when its time was over' }
    case 'superseded':
      return { kind: 'failed', reason: `another deployment took its place: ${ending.reason}` }
    case 'stopped':
      return { kind: 'failed', reason: `the way back was stopped: ${ending.reason}` }
    case 'completed':
      return { kind: 'failed', reason: 'the deployment completed in spite of being stopped' }
    case 'rolled-back':
      return { kind: 'failed', reason: `ECS undid the way back: ${ending.reason}` }
    case 'failed':
    case 'rollback-failed':
    case 'gone':
      return { kind: 'failed', reason: ending.reason }
  }
}
