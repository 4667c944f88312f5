import type { Deployment, Moment, Outcome } from '../deploy/deployment.ts'
import type { Registration } from '../deploy/register.ts'
import { StepError } from '../errors.ts'
import type { SensorChange } from '../sensor/other-changes.ts'
import type { Rendering } from '../sensor/render.ts'
import type { Note } from '../task-definition/definition.ts'
import type { Tag } from '../task-definition/tags.ts'

/** One service that was to be moved, and how it went. */
export type ServiceResult =
  | { readonly kind: 'moved'; readonly deployment: Deployment }
  | { readonly kind: 'failed'; readonly service: string; readonly previousArn: string; readonly error: unknown }
  | { readonly kind: 'not-begun'; readonly service: string; readonly previousArn: string }

/**
 * What is known so far. Each stage adds what it found, so the same value serves the outputs while it works, the summary at
 * the end, and both when a later stage fails.
 */
export interface Report {
  readonly region: string
  readonly cluster: string
  /** The services that the run is for, by name. */
  readonly named: readonly string[]
  readonly dryRun: boolean
  /** Without dry-run, too, the run would stop after rendering. */
  readonly rendersOnly?: boolean
  readonly until: 'render' | 'register' | 'deploy' | 'verify'
  readonly secrets: readonly string[]
  readonly notes: readonly Note[]
  readonly origin?: string
  readonly rendering?: Rendering
  /** Kept and given tags, without our marks. */
  readonly tags?: readonly Tag[]
  /** Tags of our own that a revision gets besides, as far as there is room. */
  readonly marks: readonly Tag[]
  /** Whether a revision was, or would be, registered; absent when it could not be compared. */
  readonly changed?: boolean
  /** The revision that the definition was compared with. */
  readonly baseArn?: string
  /** That revision is this very definition, but was deregistered. */
  readonly again?: boolean
  /** What the services run while the plan is made. */
  readonly running?: readonly Running[]
  /** Services that run the revision already get a deployment all the same. */
  readonly forces?: boolean
  /** What every service gets besides the revision, such as `desired-count 3`. */
  readonly sets?: readonly string[]
  /** The tags that the revision compared with has; of a definition that was not compared, its own. */
  readonly tagsBefore?: readonly Tag[]
  /** What changes where the definition is not made from what is there. */
  readonly otherChanges?: readonly OtherChanges[]
  readonly registration?: Registration
  readonly services?: readonly ServiceResult[]
  readonly error?: unknown
}

/** A service, and the revision that it runs. */
export interface Running {
  readonly service: string
  readonly arn: string
}

/** How the definition differs from a revision that it was not made from. */
export interface OtherChanges {
  readonly arn: string
  /** The services that run it; none for the family's latest revision. */
  readonly services: readonly string[]
  /** Sensors left out on both sides; images first. */
  readonly changes: readonly string[]
  /** Absent where the sensor stays as it is there, or where the rendering says the same of its own source. */
  readonly sensor?: SensorChange | undefined
}

/** What just became true; the report that comes with it holds it already. */
export type Event =
  | { readonly kind: 'sourced'; readonly origin: string }
  | { readonly kind: 'rendered'; readonly rendering: Rendering }
  /** All that the plan says is known. */
  | { readonly kind: 'planned' }
  | { readonly kind: 'compared'; readonly changed: boolean; readonly baseArn?: string | undefined }
  | { readonly kind: 'registered'; readonly registration: Registration }
  | { readonly kind: 'service'; readonly result: ServiceResult }
  /** Deployments are followed from here on, until `followed`. */
  | { readonly kind: 'following'; readonly services: readonly string[] }
  | { readonly kind: 'moment'; readonly service: string; readonly moment: Moment }
  | { readonly kind: 'followed' }
  | { readonly kind: 'noted'; readonly note: Note }

/** Whether a revision was registered, or in a mere rendering would be; undefined as long as that is not so. */
export function changedOf(report: Report): boolean | undefined {
  if (report.until === 'render') return report.changed
  return report.registration && report.registration.outcome === 'registered'
}

