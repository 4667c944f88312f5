import { type CodeDeployState, type GroupName, readDeployment } from '../ecs/code-deploy.ts'
import type { Ecs } from '../ecs/ecs.ts'
import { type DeploymentState, primaryOf, type ServiceState } from '../ecs/services.ts'
import { StepError } from '../errors.ts'
import type { Ending } from './judge.ts'
import { isPassing } from './look.ts'
import { counts, News, sayUnseen } from './news.ts'
import { sayMinutes } from './say-waiting.ts'
import type { Course, Timing, Watch } from './watch.ts'

/** The one deployment of CodeDeploy that is watched. */
export interface WatchedDelivery {
  readonly name: GroupName
  readonly id: string
  /** The revision that it brings. */
  readonly arn: string
  /** Minutes that it waits for somebody to reroute the traffic; 0: it does so by itself. */
  readonly readyMinutes: number
  /** Ids of the service's events that are no news. */
  readonly told: readonly string[]
}

const ENDED = ['Succeeded', 'Failed', 'Stopped']

/** Follows one deployment of CodeDeploy to its end, or to the deadline: it is asked for in each round of looks. */
export async function* watchCodeDeploy(
  own: WatchedDelivery,
  ecs: Ecs,
  { deadline }: Timing,
  say: (text: string) => void
): Course<Watch> {
  const news = new News({ id: own.id, told: own.told }, say)
  let service: ServiceState | undefined
  let taskSet: DeploymentState | undefined
  /** For somebody to reroute the traffic. */
  let waits = false
  for (;;) {
    let look = yield { by: deadline }
    let state = look.kind === 'seen' ? await lookAt(own, ecs) : look.error
    if (!(state instanceof StepError) && ENDED.includes(state.status)) {
      // The service was looked at before CodeDeploy was asked: only one more look shows how it is at the end.
      look = yield { by: look.now }
      if (look.kind === 'unseen') state = look.error
    }
    if (state instanceof StepError && !isPassing(state)) {
      return { service, own: taskSet, ending: { kind: 'unseen', error: state } }
    }
    if (state instanceof StepError) news.blind(state)
    else {
      if (look.kind === 'seen') service = look.service
      taskSet = service?.deployments.find(({ externalId }) => externalId === own.id) ?? taskSet
      const ending = service && judgeCodeDeploy(state, service, own)
      waits = state.status === 'Ready' && own.readyMinutes > 0 && taskSet?.status !== 'PRIMARY'
      if (service !== undefined) news.tellOf(service, state.createdAt, standingOf(state, waits, taskSet, own))
      if (ending?.kind === 'completed') return { service, own: service && primaryOf(service), ending }
      if (ending !== undefined) return { service, own: taskSet, ending }
    }
    if (look.now >= deadline) {
      const reason = state instanceof StepError ? sayUnseen(state) : 'it had not ended'
      const pause = waits ? { stage: 'the rerouting of the traffic (Ready)' } : undefined
      return { service, own: taskSet, ending: { kind: 'timed-out', pause, reason } }
    }
  }
}

async function lookAt({ name, id }: WatchedDelivery, ecs: Ecs): Promise<CodeDeployState | StepError> {
  try {
    return await readDeployment(ecs, name, id, { single: true })
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
}

/** How a deployment of CodeDeploy ended; undefined as long as it goes on. */
export function judgeCodeDeploy(
  state: CodeDeployState,
  service: ServiceState,
  { arn }: Pick<WatchedDelivery, 'arn'>
): Ending | undefined {
  if (service.status !== 'ACTIVE') return { kind: 'gone', reason: `the service is ${service.status}` }
  const primary = primaryOf(service)
  const runs = `the service's PRIMARY task set runs ${primary?.taskDefinition}`
  const { error, rollback, status } = state
  const reason =
    error === undefined ? 'CodeDeploy gave no reason' : `${error.code}: ${error.message.replace(/\.$/, '')}`
  const message = rollback?.message === undefined ? '' : ` (${rollback.message})`
  switch (status) {
    case 'Succeeded':
      if (primary?.taskDefinition === arn) return { kind: 'completed' }
      return { kind: 'superseded', reason: `CodeDeploy succeeded, but ${runs} now` }
    case 'Failed':
    case 'Stopped':
      // A rollback that a person asked for together with the stop is theirs.
      if (rollback?.id !== undefined && error?.code !== 'MANUAL_STOP') {
        return { kind: 'rolled-back', reason: `${reason}; by deployment ${rollback.id}${message}; ${runs}` }
      }
      return { kind: status === 'Failed' ? 'failed' : 'stopped', reason: `${reason}${message}; ${runs}` }
    default:
      return undefined
  }
}

function standingOf(
  { status }: CodeDeployState,
  waits: boolean,
  taskSet: DeploymentState | undefined,
  { readyMinutes }: WatchedDelivery
): string[] {
  const waiting = `, waits for somebody to reroute the traffic, for at most ${sayMinutes(readyMinutes)}`
  return [
    `CodeDeploy: ${status}${waits ? waiting : ''}`,
    counts(taskSet),
    taskSet?.status === 'PRIMARY' ? 'has the traffic' : ''
  ]
}
