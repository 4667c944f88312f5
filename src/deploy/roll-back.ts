import type { Ecs, Output } from '../ecs/ecs.ts'
import { lookAtServiceDeployments, type ServiceDeploymentState, taskDefinitionsOf } from '../ecs/service-deployments.ts'
import { describeServices, nameOf, primaryOf, type ServiceState, toState } from '../ecs/services.ts'
import { describeTaskDefinition } from '../ecs/task-definitions.ts'
import { messageOf, StepError } from '../errors.ts'
import { begunBetween } from './deploy.ts'
import type { Deployment } from './deployment.ts'
import { diagnose } from './diagnose.ts'
import { judge, type Standing } from './judge.ts'
import { sayMinutes } from './say-waiting.ts'
import { type Course, type Timing, type Watch, type Watched, watch } from './watch.ts'

export type RollBack =
  /** Nothing was sent, and why. */
  | { readonly kind: 'left-alone'; readonly reason: string }
  | { readonly kind: 'put-back' }
  | {
      readonly kind: 'failed'
      readonly reason: string
      /** What the service's events most likely mean. */
      readonly cause?: string | undefined
      /** What to do about the service, where it is known how it stands. */
      readonly remedy?: string | undefined
    }

interface Place {
  readonly ecs: Ecs
  readonly cluster: string
}

/** What a deployment that is to be put back must still look like: something else has happened meanwhile if it does not. */
export type Expected = 'completed' | 'open'

/**
 * Puts a service back on exactly the revision that it ran before, and watches that to its end. Only while the service's PRIMARY
 * deployment is still ours and stands as it did, and never to a revision that is not ACTIVE: ECS refuses such a task definition.
 */
export async function* rollBack(
  deployment: Deployment,
  expected: Expected,
  place: Place,
  timing: () => Timing,
  say: (text: string) => void
): Course<RollBack> {
  try {
    const sent = await begin(deployment, expected, place)
    if (typeof sent === 'string') return { kind: 'left-alone', reason: sent }
    if ('kind' in sent) return sent
    say(`putting it back on ${nameOf(deployment.previousArn)} (${sent.call})`)
    const { asked = false, told = [] } = sent.watched
    const time = timing()
    const watched = yield* watch(sent.watched, time, say)
    const end = judgeEnd(watched, { asked, told, previousArn: deployment.previousArn, minutes: time.minutes })
    if (end.kind === 'put-back') say(`back on ${nameOf(deployment.previousArn)}`)
    return end
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) }
  }
}

interface Fresh {
  readonly service: ServiceState
  readonly attempt?: ServiceDeploymentState | undefined
}

/** The service, looked at right before it is touched; or why it is not to be touched. */
export async function ownService(
  deployment: Deployment,
  expected: Expected,
  { ecs, cluster }: Place
): Promise<Fresh | string> {
  const { service: name, deploymentId = '', previousArn, serviceDeploymentArn } = deployment
  const attempt = serviceDeploymentArn === undefined ? undefined : await lookAtAttempt(serviceDeploymentArn, ecs)
  const [service] = await describeServices(ecs, cluster, [name])
  const primary = service && primaryOf(service)
  if (service === undefined || primary?.id !== deploymentId) {
    return `${primary?.id} is the service's deployment now, which is somebody else's`
  }
  // CodeDeploy's deployments have no standing in ECS.
  if (service.controller !== 'ECS') return { service }
  const standing = judge({ id: deploymentId, previousArn }, service, attempt)
  if (expected === 'completed')
    return standing.kind === 'completed' ? { service, attempt } : `meanwhile ${stood(standing)}`
  if (standing.kind === 'failed') return { service, attempt }
  if (standing.kind !== 'rolling-out') return `meanwhile ${stood(standing)}`
  if (standing.pause !== undefined) return `it waits at ${standing.pause.stage} for somebody to let it go on`
  if (service.shiftsTraffic && attempt === undefined) return 'whether it waits for a person cannot be told'
  return { service, attempt }
}

function stood(standing: Standing): string {
  switch (standing.kind) {
    case 'completed':
      return 'it completed'
    case 'rolling-out':
      return 'it rolls out again'
    case 'rolling-back':
      return `ECS began to put it back: ${standing.reason}`
    default:
      return `it was ${standing.kind}: ${standing.reason}`
  }
}

async function lookAtAttempt(arn: string, ecs: Ecs): Promise<ServiceDeploymentState | undefined> {
  try {
    return (await lookAtServiceDeployments(ecs, [arn])).get(arn)
  } catch (error) {
    if (error instanceof StepError) return undefined
    throw error
  }
}

interface Sent {
  readonly call: 'StopServiceDeployment' | 'UpdateService'
  readonly watched: Watched
}

