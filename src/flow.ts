import type { Clock } from './deploy/clock.ts'
import type { Registration } from './deploy/register.ts'
import type { Ecs } from './ecs/ecs.ts'
import type { Options } from './options/options.ts'
import type { FindImage } from './registry/found.ts'
import { type Event, type Report, type ServiceResult, serviceOf } from './report/report.ts'
import type { Note } from './task-definition/definition.ts'
import { marksOf } from './task-definition/tags.ts'

/** The outside world, handed in. */
export interface World {
  readonly workspace: string
  readonly clock: Clock
  /** Connects when it is first asked for: what needs no AWS loads no SDK. */
  readonly ecs: () => Promise<Ecs>
  /** Asks registries, with check-image alone. */
  readonly findImage: FindImage
  readonly onEvent: (event: Event, report: Report) => void
}

/** What is known before anything was done. */
export function emptyReport(options: Options): Report {
  const { region, cluster, services, dryRun, rendersOnly, until, secrets, provenance, deploy } = options
  const forces = deploy.forceNewDeployment === true
  const named = services.map(service => service.slice(service.lastIndexOf('/') + 1))
  const marks = marksOf(provenance)
  return {
    region,
    cluster,
    named,
    dryRun,
    rendersOnly,
    until,
    secrets,
    marks,
    forces,
    sets: settingsOf(deploy),
    notes: []
  }
}

/** What a service gets besides the revision, by the inputs' names. */
function settingsOf({ desiredCount, propagateTags, enableECSManagedTags }: Options['deploy']): string[] {
  const given = {
    'desired-count': desiredCount,
    'propagate-tags': propagateTags,
    'enable-ecs-managed-tags': enableECSManagedTags
  }
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
}

/** The report as it grows, told to the world at each step. */
export class Flow {
  readonly options: Options
  readonly world: World
  report: Report
  /** When waiting for what others deploy is over, in milliseconds since the epoch; a plan that is made anew has no more time. */
  waitUntil: number | undefined
  private isPlanned = false
  /** Warnings of plans that no longer hold: what the next one warns of again was told. */
  private readonly told = new Set<string>()

  constructor(options: Options, world: World) {
    this.options = options
    this.world = world
    this.report = emptyReport(options)
  }

  tell(event: Event): void {
    this.world.onEvent(event, this.report)
  }

  learn(known: Partial<Report>, event?: Event): void {
    this.report = { ...this.report, ...known }
    if (event !== undefined) this.world.onEvent(event, this.report)
  }

  note(notes: readonly Note[]): void {
    for (const note of notes) {
      this.learn(
        { notes: [...this.report.notes, note] },
        this.told.has(note.text) ? undefined : { kind: 'noted', note }
      )
    }
  }

  /** Shows the plan, once: when all of it is known, or when what came before that has failed. */
  plan(): void {
    if (this.isPlanned || this.report.rendering === undefined) return
    this.isPlanned = true
    this.tell({ kind: 'planned' })
  }

  /** What a plan that no longer holds said is no longer so. */
  planAgain(notes: readonly Note[], why: Note): void {
    for (const { level, text } of this.report.notes) if (level === 'warning') this.told.add(text)
    const { rendering: _rendering, otherChanges: _otherChanges, running: _running, ...rest } = this.report
    this.report = { ...rest, notes }
    this.isPlanned = false
    this.note([why])
  }

  register(registration: Registration): void {
    this.learn({ registration }, { kind: 'registered', registration })
    this.note(registration.notes)
  }

  /** A service's result takes the place of an earlier one of its own. */
  service(result: ServiceResult): void {
    const others = this.report.services ?? []
    const index = others.findIndex(other => serviceOf(other) === serviceOf(result))
    const services = index < 0 ? [...others, result] : others.with(index, result)
    this.learn({ services }, { kind: 'service', result })
  }
}
