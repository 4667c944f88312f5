import type { Ecs } from '../ecs/ecs.ts'
import { primaryOf, type ServiceState } from '../ecs/services.ts'
import type { StepError } from '../errors.ts'
import { type Note, warning } from '../task-definition/definition.ts'
import type { Clock } from './clock.ts'
import type { Deployment, FollowOptions, Moment, Outcome, SensorResult } from './deployment.ts'
import { explainOutcome, sayVerdict } from './explain-outcome.ts'
import { type Finding, findSensorStops, findStops, type Subject } from './post-mortem.ts'
import { type RollBack, rollBack } from './roll-back.ts'
import { type Expectation, type Settled, settle } from './settle.ts'
import { type Course, type Watch, watch } from './watch.ts'

/** What one deployment is followed with. */
export interface Following {
  readonly deployment: Deployment
  /** As it was when the following began. */
  readonly service: ServiceState
  readonly expect: Expectation
  readonly subject: Subject
  /** The service deployment that was current before this one was begun. */
  readonly earlierServiceDeploymentArn?: string | undefined
}

export interface Place {
  readonly ecs: Ecs
  readonly clock: Clock
  readonly cluster: string
  readonly options: FollowOptions
  readonly onMoment: (service: string, moment: Moment) => void
}

/** How it came out, before anything is put back. */
export interface Conclusion {
  readonly outcome: Outcome
  /** Absent when the step does not fail for it. */
  readonly failure?: { readonly code: string; readonly reason: string; readonly cause?: StepError | undefined }
  /** Whether putting the service back is called for, if it was asked for. */
  readonly calledBack: boolean
}

/** The whole course of one service's deployment: watched, verified, looked into and put back where that is called for. */
export async function* courseOf(following: Following, place: Place): Course<Deployment> {
  const { deployment, subject, service } = following
  const { ecs, clock, cluster, options } = place
  const began = clock.now()
  const moments: Moment[] = []
  const say = (text: string): void => {
    const moment = { seconds: Math.round((clock.now() - began) / 1000), text }
    moments.push(moment)
    place.onMoment(deployment.service, moment)
  }
  const timing = () => ({ deadline: clock.now() + options.minutes * 60_000, minutes: options.minutes })
  const { deadline } = timing()
  const watched = deployment.outcome === 'started' ? yield* watchOwn(following, deadline, place, say) : undefined
  const completed = watched === undefined || watched.ending.kind === 'completed'
  const settled = completed && options.verify !== 'off' ? yield* settleOwn(following, deadline, place, say) : undefined
  const conclusion = conclude(deployment, watched, settled, options)
  const findings = await lookInto(following, place, watched, settled, conclusion)
  if (settled !== undefined) say(sayVerdict(settled.result, options.settle))
  const serviceDeploymentArn = watched?.serviceDeploymentArn ?? deployment.serviceDeploymentArn
  const wanted = conclusion.calledBack && options.rollback && deployment.previousArn !== deployment.arn
  const back = wanted ? yield* rollBack(deployment, serviceDeploymentArn, { ecs, cluster }, timing, say) : undefined
  const outcome = afterRollBack(conclusion.outcome, back)
  return {
    ...deployment,
    outcome,
    serviceDeploymentArn,
    sensor: settled?.result,
    course: moments,
    findings,
    error: explainOutcome({ deployment, service, conclusion, settled, findings, back, options, subject }),
    notes: [...deployment.notes, ...warningsOf(deployment, settled, conclusion, options)]
  }
}

function watchOwn(
  { deployment, service, earlierServiceDeploymentArn }: Following,
  deadline: number,
  { options }: Place,
  say: (text: string) => void
): Course<Watch> {
  const { deploymentId = '', serviceDeploymentArn } = deployment
  const told = deployment.begun === true ? service.events.map(({ id }) => id) : []
  const watched = { id: deploymentId, serviceDeploymentArn, earlier: earlierServiceDeploymentArn, told }
  return watch(watched, { deadline, minutes: options.minutes }, say)
}

function settleOwn(
  { deployment, expect }: Following,
  deadline: number,
  { ecs, cluster, options }: Place,
  say: (text: string) => void
): Course<Settled> {
  const { deploymentId = '', arn } = deployment
  return settle({ deploymentId, arn, expect, settle: options.settle, deadline }, { ecs, cluster }, say)
}

