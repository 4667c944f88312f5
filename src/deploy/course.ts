import type { Ecs } from '../ecs/ecs.ts'
import { primaryOf, type ServiceState } from '../ecs/services.ts'
import { taskIdOf } from '../ecs/tasks.ts'
import { type Note, warning } from '../task-definition/definition.ts'
import type { Clock } from './clock.ts'
import { afterRollBack, type Conclusion, conclude } from './conclude.ts'
import type { Deployment, FollowOptions, Moment, SensorResult } from './deployment.ts'
import { explainOutcome } from './explain-outcome.ts'
import { glanceAt } from './glance.ts'
import { type Finding, findSensorStops, findStops, type Subject } from './post-mortem.ts'
import { type RollBack, rollBack } from './roll-back.ts'
import { RunningTasks } from './running-tasks.ts'
import { sayFindings, saySettled, sayTasks } from './say-tasks.ts'
import { type Expectation, type Settled, settle } from './settle.ts'
import { type Course, type Watch, watch } from './watch.ts'
import type { Way } from './way.ts'

/** What one deployment is followed with. */
export interface Following {
  readonly deployment: Deployment
  /** As it was when the following began. */
  readonly service: ServiceState
  readonly expect: Expectation
  readonly subject: Subject
  /** The service deployment that was current before this one was begun. */
  readonly earlierServiceDeploymentArn?: string | undefined
  /** Absent where ECS itself deploys. */
  readonly way?: Way | undefined
}

export interface Place {
  readonly ecs: Ecs
  readonly clock: Clock
  readonly cluster: string
  readonly options: FollowOptions
  readonly onMoment: (service: string, moment: Moment) => void
}

/** As many lines of tasks as a log is readable with; the summary has more. */
const MOST_TASKS = 20

/** The whole course of one service's deployment: watched, verified, looked into and put back where that is called for. */
export async function* courseOf(following: Following, place: Place): Course<Deployment> {
  const { deployment: begun, way } = following
  const { ecs, clock, cluster, options } = place
  const began = clock.now()
  const moments: Moment[] = []
  const { redact } = following.subject
  // ECS's own texts may quote what stands in the definition.
  const say = (text: string): void => {
    const moment = { seconds: Math.round((clock.now() - began) / 1000), text: redact(text) }
    moments.push(moment)
    place.onMoment(begun.service, moment)
  }
  const timing = () => ({ deadline: clock.now() + options.minutes * 60_000, minutes: options.minutes })
  const { deadline } = timing()
  const running = new RunningTasks(ecs, cluster, following.service.name)
  const watched =
    begun.outcome !== 'already-running' ? yield* watchOwn(following, deadline, place, running, say) : undefined
  const deployment = { ...begun, deploymentId: watched?.own?.id ?? begun.deploymentId }
  const own = { ...following, deployment }
  const completed = watched === undefined || watched.ending.kind === 'completed'
  const settled =
    completed && options.verify !== 'off' ? yield* settleOwn(own, deadline, place, running, say) : undefined
  const conclusion = conclude(deployment, watched, settled, options)
  const findings = await lookInto(own, place, watched, settled, conclusion)
  if (settled !== undefined) sayJudged(settled, options, say)
  // What the watch found to be that of the move before is not this one's.
  const { serviceDeploymentArn } = watched ?? deployment
  const putBack = () =>
    way?.rollBack(deployment, { watched, settled }, timing, say) ??
    rollBack({ ...deployment, serviceDeploymentArn }, completed ? 'completed' : 'open', { ecs, cluster }, timing, say)
  const back = options.rollback
    ? (leftAlone(deployment, conclusion) ?? (conclusion.calledBack ? yield* putBack() : undefined))
    : undefined
  const outcome = afterRollBack(conclusion.outcome, back)
  return {
    ...deployment,
    outcome,
    serviceDeploymentArn,
    sensor: settled?.result,
    course: moments,
    findings,
    error: explainOutcome({ ...own, deployment, conclusion, settled, findings, back, options }),
    notes: [
      ...deployment.notes,
      ...warningsOf(deployment, settled, conclusion, findings, options).map(({ text }) => warning(redact(text)))
    ]
  }
}

