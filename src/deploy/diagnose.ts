import { ECS_SAYS, type Heard, hear, SENSOR_SAYS } from './stop-causes.ts'

/** What is known of a stop: the task's and one container's, in ECS's own words. */
export interface Evidence {
  readonly stopCode?: string | undefined
  readonly stoppedReason?: string | undefined
  /** The container that is judged; absent when only the task or the service's events say something. */
  readonly container?:
    | {
        readonly name: string
        readonly isSensor: boolean
        readonly image: string
        readonly lastStatus: string
        readonly healthStatus?: string | undefined
        readonly exitCode?: number | undefined
        readonly reason?: string | undefined
        /** Its hard memory limit in MiB. */
        readonly memory?: number | undefined
      }
    | undefined
  /** The last lines of that container's log, the oldest first; empty when they could not be read. */
  readonly log: readonly string[]
  /** What the service's events said since the deployment began. */
  readonly events: readonly string[]
  /** `X86_64` or `ARM64`, as the task definition has it. */
  readonly architecture?: string | undefined
}

export interface Diagnosis {
  /** A short kebab-case word, such as `image-rate-limited`. */
  readonly code: string
  /** Who is to blame: the sensor's container, a container of the application, or the task as a whole. */
  readonly concerns: 'sensor' | 'application' | 'task'
  /** The likely cause in one plain sentence, beginning in lower case, without a full stop at its end. */
  readonly cause: string
  /** What to do, one or two sentences, in terms of this action's inputs where one helps. */
  readonly remedy: string
}

type Concerns = Diagnosis['concerns']

interface Ending {
  readonly code: string
  readonly applies: (evidence: Evidence) => boolean
  readonly concerns: (evidence: Evidence) => Concerns
  readonly cause: (evidence: Evidence) => string
  readonly remedy: (evidence: Evidence) => string
}

/** Containers that AWS puts into a task are nobody's application. */
const OF_AWS = /^(?:aws-guardduty-agent|ecs-service-connect|~internal~ecs)/

/** The task is taken down by ECS or a person, not because one of its containers ended. */
const TAKEN_DOWN = /^(?:ServiceScheduler|User)Initiated$|^SpotInterruption$|^TerminationNotice$|^InfrastructureHealth$/

const WRONG_FORMAT = /exec format error/i
const OUT_OF_MEMORY = /OutOfMemory/i

const exitOf = ({ container }: Evidence): number | undefined => container?.exitCode
const isSensor = ({ container }: Evidence): boolean => container?.isSensor === true
const isUnhealthy = ({ container }: Evidence): boolean => container?.healthStatus === 'UNHEALTHY'
const isTakenDown = ({ stopCode = '' }: Evidence): boolean => TAKEN_DOWN.test(stopCode)
const isTold = (evidence: Evidence, words: RegExp): boolean => textsOf(evidence).some(text => words.test(text))
const isLogged = ({ log }: Evidence, words: RegExp): boolean => log.some(line => words.test(line))
const isOutOfMemory = ({ container }: Evidence): boolean =>
  container?.exitCode === 137 || OUT_OF_MEMORY.test(container?.reason ?? '')

const WRONG_ARCHITECTURE: Ending = {
  code: 'wrong-architecture',
  // The last is the sensor's own word, for a call that the emulation of its architecture lacks.
  applies: evidence =>
    isTold(evidence, WRONG_FORMAT) ||
    isLogged(evidence, WRONG_FORMAT) ||
    /Function not implemented/.test(sensorLogOf(evidence)),
  concerns: evidence => (isTold(evidence, WRONG_FORMAT) ? blame(evidence, WRONG_FORMAT) : sideOf(evidence)),
  cause: ({ architecture }) =>
    `the image is not built for the architecture of the task${architecture === undefined ? '' : ` (${architecture})`}`,
  remedy: ({ architecture = 'that architecture' }) =>
    `Give an image that is built for ${architecture} (the sensor's is the input image), or change cpuArchitecture in runtimePlatform of the task definition.`
}

/** How containers and tasks end once they ran; the first that applies. */
const ENDINGS: readonly Ending[] = [
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
        ? `Give memory more${evidence.container?.memory === undefined ? '' : ` than ${evidence.container.memory}`}, or sensor-profile: standard (512 MiB). A filter, and smaller rate-limit and max-http-length, make it need less.`
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

export const CAUSE_CODES: readonly string[] = [WRONG_ARCHITECTURE, ...ECS_SAYS, ...SENSOR_SAYS, ...ENDINGS].map(
  ({ code }) => code
)

/** The first cause that fits; undefined when nothing known does. */
export function diagnose(evidence: Evidence): Diagnosis | undefined {
  return (
    // Before the runtime's own error around it, whose row knows less.
    ended([WRONG_ARCHITECTURE], evidence) ??
    said(hear(ECS_SAYS, textsOf(evidence)), words => blame(evidence, words)) ??
    said(hear(SENSOR_SAYS, [sensorLogOf(evidence)]), () => 'sensor') ??
    ended(ENDINGS, evidence) ??
    // Last, for they may be about other tasks than the one that is judged.
    said(hear(ECS_SAYS, evidence.events), () => 'task')
  )
}

function ended(endings: readonly Ending[], evidence: Evidence): Diagnosis | undefined {
  const ending = endings.find(({ applies }) => applies(evidence))
  if (ending === undefined) return undefined
  const { code, concerns, cause, remedy } = ending
  return { code, concerns: concerns(evidence), cause: cause(evidence), remedy: remedy(evidence) }
}

function said(heard: Heard | undefined, concerns: (words: RegExp) => Concerns): Diagnosis | undefined {
  if (heard === undefined) return undefined
  const { words, ...rest } = heard
  return { ...rest, concerns: concerns(words) }
}

/** The container's own reason knows more than the task's. */
function textsOf({ container, stoppedReason }: Evidence): string[] {
  return [container?.reason, stoppedReason].filter(text => text !== undefined)
}

/** Whatever the sensor gives up for, it exits with 1: what stands in the log of one that ended otherwise did not end it. */
function sensorLogOf(evidence: Evidence): string {
  return isSensor(evidence) && (exitOf(evidence) ?? 1) === 1 ? evidence.log.join('\n') : ''
}

function sideOf({ container }: Evidence): Concerns {
  if (container === undefined || OF_AWS.test(container.name)) return 'task'
  return container.isSensor ? 'sensor' : 'application'
}

function subjectOf({ container }: Evidence): string {
  if (container === undefined) return 'a container of the task'
  return container.isSensor ? 'the sensor' : `the container ${container.name}`
}

/** The judged container if the words are about it; the task's own reason may be about any. */
function blame(evidence: Evidence, words: RegExp): Concerns {
  const { container, stoppedReason = '' } = evidence
  if (container === undefined) return 'task'
  return words.test(container.reason ?? '') || names(stoppedReason, container.image) ? sideOf(evidence) : 'task'
}

/** By its repository: where the definition has a tag, ECS may name the digest that the tag stood for. */
function names(text: string, image: string): boolean {
  const repository = image.replace(/(?::[\w.-]+)?(?:@.*)?$/, '').replace(/[.+*?^${}()|[\]\\]/g, '\\$&')
  const name = `(?<![\\w./-])(?:docker\\.io/(?:library/)?)?${repository}(?![\\w/]|[.-]\\w)`
  return repository !== '' && new RegExp(name).test(text)
}