function conclude(
  deployment: Deployment,
  watched: Watch | undefined,
  settled: Settled | undefined,
  { verify }: FollowOptions
): Conclusion {
  const live: Outcome = deployment.outcome === 'started' ? 'deployed' : 'already-running'
  if (watched !== undefined && watched.ending.kind !== 'completed') return concludeWatch(watched.ending)
  if (settled === undefined) return { outcome: live, calledBack: false }
  if (settled.kind === 'superseded') return fails('superseded', 'superseded', settled.reason)
  if (verify !== 'require') return { outcome: live, calledBack: false }
  if (settled.kind === 'unseen') return unseen(settled.error)
  if (settled.kind === 'timed-out') {
    return { ...fails('timed-out', 'timed-out', 'the sensor was not proven to run in time'), calledBack: true }
  }
  if (settled.result.verdict !== 'refuted') return { outcome: live, calledBack: false }
  const code = settled.result.expected === 'present' ? 'sensor-not-running' : 'sensor-still-there'
  return { ...fails('failed', code, 'the verdict on the sensor is negative'), calledBack: true }
}

function concludeWatch(ending: Exclude<Watch['ending'], { kind: 'completed' }>): Conclusion {
  switch (ending.kind) {
    case 'failed':
      return { ...fails('failed', 'deployment-failed', ending.reason), calledBack: true }
    case 'rolled-back':
      return fails('rolled-back', 'rolled-back', ending.reason)
    case 'rollback-failed':
      return fails('failed', 'rollback-failed', ending.reason)
    case 'superseded':
      return fails('superseded', 'superseded', ending.reason)
    case 'stopped':
      return fails('stopped', 'stopped', ending.reason)
    case 'gone':
      return fails('failed', 'service-not-active', ending.reason)
    case 'timed-out': {
      const { pause, reason } = ending
      if (pause === undefined) return { ...fails('timed-out', 'timed-out', reason), calledBack: true }
      return fails('timed-out', 'waits-for-a-person', `it waits at ${pause.stage} for somebody to let it go on`)
    }
    case 'unseen':
      return unseen(ending.error)
  }
}

/** Credentials that ran out tell nothing of the deployment, which goes on. */
function unseen(cause: StepError): Conclusion {
  const outcome = cause.code === 'bad-credentials' ? 'timed-out' : 'failed'
  return { outcome, failure: { code: cause.code, reason: cause.message, cause }, calledBack: false }
}

function fails(outcome: Outcome, code: string, reason: string): Conclusion {
  return { outcome, failure: { code, reason }, calledBack: false }
}

function afterRollBack(outcome: Outcome, back: RollBack | undefined): Outcome {
  if (back === undefined || back.kind === 'left-alone') return outcome
  return back.kind === 'put-back' ? 'rolled-back' : 'failed'
}

async function lookInto(
  { deployment, service, subject }: Following,
  { ecs, cluster }: Place,
  watched: Watch | undefined,
  settled: Settled | undefined,
  { outcome }: Conclusion
): Promise<Finding[]> {
  const stops = (settled?.result.tasks ?? []).flatMap(({ task, sensor }) =>
    sensor.kind === 'stopped' ? [{ task, container: sensor.container }] : []
  )
  if (stops.length > 0) return findSensorStops(ecs, stops, subject)
  const unseen = watched?.ending.kind === 'unseen' || settled?.kind === 'unseen'
  if (unseen || !['failed', 'rolled-back', 'timed-out'].includes(outcome)) return []
  const now = watched?.service ?? service
  const own = now.deployments.find(({ id }) => id === deployment.deploymentId) ?? primaryOf(service)
  return findStops({ ecs, cluster }, now, deployment.deploymentId ?? '', subject, own?.createdAt ?? 0)
}

/** What does not fail the step, and is to be known all the same. */
function warningsOf(
  { service }: Deployment,
  settled: Settled | undefined,
  { failure }: Conclusion,
  { settle: seconds }: FollowOptions
): Note[] {
  if (settled === undefined || failure !== undefined) return []
  const { result } = settled
  if (settled.kind === 'unseen') return [warning(`${service}: the sensor was not verified: ${settled.error.message}`)]
  if (result.verdict !== 'proven') return [warning(`${service}: ${sayVerdict(result, seconds)}`)]
  return unhealthy(result).map(id => warning(`${service}: the sensor of task ${id} runs, but its health check fails`))
}

function unhealthy({ tasks }: SensorResult): string[] {
  return tasks
    .filter(({ healthStatus }) => healthStatus === 'UNHEALTHY')
    .map(({ task }) => task.arn.replace(/.*\//, ''))
}
