import { taskIdOf } from '../ecs/tasks.ts'
import type { SensorResult } from './deployment.ts'
import { whyBlind } from './news.ts'
import type { Finding } from './post-mortem.ts'
import { isHeld, type JudgedTask } from './sensor-state.ts'
import type { Settled } from './settle.ts'

/** What looking at a service's tasks came to, in one clause: the verdict, or why there is none. */
export function saySettled(settled: Settled, seconds: number): string {
  const { result } = settled
  if (settled.kind !== 'timed-out' || settled.blind === undefined) return sayVerdict(result, seconds)
  const proof = result.expected === 'present' ? 'runs' : 'is gone'
  return `whether the sensor ${proof} could not be seen any more: ${whyBlind(settled.blind)}`
}

/** The verdict on a service's tasks, in one clause. */
export function sayVerdict({ verdict, expected, running, tasks }: SensorResult, seconds: number): string {
  const all = tasks.length
  if (expected === 'absent') {
    if (verdict === 'proven') return `no task has a sensor any more (${all} looked at)`
    if (verdict === 'nothing-to-judge') return 'no task runs, so there is none to look at'
    const left = tasks.filter(({ sensor }) => sensor.kind !== 'missing').length
    return `${left} of ${all} tasks still ${left === 1 ? 'has' : 'have'} a sensor`
  }
  const held = tasks.filter(({ sensor }) => isHeld(sensor, seconds)).length
  switch (verdict) {
    case 'proven':
      return `the sensor runs in ${held} of ${all} tasks${seconds === 0 ? '' : `, seen RUNNING for ${seconds} s`}`
    case 'nothing-to-judge':
      return 'no task of it runs, so the sensor could not be verified'
    case 'refuted':
      return `the sensor does not run as it should in ${all - running} of ${all} tasks`
    case 'not-yet':
      return `the sensor was not seen RUNNING for ${seconds} s in ${all - held} of ${all} tasks`
  }
}

/** Each task and its sensor; what several sensors stopped for is said of the first of them. */
export function sayTasks({ expected, tasks }: SensorResult, seconds: number): string[] {
  const told = new Set<string>()
  return tasks.map(({ task, sensor, healthStatus }) => {
    const health = healthStatus === undefined || healthStatus === 'UNKNOWN' ? '' : `, ${healthStatus}`
    const reason = sensor.kind === 'stopped' ? sensor.container.reason : undefined
    const isTold = reason !== undefined && told.has(reason)
    if (reason !== undefined) told.add(reason)
    const text = expected === 'absent' ? sayLeft(sensor) : saySensor(sensor, seconds, isTold)
    return `task ${taskIdOf(task.arn)}: ${text}${health}`
  })
}

/** Of a sensor that is to be gone. */
function sayLeft({ kind }: JudgedTask['sensor']): string {
  if (kind === 'missing') return 'no sensor'
  return kind === 'stopped' ? 'still has a sensor, which is STOPPED' : 'still has a sensor'
}

function saySensor(sensor: JudgedTask['sensor'], seconds: number, isTold: boolean): string {
  switch (sensor.kind) {
    case 'running': {
      // How long it was watched: it may have run before that.
      const held = Math.round(sensor.seconds)
      if (seconds === 0) return 'sensor RUNNING'
      return held >= seconds
        ? `sensor seen RUNNING for ${held} s`
        : `sensor RUNNING, watched for ${held} of ${seconds} s`
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
      return `sensor STOPPED${exit}${reason === undefined ? '' : isTold ? ', for the same reason' : ` (${reason})`}`
    }
  }
}

/** Stops with all that is known of them; what is to be done about several of them is said once. */
export function sayFindings(findings: readonly Finding[]): string[] {
  const told = new Set<string>()
  return findings.map(finding => {
    const remedy = finding.diagnosis?.remedy ?? ''
    const isTold = told.has(remedy)
    told.add(remedy)
    return sayFinding(finding, isTold ? '' : remedy)
  })
}

function sayFinding(
  { task, container, isSensor, stopCode, stoppedReason, log, diagnosis }: Finding,
  remedy: string
): string {
  const who = container === undefined ? '' : `${isSensor ? 'sensor' : 'application'} container ${container.name}`
  const facts = [
    stopCode,
    saysTheSame(stopCode, stoppedReason) ? undefined : stoppedReason,
    container?.exitCode === undefined ? undefined : `exit code ${container.exitCode}`,
    container?.reason === stoppedReason ? undefined : container?.reason
  ].filter(fact => fact !== undefined && fact !== '')
  const head = [task && `task ${task}`, who].filter(Boolean).join(', ')
  // Of a task that goes on, its own line has said all but the cause.
  const goesOn = stopCode === undefined && stoppedReason === undefined
  return [
    head === '' || (goesOn && diagnosis === undefined && log.length === 0)
      ? ''
      : goesOn
        ? `${head}:`
        : `${head}: ${facts.join('; ')}`,
    diagnosis === undefined ? '' : `Likely cause: ${diagnosis.cause}.`,
    remedy,
    log.length === 0 ? '' : `Last lines of its log:\n${log.map(line => `  ${line}`).join('\n')}`
  ]
    .filter(line => line !== '')
    .join('\n')
}

/** `TaskFailedToStart` and `Task failed to start`, `EssentialContainerExited` and `Essential container in task exited`. */
function saysTheSame(stopCode = '', stoppedReason = ''): boolean {
  const words = stoppedReason.toLowerCase().replace(/\bin task\b/, '')
  return words.replace(/[^a-z]/g, '') === stopCode.toLowerCase()
}
