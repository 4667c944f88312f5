import type { Ecs, Input, Output } from '../ecs/ecs.ts'
import { type DeploymentState, describeServices, primaryOf, type ServiceState, toState } from '../ecs/services.ts'
import { bulleted, messageOf, StepError } from '../errors.ts'
import { type Note, warning } from '../task-definition/definition.ts'
import type { Clock } from './clock.ts'
import type { Deployment } from './deployment.ts'
import { isUnderWay, type OnDeploymentInProgress } from './inspect.ts'

/** Sent to ECS only when given. */
export interface ServiceOptions {
  readonly forceNewDeployment?: boolean | undefined
  readonly desiredCount?: number | undefined
  readonly propagateTags?: 'TASK_DEFINITION' | 'SERVICE' | 'NONE' | undefined
  readonly enableECSManagedTags?: boolean | undefined
  readonly onDeploymentInProgress: OnDeploymentInProgress
}

export interface Move {
  readonly cluster: string
  readonly arn: string
  /** Who moved it, for the service's tag `levoai:modified_by`. */
  readonly modifiedBy: string
  readonly options: ServiceOptions
}

/**
 * Looks at all services once more, right before the first is moved. Throws StepError when one runs another revision than the
 * plan was made from: somebody deployed meanwhile, and then nothing is moved.
 */
export async function requireUntouched(
  planned: readonly ServiceState[],
  cluster: string,
  ecs: Ecs
): Promise<ServiceState[]> {
  const now = await describeServices(
    ecs,
    cluster,
    planned.map(service => service.name)
  )
  const touched = now.flatMap((service, index) => {
    const before = planned[index]
    const { name, status, taskDefinition } = service
    if (status !== 'ACTIVE') return [`${name} is ${status} now`]
    if (taskDefinition !== before?.taskDefinition) {
      return [`${name} ran ${before?.taskDefinition} when the plan was made, now it runs ${taskDefinition}`]
    }
    const id = primaryOf(service)?.id
    return id === primaryOf(before)?.id ? [] : [`${name} got the deployment ${id} since the plan was made`]
  })
  if (touched.length === 0) return now
  throw new StepError({
    code: 'deployed-meanwhile',
    what: `somebody deployed while this ran, so nothing was moved:\n${bulleted(touched)}`,
    hint: 'Run again: the plan is then made from what runs now. A revision that this run registered stays unused.'
  })
}

/** Moves one service onto the revision, or says that it is there already. */
export async function deploy(service: ServiceState, move: Move, ecs: Ecs, clock: Clock): Promise<Deployment> {
  const request = requestFor(service, move)
  const base = { service: service.name, previousArn: service.taskDefinition, arn: move.arn }
  if (service.taskDefinition === move.arn && Object.keys(request).length === 3) return attach(service)
  const moved = await update(service, request, move, ecs, clock)
  const begins = service.taskDefinition !== move.arn || request.forceNewDeployment === true
  const notes = await mark(service, move, ecs)
  if (!begins) return { ...attach(moved), notes }
  const { id, now } = await findBegun(service, moved, move, ecs, clock)
  return {
    ...base,
    outcome: 'started',
    begun: true,
    deploymentId: id,
    serviceDeploymentArn: currentOf(now, service),
    notes
  }
}

/** The deployment to the revision that is there now, and was not before. */
export function begunBetween(before: ServiceState, now: ServiceState, arn: string): DeploymentState | undefined {
  const known = before.deployments.map(({ id }) => id)
  return now.deployments.find(({ id, taskDefinition }) => taskDefinition === arn && !known.includes(id))
}

/** How often a deployment is looked for that the answer to the update does not list yet, two seconds apart. */
const LAGGING_LOOKS = 5

/** The deployment that the update began: one to the revision that was not there before. */
async function findBegun(before: ServiceState, moved: ServiceState, { cluster, arn }: Move, ecs: Ecs, clock: Clock) {
  let now = moved
  for (let looks = 0; ; looks++) {
    const own = begunBetween(before, now, arn)
    if (own !== undefined) return { id: own.id, now }
    if (looks === LAGGING_LOOKS) break
    await clock.sleep(2)
    const looked = await describeServices(ecs, cluster, [before.name]).catch(cause => {
      throw unknownDeployment(before, arn, `which deployment came of it could not be seen: ${messageOf(cause)}`, cause)
    })
    now = looked[0] ?? now
  }
  throw unknownDeployment(before, arn, 'but lists no deployment to it.')
}

function unknownDeployment({ name }: ServiceState, arn: string, why: string, cause?: unknown): StepError {
  return new StepError({
    code: 'deployment-unknown',
    what: `ECS took the update of ${name} to ${arn}, ${why}`,
    hint: 'See in the ECS console what the service does; running the step again attaches to a deployment to this revision.',
    cause
  })
}

/** What the service ran before a move onto `arn`: when that is under way already, what the other deployment brought. */
export function previousOf(service: ServiceState, arn: string | undefined): string {
  return service.taskDefinition === arn ? attach(service).previousArn : service.taskDefinition
}

