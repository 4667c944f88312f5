import type { ServiceState } from '../ecs/services.ts'
import { taskIdOf } from '../ecs/tasks.ts'
import { bulleted, StepError } from '../errors.ts'
import type { Conclusion } from './course.ts'
import type { Deployment, FollowOptions, SensorResult } from './deployment.ts'
import type { Finding, Subject } from './post-mortem.ts'
import type { RollBack } from './roll-back.ts'
import { isHeld, type JudgedTask } from './sensor-state.ts'
import type { Settled } from './settle.ts'

interface Story {
  readonly deployment: Deployment
  readonly service: ServiceState
  readonly conclusion: Conclusion
  readonly settled: Settled | undefined
  readonly findings: readonly Finding[]
  readonly back: RollBack | undefined
  readonly options: FollowOptions
  readonly subject: Subject
}

/** Why the step fails for a service: what happened, what was found in its tasks, what was done about it, what to do. */
export function explainOutcome(story: Story): StepError | undefined {
  const { conclusion, deployment, findings, settled, back, options } = story
  const { failure } = conclusion
  if (failure === undefined) return undefined
  const { service, deploymentId, arn } = deployment
  const subject = `${service}: deployment ${deploymentId} to ${arn}`
  const judged =
    settled !== undefined && ['sensor-not-running', 'sensor-still-there', 'timed-out'].includes(failure.code)
  const what = [
    judged
      ? `${subject} completed, but ${sayVerdict(settled.result, options.settle)}.`
      : headline(story, subject, failure),
    ...(judged ? [bulleted(settled.result.tasks.map(task => sayTask(task, options.settle)))] : []),
    ...findings.map(sayFinding),
    ...sayBack(back, deployment)
  ]
  return new StepError({
    code: failure.code,
    what: what.filter(line => line !== '').join('\n'),
    hint: remedyFor(story, failure.code),
    cause: failure.cause
  })
}

type Failure = NonNullable<Conclusion['failure']>

function headline(story: Story, subject: string, { code, reason }: Failure): string {
  const { minutes } = story.options
  switch (code) {
    case 'deployment-failed':
      return `${subject} failed, and ECS did not put the service back: ${reason}`
    case 'rolled-back':
      return `${subject} failed, and ECS put the service back on what ran before: ${reason}`
    case 'rollback-failed':
      return `${subject} failed, and so did putting the service back: ${reason}`
    case 'superseded':
      return `${subject} was superseded: ${reason}. Nothing more was sent.`
    case 'stopped':
      return `${subject} was stopped: ${reason}. Nothing more was sent.`
    case 'timed-out':
      return `${subject}: the ${minutes} minutes of wait-for-minutes are over, and ${reason}.`
    case 'waits-for-a-person':
      return `${subject}: the ${minutes} minutes of wait-for-minutes are over, and ${reason}. Nothing was put back.`
    case 'bad-credentials':
      return `${subject} was under way when the credentials ceased to be valid; how it ends is not known here. ${reason}`
    case 'service-not-active':
      return `${subject} can not be followed any more: ${reason}.`
    default:
      return `${subject} could not be followed: ${reason}`
  }
}

function sayBack(back: RollBack | undefined, { previousArn }: Deployment): string[] {
  if (back === undefined) return []
  if (back.kind === 'put-back') return [`The service was put back on ${previousArn}.`]
  if (back.kind === 'left-alone') return [`The service was not put back: ${back.reason}.`]
  return [`Putting the service back on ${previousArn} failed: ${back.reason}`]
}

function remedyFor({ findings, options, deployment, back }: Story, code: string): string | undefined {
  const remedies = [...new Set(findings.flatMap(({ diagnosis }) => diagnosis?.remedy ?? []))]
  if (remedies.length > 0) return remedies.join('\n')
  if (code === 'timed-out') {
    return 'Give wait-for-minutes more, or see in the events above what keeps it from ending; it goes on in ECS.'
  }
  if (code === 'waits-for-a-person')
    return 'Let it go on, or roll it back, in the ECS console; a rerun of this step attaches to it.'
  if (code === 'deployment-failed' && back === undefined && !options.rollback) {
    return `The service is still on ${deployment.arn}. rollback-on-failure: true puts it back on ${deployment.previousArn}.`
  }
  return undefined
}

/** The verdict on a service's tasks, in one clause. */
export function sayVerdict({ verdict, expected, running, tasks }: SensorResult, seconds: number): string {
  const all = tasks.length
  if (expected === 'absent') {
    if (verdict === 'proven') return `no task has a sensor any more (${all} looked at)`
    return verdict === 'nothing-to-judge'
      ? 'no task runs, so there is none to look at'
      : `${running} of ${all} tasks still have a sensor`
  }
  const held = tasks.filter(({ sensor }) => isHeld(sensor, seconds)).length
  switch (verdict) {
    case 'proven':
      return `the sensor runs in ${held}/${all} tasks, RUNNING for ${seconds} s`
    case 'nothing-to-judge':
      return 'no task of it runs, so the sensor could not be verified'
    case 'refuted':
      return `the sensor does not run as it should in ${all - running} of ${all} tasks`
    case 'not-yet':
      return `the sensor was not seen RUNNING for ${seconds} s in ${all - held} of ${all} tasks`
  }
}

/** One task and its sensor. */
export function sayTask({ task, sensor, healthStatus }: JudgedTask, seconds: number): string {
  const health = healthStatus === undefined || healthStatus === 'UNKNOWN' ? '' : `, ${healthStatus}`
  return `task ${taskIdOf(task.arn)}: ${saySensor(sensor, seconds)}${health}`
}

function saySensor(sensor: JudgedTask['sensor'], seconds: number): string {
  switch (sensor.kind) {
    case 'running': {
      const held = Math.round(sensor.seconds)
      return held >= seconds ? `sensor RUNNING for ${held} s` : `sensor RUNNING, ${held} of ${seconds} s`
    }
    case 'starting':
      return `sensor not started (${sensor.lastStatus})`
    case 'restarted':
      return 'sensor exited and was restarted'
    case 'missing':
      return 'no sensor'
    case 'stopped': {
      const { exitCode, reason } = sensor.container
      const exit = exitCode === undefined ? '' : `, exit code ${exitCode}`
      return `sensor STOPPED${exit}${reason === undefined ? '' : ` (${reason})`}`
    }
  }
}

/** A stop with all that is known of it, in a few lines. */
export function sayFinding({ task, container, isSensor, stopCode, stoppedReason, log, diagnosis }: Finding): string {
  const who = container === undefined ? '' : `${isSensor ? 'sensor' : 'application'} container ${container.name}`
  const facts = [
    stopCode,
    stoppedReason,
    container?.exitCode === undefined ? undefined : `exit code ${container.exitCode}`,
    container?.reason === stoppedReason ? undefined : container?.reason
  ].filter(fact => fact !== undefined && fact !== '')
  const head = [task && `task ${task}`, who].filter(Boolean).join(', ')
  return [
    head === '' ? '' : `${head}: ${facts.join('; ')}`,
    diagnosis === undefined ? '' : `Likely cause: ${diagnosis.cause}.`,
    log.length === 0 ? '' : `Last lines of its log:\n${log.map(line => `  ${line}`).join('\n')}`
  ]
    .filter(line => line !== '')
    .join('\n')
}