/** Why nothing is put back although it was asked for; undefined when it is, or when how it came out says why. */
function leftAlone(
  { arn, previousArn }: Deployment,
  { calledBack, leftAlone: reason }: Conclusion
): RollBack | undefined {
  if (arn === previousArn) {
    return calledBack ? { kind: 'left-alone', reason: 'it ran this revision before as well' } : undefined
  }
  return reason === undefined ? undefined : { kind: 'left-alone', reason }
}

function watchOwn(
  { deployment, service, expect, earlierServiceDeploymentArn, way }: Following,
  deadline: number,
  { options }: Place,
  running: RunningTasks,
  say: (text: string) => void
): Course<Watch> {
  const { deploymentId = '', serviceDeploymentArn } = deployment
  const told = deployment.begun === true ? service.events.map(({ id }) => id) : []
  if (way !== undefined) return way.watch(deployment, told, { deadline, minutes: options.minutes }, say)
  const { previousArn } = deployment
  const before = othersOf(service, deploymentId)
  const earlier = earlierServiceDeploymentArn
  const watched = { id: deploymentId, serviceDeploymentArn, earlier, previousArn, before, told }
  const isJudged = expect.kind === 'present' && options.verify !== 'off'
  const glance = isJudged ? glanceAt({ deploymentId, sensor: expect.sensor }, running, say) : undefined
  return watch(watched, { deadline, minutes: options.minutes }, say, glance)
}

function settleOwn(
  { deployment, service, expect }: Following,
  deadline: number,
  { options }: Place,
  running: RunningTasks,
  say: (text: string) => void
): Course<Settled> {
  const { deploymentId = '', arn } = deployment
  const before = othersOf(service, deploymentId)
  return settle({ deploymentId, before, arn, expect, settle: options.settle, deadline }, running, say)
}

/** What can be PRIMARY again only in an answer that lags behind: ECS goes back by a new deployment, CodeDeploy to the task set of before. */
function othersOf({ controller, deployments }: ServiceState, deploymentId: string): string[] {
  return controller === 'ECS' ? deployments.map(({ id }) => id).filter(id => id !== deploymentId) : []
}

async function lookInto(
  { deployment, service, subject }: Following,
  { ecs, cluster }: Place,
  watched: Watch | undefined,
  settled: Settled | undefined,
  { outcome }: Conclusion
): Promise<Finding[]> {
  if (settled?.result.expected === 'absent') return []
  const stops = (settled?.result.tasks ?? []).flatMap(({ task, sensor }) =>
    sensor.kind === 'stopped' || sensor.kind === 'restarted' ? [{ task, container: sensor.container }] : []
  )
  if (stops.length > 0) return findSensorStops(ecs, stops, subject)
  const unseen = watched?.ending.kind === 'unseen' || settled?.kind === 'unseen'
  if (unseen || !['failed', 'rolled-back', 'timed-out'].includes(outcome)) return []
  const now = watched?.service ?? service
  const own = now.deployments.find(({ id }) => id === deployment.deploymentId) ?? watched?.own ?? primaryOf(service)
  return findStops({ ecs, cluster }, now, deployment.deploymentId ?? '', subject, own?.createdAt ?? 0)
}

function sayJudged(settled: Settled, { settle: seconds }: FollowOptions, say: (text: string) => void): void {
  if (settled.kind === 'unseen' || settled.kind === 'superseded') return
  say(saySettled(settled, seconds))
  for (const line of sayTasks(settled.result, seconds).slice(0, MOST_TASKS)) say(line)
}

/** What does not fail the step, and is to be known all the same. */
function warningsOf(
  { service }: Deployment,
  settled: Settled | undefined,
  { failure }: Conclusion,
  findings: readonly Finding[],
  { settle: seconds }: FollowOptions
): Note[] {
  if (settled === undefined || failure !== undefined) return []
  const { result } = settled
  if (settled.kind === 'unseen') return [warning(`${service}: the sensor was not verified: ${settled.error.message}`)]
  if (result.verdict !== 'proven') {
    return [warning([`${service}: ${saySettled(settled, seconds)}`, ...sayFindings(findings)].join('\n'))]
  }
  return unhealthy(result).map(id => warning(`${service}: the sensor of task ${id} runs, but its health check fails`))
}

function unhealthy({ tasks }: SensorResult): string[] {
  return tasks.filter(({ healthStatus }) => healthStatus === 'UNHEALTHY').map(({ task }) => taskIdOf(task.arn))
}