async function begin(deployment: Deployment, expected: Expected, place: Place): Promise<Sent | RollBack | string> {
  const { previousArn, serviceDeploymentArn: arn } = deployment
  const { ecs, cluster } = place
  const previous = await describeTaskDefinition(ecs, previousArn)
  if (previous?.active !== true) return `${previousArn} is not ACTIVE any more, and ECS does not deploy such a revision`
  const goesBackThere = expected === 'open' && arn !== undefined && (await goesBackTo(previousArn, arn, ecs))
  let fresh = await ownService(deployment, expected, place)
  if (typeof fresh === 'string') return fresh
  if (goesBackThere && fresh.attempt !== undefined && STOPPABLE.includes(fresh.attempt.status)) {
    const told = fresh.service.events.map(({ id }) => id)
    const id = deployment.deploymentId ?? ''
    const asked = { id, serviceDeploymentArn: arn, previousArn, asked: true, told }
    try {
      await ecs.call('StopServiceDeployment', { serviceDeploymentArn: arn, stopType: 'ROLLBACK' }, { on: arn })
      return { call: 'StopServiceDeployment', watched: asked }
    } catch (error) {
      if (!(error instanceof StepError) || !['access-denied', 'refused'].includes(error.code)) throw error
      // It ended meanwhile, somebody was quicker, or it is our own stop whose answer was lost.
      if (await isGoingBack(arn, ecs)) return { call: 'StopServiceDeployment', watched: asked }
      fresh = await ownService(deployment, expected, place)
      if (typeof fresh === 'string') return fresh
    }
  }
  const { service } = fresh
  const request = { cluster, service: service.name, taskDefinition: previousArn }
  const answer = await ecs.call('UpdateService', request, { on: service.name }).catch(asRefusal)
  if (answer instanceof StepError) {
    const remedy = `The service is still on ${service.taskDefinition}. Deploy ${previousArn} to put it back.`
    return { kind: 'failed', reason: answer.message, remedy }
  }
  const id = ownDeployment(answer, service, previousArn)
  const before = service.deployments.map(each => each.id)
  const told = service.events.map(event => event.id)
  return { call: 'UpdateService', watched: { id, earlier: service.serviceDeploymentArn, before, told } }
}

const STOPPABLE = ['PENDING', 'IN_PROGRESS']

/** Of a call that AWS did answer it is known that nothing was changed. */
function asRefusal(error: unknown): StepError {
  if (error instanceof StepError && ['access-denied', 'refused', 'bad-credentials'].includes(error.code)) return error
  throw error
}

/** The deployment that an update began, in whatever state the answer lists it. */
function ownDeployment({ service: answered }: Output<'UpdateService'>, before: ServiceState, arn: string): string {
  const now = answered === undefined ? before : toState(answered)
  return (begunBetween(before, now, arn) ?? primaryOf(now))?.id ?? ''
}

/** Whether all that ECS may go back to is what ran before. */
async function goesBackTo(previousArn: string, arn: string, ecs: Ecs): Promise<boolean> {
  try {
    const attempt = await lookAtAttempt(arn, ecs)
    const targets = attempt === undefined ? [] : await taskDefinitionsOf(ecs, attempt.sources)
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

export interface WayBack {
  /** Whether ECS was asked to go back by itself. */
  readonly asked: boolean
  /** Ids of the service's events from before it. */
  readonly told: readonly string[]
  readonly previousArn: string
  /** What it had to end. */
  readonly minutes: number
}

/** Whether the service is back on what it ran before. */
export function judgeEnd({ ending, service }: Watch, { asked, told, previousArn, minutes }: WayBack): RollBack {
  const done = asked ? ending.kind === 'rolled-back' : ending.kind === 'completed'
  const runs = service?.taskDefinition
  if (done && runs === previousArn) return { kind: 'put-back' }
  const fails = (reason: string, remedy?: string) => ({ kind: 'failed', reason, remedy }) as const
  const redeploy = runs === undefined ? undefined : `The service runs ${runs} now. Deploy what it should run.`
  if (done) return fails(`ECS put it back on ${runs}, not on ${previousArn}`, redeploy)
  const news = service?.events.filter(({ id }) => !told.includes(id)).map(({ message }) => message)
  const cause = diagnose({ log: [], events: news ?? [] })?.cause
  switch (ending.kind) {
    case 'unseen':
      return fails(messageOf(ending.error))
    case 'timed-out': {
      const remedy = 'The way back goes on: see in the console how it ends.'
      return { ...fails(`after ${sayMinutes(minutes)} ${ending.reason}`, remedy), cause }
    }
    case 'superseded':
      return fails(`another deployment took its place: ${ending.reason}`, 'See who deployed that.')
    case 'stopped':
      return fails(`the way back was stopped: ${ending.reason}`)
    case 'completed':
      return fails('the deployment completed in spite of being stopped', redeploy)
    case 'rolled-back':
      return fails(`ECS undid the way back: ${ending.reason}`, redeploy)
    case 'failed':
    case 'rollback-failed':
    case 'gone':
      return { ...fails(ending.reason), cause }
  }
}
