import type { Concerns } from './sayings.ts'

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

export const exitOf = ({ container }: Evidence): number | undefined => container?.exitCode
export const isSensor = ({ container }: Evidence): boolean => container?.isSensor === true
export const isTold = (evidence: Evidence, words: RegExp): boolean => textsOf(evidence).some(text => words.test(text))
export const isLogged = ({ log }: Evidence, words: RegExp): boolean => log.some(line => words.test(line))

/** The container's own reason knows more than the task's. */
export function textsOf({ container, stoppedReason }: Evidence): string[] {
  return [container?.reason, stoppedReason].filter(text => text !== undefined)
}

/** Whatever the sensor gives up for, it exits with 1: what stands in the log of one that ended otherwise did not end it. */
export function sensorLogOf(evidence: Evidence): string {
  return isSensor(evidence) && (exitOf(evidence) ?? 1) === 1 ? evidence.log.join('\n') : ''
}

/** Containers that AWS puts into a task are nobody's application. */
const OF_AWS = /^(?:aws-guardduty-agent|ecs-service-connect|~internal~ecs)/

export function sideOf({ container }: Evidence): Concerns {
  if (container === undefined || OF_AWS.test(container.name)) return 'task'
  return container.isSensor ? 'sensor' : 'application'
}

export function subjectOf({ container }: Evidence): string {
  if (container === undefined) return 'a container of the task'
  return container.isSensor ? 'the sensor' : `the container ${container.name}`
}

/** The judged container if the words are about it; the task's own reason may be about any. */
export function blame(evidence: Evidence, words: RegExp): Concerns {
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
