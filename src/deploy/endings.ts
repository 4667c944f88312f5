import { blame, type Evidence, exitOf, isLogged, isSensor, isTold, sensorLogOf, sideOf, subjectOf } from './evidence.ts'
import { bySide, type Concerns } from './sayings.ts'

export interface Ending {
  readonly code: string
  readonly applies: (evidence: Evidence) => boolean
  readonly concerns: (evidence: Evidence) => Concerns
  readonly cause: (evidence: Evidence) => string
  readonly remedy: (evidence: Evidence) => string
}

/** The task is taken down by ECS or a person, not because one of its containers ended. */
const TAKEN_DOWN = /^(?:ServiceScheduler|User)Initiated$|^SpotInterruption$|^TerminationNotice$|^InfrastructureHealth$/

const WRONG_FORMAT = /exec format error/i
const OUT_OF_MEMORY = /OutOfMemory/i

const isUnhealthy = ({ container }: Evidence): boolean => container?.healthStatus === 'UNHEALTHY'
const isTakenDown = ({ stopCode = '' }: Evidence): boolean => TAKEN_DOWN.test(stopCode)
const isOutOfMemory = ({ container }: Evidence): boolean =>
  container?.exitCode === 137 || OUT_OF_MEMORY.test(container?.reason ?? '')

export const WRONG_ARCHITECTURE: Ending = {
  code: 'wrong-architecture',
  // The last is the sensor's own word, for a call that the emulation of its architecture lacks.
  applies: evidence =>
    isTold(evidence, WRONG_FORMAT) ||
    isLogged(evidence, WRONG_FORMAT) ||
    /Function not implemented/.test(sensorLogOf(evidence)),
  concerns: builtFor,
  cause: ({ architecture }) =>
    `the image is not built for the architecture of the task${architecture === undefined ? '' : ` (${architecture})`}`,
  remedy: evidence => {
    const { architecture = 'that architecture' } = evidence
    const sensor = `Give the input image one that is built for ${architecture}`
    const application = `Take an image that is built for ${architecture}`
    const either = `Give an image that is built for ${architecture} (the sensor's is the input image)`
    return `${bySide(builtFor(evidence), { sensor, application }, either)}, or change cpuArchitecture in runtimePlatform of the task definition.`
  }
}

