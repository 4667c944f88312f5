import type { Clock } from '../deploy/clock.ts'
import type { Ecs } from '../ecs/ecs.ts'
import type { Entry, FleetService } from '../fleet/fleet.ts'
import type { FleetOptions } from '../options/options.ts'
import type { FindImage } from '../registry/found.ts'
import type { FleetEvent, FleetReport } from '../report/fleet-report.ts'
import { type Note, warning } from '../task-definition/definition.ts'

/** The outside world of a run over a fleet, handed in. */
export interface FleetWorld {
  readonly workspace: string
  readonly clock: Clock
  /** One connection for each Region, whose calls keep to its token buckets. */
  readonly ecsIn: (region: string) => Promise<Ecs>
  readonly findImage: FindImage
  readonly listRegions: () => Promise<{ readonly regions: readonly string[]; readonly note?: string }>
  readonly onEvent: (event: FleetEvent, report: FleetReport) => void
}

/** `region/cluster/service`: no other service of the fleet has the same. */
export function keyOf({ region, cluster, service }: Pick<Entry, 'region' | 'cluster' | 'service'>): string {
  return `${region}/${cluster}/${service}`
}

export function keyOfService({ region, cluster, state }: FleetService): string {
  return keyOf({ region, cluster, service: state.name })
}

/** What is known before anything was done. */
export function emptyFleetReport({ mode, each }: FleetOptions): FleetReport {
  return { mode, dryRun: each.dryRun, secrets: each.secrets, notes: [], entries: [], skipped: [] }
}

/** The report of a fleet as it grows, told to the world at each step. */
export class FleetFlow {
  readonly options: FleetOptions
  readonly world: FleetWorld
  private readonly entries = new Map<string, Entry>()
  /** As in the report; kept, since most of what is told changes no entry. */
  private listed: readonly Entry[] | undefined
  private readonly said = new Set<string>()
  private known: Omit<FleetReport, 'entries'>

  constructor(options: FleetOptions, world: FleetWorld) {
    this.options = options
    this.world = world
    const { entries: _none, ...known } = emptyFleetReport(options)
    this.known = known
  }

  get report(): FleetReport {
    this.listed ??= [...this.entries.values()]
    return { ...this.known, entries: this.listed }
  }

  learn(known: Partial<Omit<FleetReport, 'entries'>>): void {
    this.known = { ...this.known, ...known }
  }

  tell(event: FleetEvent): void {
    this.world.onEvent(event, this.report)
  }

  /** What is said of each of many services in the very same words is said once. */
  note(notes: readonly Note[]): void {
    for (const note of notes) {
      const said = `${note.level} ${note.text}`
      if (this.said.has(said)) continue
      this.said.add(said)
      this.learn({ notes: [...this.known.notes, note] })
      this.tell({ kind: 'noted', note })
    }
  }

  warn(texts: readonly string[]): void {
    this.note(texts.map(warning))
  }

  /** Services in the order in which they are begun. */
  list(entries: readonly Entry[]): void {
    this.entries.clear()
    for (const entry of entries) this.entries.set(keyOf(entry), entry)
    this.listed = undefined
  }

  entry(key: string): Entry {
    const entry = this.entries.get(key)
    if (entry === undefined) throw new Error(`no entry ${key}`)
    return entry
  }

  /** What is known now of one service; `silent` while the fleet is only looked at. */
  update(key: string, changes: Partial<Entry>, silent = false): void {
    const entry = { ...this.entry(key), ...changes }
    this.entries.set(key, entry)
    this.listed = undefined
    if (!silent) this.tell({ kind: 'entry', entry })
  }

  /** Tells entries that were known in silence. */
  tellEntries(isMeant: (entry: Entry) => boolean = () => true): void {
    for (const entry of this.report.entries.filter(isMeant)) this.tell({ kind: 'entry', entry })
  }
}