/**
 * Which services are moved, or in a dry run would be, which are only deployed anew, and which get settings besides. Those that run what
 * they are to run are moved nowhere; of those whose revision is not known all are.
 */
export function movesOf({ named = [], running, changed, baseArn, forces, sets = [], until, dryRun }: Partial<Report>) {
  if (until === 'register' || until === 'verify' || (until === 'render' && dryRun !== true)) return NO_MOVES
  const set = sets.length === 0 ? [] : named
  if (running === undefined) return { moved: named, anew: [], set }
  const isThere = ({ arn }: Running) => changed === false && arn === baseArn
  const namesOf = (list: readonly Running[]) => list.map(({ service }) => service)
  return {
    moved: namesOf(running.filter(each => !isThere(each))),
    anew: forces === true ? namesOf(running.filter(isThere)) : [],
    set
  }
}

const NO_MOVES: Readonly<Record<'moved' | 'anew' | 'set', readonly string[]>> = { moved: [], anew: [], set: [] }

/** After these an update may have been carried out; after any other of ours it was not, or the service was seen to run what it ran. */
const IN_DOUBT = ['answer-lost', 'deployment-unknown', 'cancelled']

/** Whether it is not known if a service that failed was moved. */
export function isInDoubt(result: ServiceResult): boolean {
  if (result.kind !== 'failed') return false
  return !(result.error instanceof StepError) || IN_DOUBT.includes(result.error.code)
}

/** The revision that the run ends with: registered, there already, or the one that all services run. */
export function revisionOf(report: Report): string | undefined {
  if (report.registration !== undefined) return report.registration.arn
  const running = new Set(report.services?.flatMap(result => (result.kind === 'moved' ? result.deployment.arn : [])))
  return running.size === 1 ? [...running][0] : undefined
}

/** What the services ran before; without services the revision that the definition was compared with. Each once. */
export function previousRevisions(report: Report): string[] {
  if (report.services === undefined) return report.baseArn === undefined ? [] : [report.baseArn]
  return report.services.map(previousOf)
}

export function previousOf(result: ServiceResult): string {
  return result.kind === 'moved' ? result.deployment.previousArn : result.previousArn
}

export function serviceOf(result: ServiceResult): string {
  return result.kind === 'moved' ? result.deployment.service : result.service
}

/** From bad to good: how much a service is in need of somebody. */
const BADNESS = {
  failed: 0,
  'timed-out': 1,
  stopped: 2,
  superseded: 3,
  'rolled-back': 4,
  started: 5,
  deployed: 6,
  'already-running': 7
} as const satisfies Record<Outcome, number>

/** The worst outcome of the services, by the contract's words. */
export function outcomeOf(services: readonly ServiceResult[]): Outcome | undefined {
  const outcomes = services.map((result): Outcome => (result.kind === 'moved' ? result.deployment.outcome : 'failed'))
  return outcomes.sort((a, b) => BADNESS[a] - BADNESS[b])[0]
}

/** Tasks whose sensor runs, of all that were judged; undefined when none was verified. */
export function sensorRunningOf(services: readonly ServiceResult[]): string | undefined {
  const sensors = services.flatMap(result => (result.kind === 'moved' ? (result.deployment.sensor ?? []) : []))
  if (sensors.length === 0) return undefined
  const running = sensors.reduce((sum, sensor) => sum + sensor.running, 0)
  return `${running}/${sensors.reduce((sum, { tasks }) => sum + tasks.length, 0)}`
}

/** Whether the sensor of every service was proven to run (or to be gone). */
export function isProven(services: readonly ServiceResult[]): boolean {
  return services.every(result => result.kind === 'moved' && result.deployment.sensor?.verdict === 'proven')
}

/** Whether anybody else was sent the definition, or runs it: what they say may repeat what stands in it. */
export function mayBeQuoted({ registration, services, error }: Report): boolean {
  return registration !== undefined || services !== undefined || error !== undefined
}