/** The deployment that the service has, as if we had begun it: under way, or ended. */
export function attach(service: ServiceState): Deployment {
  const { name, taskDefinition } = service
  const primary = primaryOf(service)
  const failed = primary?.rolloutState === 'FAILED'
  const others = service.deployments.filter(({ id }) => id !== primary?.id)
  const before =
    others.find(({ rolloutState }) => rolloutState === 'COMPLETED') ??
    others.find(other => other.taskDefinition !== taskDefinition)
  return {
    service: name,
    outcome: failed ? 'failed' : isUnderWay(service) ? 'started' : 'already-running',
    previousArn: before?.taskDefinition ?? taskDefinition,
    arn: taskDefinition,
    ...(failed && { error: failedBefore(service, primary) }),
    deploymentId: primary?.id,
    serviceDeploymentArn: service.serviceDeploymentArn,
    notes: []
  }
}

function failedBefore(
  { name }: ServiceState,
  { id, taskDefinition, rolloutStateReason = '' }: DeploymentState
): StepError {
  return new StepError({
    code: 'deployment-failed',
    what: `${name}: its deployment ${id} to ${taskDefinition} failed before: ${rolloutStateReason}`,
    hint: 'Deploy again; force-new-deployment: true tries the same revision once more.'
  })
}

/** The service may still name the service deployment that was current before. */
function currentOf(moved: ServiceState, before: ServiceState): string | undefined {
  return moved.serviceDeploymentArn === before.serviceDeploymentArn ? undefined : moved.serviceDeploymentArn
}

/** Cluster, service and the full revision ARN, plus what was asked for: whatever is sent, even empty, is an instruction to ECS. */
function requestFor(service: ServiceState, move: Move): Input<'UpdateService'> {
  const { forceNewDeployment, desiredCount, propagateTags, enableECSManagedTags } = move.options
  return {
    cluster: move.cluster,
    service: service.name,
    taskDefinition: move.arn,
    ...(forceNewDeployment === undefined ? {} : { forceNewDeployment }),
    ...(desiredCount === undefined ? {} : { desiredCount }),
    ...(propagateTags === undefined ? {} : { propagateTags }),
    ...(enableECSManagedTags === undefined ? {} : { enableECSManagedTags })
  }
}

const LOST_ATTEMPTS = 3

/** After these an update may have been carried out all the same. */
const IN_DOUBT = ['answer-lost', 'aws-failure', 'unreachable', 'bad-answer']

/**
 * A forced deployment whose answer is lost is looked up before it is sent again; any other update may simply be repeated, and is looked
 * up when no attempt was answered.
 */
async function update(
  service: ServiceState,
  request: Input<'UpdateService'>,
  move: Move,
  ecs: Ecs,
  clock: Clock
): Promise<ServiceState> {
  const repeatable = request.forceNewDeployment !== true
  for (let attempt = 1; ; attempt++) {
    try {
      return readUpdated(await ecs.call('UpdateService', request, { on: service.name, repeatable }), service)
    } catch (error) {
      if (!(error instanceof StepError) || !IN_DOUBT.includes(error.code)) throw error
      await clock.sleep(2)
      const [now] = await describeServices(ecs, move.cluster, [service.name]).catch(cause => {
        throw unseen(service, error, cause)
      })
      if (now !== undefined && primaryOf(now)?.id !== primaryOf(service)?.id) return requireOwn(now, move.arn, error)
      if (error.code !== 'answer-lost' || attempt === LOST_ATTEMPTS) throw error
    }
  }
}

/** The look that was to tell whether it was carried out failed as well: then it stays unknown, and both are to be told. */
function unseen({ name, taskDefinition }: ServiceState, { message }: StepError, cause: unknown): StepError {
  return new StepError({
    code: 'answer-lost',
    what: `${message}\nWhat ${name} runs now is not known, since looking at it failed too: ${messageOf(cause)}`,
    hint: `See in the ECS console whether it still runs ${taskDefinition}; running the step again goes on from what it runs.`,
    cause
  })
}

/** A new deployment that is not ours: somebody else was quicker, and is left alone. */
function requireOwn(now: ServiceState, arn: string, cause: unknown): ServiceState {
  if (now.taskDefinition === arn) return now
  throw new StepError({
    code: 'deployed-meanwhile',
    what: `the answer to the update of ${now.name} was lost, and now it runs ${now.taskDefinition}: somebody else deployed.`,
    hint: 'Nothing more was sent. Run again: the plan is then made from what runs now.',
    cause
  })
}

function readUpdated(answer: Output<'UpdateService'>, service: ServiceState): ServiceState {
  if (answer.service !== undefined) return toState(answer.service)
  throw new StepError({ code: 'bad-answer', what: `ECS answered the update of ${service.name} without the service.` })
}

/** Says on the service who moved it; a denial is a warning. */
export async function mark(service: ServiceState, move: Move, ecs: Ecs): Promise<Note[]> {
  try {
    const tags = [{ key: 'levoai:modified_by', value: move.modifiedBy }]
    await ecs.call('TagResource', { resourceArn: service.arn, tags }, { on: service.name })
    return []
  } catch (error) {
    return [warning(`${service.name} was moved, but not tagged levoai:modified_by: ${messageOf(error)}`)]
  }
}
