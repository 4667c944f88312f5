import { taskIdOf } from '../ecs/tasks.ts'
import type { SensorResult } from './deployment.ts'
import type { Finding } from './post-mortem.ts'
import { isHeld, type JudgedTask } from './sensor-state.ts'

/** The verdict on a service's tasks, in one clause. */
export function sayVerdict({ verdict, expected, running, tasks }: SensorResult, seconds: number): string {
  const all = tasks.length
  if (expected === 'absent') {
    if (verdict === 'proven') return `no task has a sensor any more (${all} looked at)`
    if (verdict === 'nothing-to-judge') return 'no task runs, so there is none to look at'
    const left = tasks.filter(({ sensor }) => sensor.kind !== 'missing').length
    return `${left} of ${all} tasks still have a sensor`
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

/** One task and its sensor; `seconds` is how long that must run, and 0 where it must not. */
export function sayTask({ task, sensor, healthStatus }: JudgedTask, seconds: number): string {
  const health = healthStatus === undefined || healthStatus === 'UNKNOWN' ? '' : `, ${healthStatus}`
  return `task ${taskIdOf(task.arn)}: ${saySensor(sensor, seconds)}${health}`
}

function saySensor(sensor: JudgedTask['sensor'], seconds: number): string {
  switch (sensor.kind) {
    case 'running': {
      const held = Math.round(sensor.seconds)
      if (seconds === 0) return 'sensor RUNNING'
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
  // Of a task that goes on, its own line has said all but the cause.
  const goesOn = stopCode === undefined && stoppedReason === undefined
  return [
    head === '' || (goesOn && diagnosis === undefined && log.length === 0)
      ? ''
      : goesOn
        ? `${head}:`
        : `${head}: ${facts.join('; ')}`,
    diagnosis === undefined ? '' : `Likely cause: ${diagnosis.cause}.`,
    log.length === 0 ? '' : `Last lines of its log:\n${log.map(line => `  ${line}`).join('\n')}`
  ]
    .filter(line => line !== '')
    .join('\n')
}