/** How containers and tasks end once they ran; the first that applies. */
export const ENDINGS: readonly Ending[] = [
  {
    // 137 alone is any SIGKILL: in a task that is taken down it is the end of the stop timeout.
    code: 'out-of-memory',
    applies: evidence => isTold(evidence, OUT_OF_MEMORY) || (exitOf(evidence) === 137 && !isTakenDown(evidence)),
    concerns: evidence => (isOutOfMemory(evidence) ? sideOf(evidence) : 'task'),
    cause: evidence => {
      if (!isOutOfMemory(evidence)) return 'a container used more memory than it may'
      const did = isTold(evidence, OUT_OF_MEMORY) ? 'used' : 'was killed (exit code 137), most likely for using'
      const memory = evidence.container?.memory
      return `${subjectOf(evidence)} ${did} more memory than ${memory === undefined ? 'it may' : `its limit of ${memory} MiB`}`
    },
    remedy: evidence =>
      isSensor(evidence) && isOutOfMemory(evidence)
        ? `${moreMemory(evidence)} A filter, and smaller rate-limit and max-http-length, make it need less.`
        : 'Give it more memory in the task definition, or the task a larger size. The sensor takes of the task what its memory says: a smaller one, or sensor-profile: low-resource, leaves more.'
  },
  {
    // What ECS says of health names why the task is taken down, and so comes before how its containers ended. The sensor
    // has no port that a load balancer could check.
    code: 'load-balancer-health',
    applies: evidence => isTold(evidence, /failed ELB health checks/i),
    concerns: () => 'application',
    cause: () => 'the application did not pass the health checks of the load balancer',
    remedy: () =>
      "See the application's log, the path and port of the health check, and healthCheckGracePeriodSeconds of the service. If it passes without the sensor, give the sensor a smaller cpu, or sensor-profile: low-resource."
  },
  {
    code: 'container-health',
    applies: evidence =>
      isTold(evidence, /failed container health checks/i) || (isUnhealthy(evidence) && exitOf(evidence) === undefined),
    concerns: evidence => (isUnhealthy(evidence) ? sideOf(evidence) : 'task'),
    cause: evidence => `${isUnhealthy(evidence) ? subjectOf(evidence) : 'a container'} failed its own health check`,
    remedy: evidence =>
      isSensor(evidence) && isUnhealthy(evidence)
        ? 'Correct healthCheck in container-overrides (its command must be in the image), or leave it out.'
        : "See the container's log and its healthCheck in the task definition: command, startPeriod and timeout."
  },
  {
    // A sensor that saw no traffic ends with 1 on SIGTERM: before every row that goes by the exit code.
    code: 'stopped-with-its-task',
    applies: evidence =>
      isSensor(evidence) &&
      [0, 1].includes(exitOf(evidence) ?? -1) &&
      (isTakenDown(evidence) || (evidence.stopCode !== undefined && isLogged(evidence, /API trace is empty/))),
    concerns: () => 'task',
    cause: evidence =>
      `the sensor ended because its task was stopped (${evidence.stopCode}), and exit code ${exitOf(evidence)} then says nothing against its configuration`,
    remedy: () => 'Nothing is to be done about the sensor. See why the task was stopped.'
  },
  {
    code: 'spot-interruption',
    applies: evidence => evidence.stopCode === 'SpotInterruption' || isTold(evidence, /Spot Task was interrupted/i),
    concerns: () => 'task',
    cause: () => 'the capacity of the task was taken back by Fargate Spot',
    remedy: () => 'Run again, or have the service keep some tasks on FARGATE besides FARGATE_SPOT.'
  },
  {
    code: 'crashed',
    applies: evidence => [134, 139].includes(exitOf(evidence) ?? -1),
    concerns: sideOf,
    cause: evidence => `${subjectOf(evidence)} crashed (exit code ${exitOf(evidence)})`,
    remedy: evidence =>
      isSensor(evidence)
        ? 'Give image another version, and Levo the log. With restart-attempt-period ECS restarts a sensor that had run for a while.'
        : "See the container's log; the sensor shares nothing with it but the task's network, cpu and memory."
  },
  {
    code: 'stop-timeout',
    applies: evidence => exitOf(evidence) === 137,
    concerns: () => 'task',
    cause: evidence => `${subjectOf(evidence)} did not end within its stop timeout and was killed (exit code 137)`,
    remedy: () => 'See why the task was stopped. If it needs longer to end, raise stopTimeout of the container.'
  },
  {
    code: 'ended-by-sigterm',
    applies: evidence => exitOf(evidence) === 143,
    concerns: evidence => (evidence.stopCode === undefined ? sideOf(evidence) : 'task'),
    cause: evidence => `${subjectOf(evidence)} was ended by SIGTERM (exit code 143), as in any task that is stopped`,
    remedy: () => 'See why the task was stopped: by ECS, by somebody, or because another essential container exited.'
  },
  {
    code: 'sensor-exited',
    applies: evidence => isSensor(evidence) && exitOf(evidence) !== undefined,
    concerns: () => 'sensor',
    cause: evidence => `the sensor exited with code ${exitOf(evidence)}`,
    remedy: evidence =>
      `${evidence.log.length > 0 ? 'See the last lines of its log' : 'See its log, if it has one (without, give log-group)'}; extra-args, container-overrides and a new image are the first to look at.`
  },
  {
    code: 'application-exited',
    applies: evidence =>
      !isSensor(evidence) &&
      (evidence.stopCode === 'EssentialContainerExited' || (exitOf(evidence) !== undefined && !isTakenDown(evidence))),
    concerns: sideOf,
    cause: evidence => {
      const subject = evidence.container === undefined ? 'an essential container' : subjectOf(evidence)
      return `${subject} exited${exitOf(evidence) === undefined ? '' : ` with code ${exitOf(evidence)}`}`
    },
    remedy: () =>
      "See the container's log: what it says there is its own. If it runs without the sensor, leave it more: a smaller cpu and memory, or sensor-profile: low-resource."
  }
]

function builtFor(evidence: Evidence): Concerns {
  return isTold(evidence, WRONG_FORMAT) ? blame(evidence, WRONG_FORMAT) : sideOf(evidence)
}

/** MiB of the largest profile. */
const STANDARD_MEMORY = 512

/** The profile helps only a sensor that has less than it gives. */
function moreMemory({ container }: Evidence): string {
  const memory = container?.memory
  const more = `Give memory more${memory === undefined ? '' : ` than ${memory}`}`
  return memory === undefined || memory < STANDARD_MEMORY
    ? `${more}, or sensor-profile: standard (${STANDARD_MEMORY} MiB).`
    : `${more}.`
}
