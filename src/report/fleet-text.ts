import { messageOf } from '../errors.ts'
import type { Entry, Skipped } from '../fleet/fleet.ts'
import { placeOf } from './fleet-places.ts'
import type { FleetEvent, FleetReport } from './fleet-report.ts'
import { fateOf, standingOf } from './fleet-standing.ts'
import { isoTime } from './fleet-time.ts'
import { labelOf, many, sayAdds, sayCounts } from './fleet-words.ts'
import { secretsInTarget } from './secrets-of.ts'
import { elapsed, type Said } from './text.ts'

const line = (text: string): Said => ({ kind: 'line', text: marked(text) })

/** What a host prints for an event of a run over a fleet. */
export function sayFleet(event: FleetEvent, report: FleetReport): Said[] {
  switch (event.kind) {
    case 'discovered':
      return sayDiscovered(report)
    case 'rendered':
      return [{ kind: 'secrets', texts: secretsInTarget(event.rendering, event.target) }]
    case 'registered':
      return [line(`Registered ${event.arn} for ${many(event.services, 'service')}`)]
    case 'entry': {
      const said = sayEntry(event.entry, report)
      return said === undefined ? [] : [line(`${placeOf(event.entry)}: ${said}`)]
    }
    case 'moment':
      return [line(`[${elapsed(event.moment.seconds)}] ${placeOf(event.entry)}: ${event.moment.text}`)]
    case 'noted':
      return [{ kind: 'note', note: event.note }]
  }
}

/** What the run comes to, in one sentence. */
export function concludeFleet(report: FleetReport): string {
  const { entries, skipped } = report
  const found =
    entries.length === 0 ? 'No service was found' : `${many(entries.length, 'service')}: ${sayCounts(entries, report)}`
  const left = skipped.length === 0 ? '' : `; ${skipped.length} left out`
  if (report.dryRun) return `${found}${left}; dry run, nothing in AWS was changed`
  return found + left
}

function sayDiscovered({ entries, skipped }: FleetReport): Said[] {
  return [...sayFound(entries), ...sayLeftOut(skipped)]
}

function sayFound(entries: readonly Entry[]): Said[] {
  if (entries.length === 0) return [line('Found no service')]
  const clusters = [...Map.groupBy(entries, ({ region, cluster }) => `${region}/${cluster}`)]
  const regions = new Set(entries.map(({ region }) => region)).size
  const revisions = new Set(entries.map(({ arn }) => arn)).size
  const where = `in ${many(clusters.length, 'cluster')} of ${many(regions, 'Region')}`
  const title = `Found ${many(entries.length, 'service')} ${where}; they run ${many(revisions, 'task definition')}`
  const lines = clusters.map(([place, inside]) =>
    marked(`${place}: ${many(inside.length, 'service')}: ${inside.map(({ service }) => service).join(', ')}`)
  )
  return [{ kind: 'group', title, lines }]
}

function sayLeftOut(skipped: readonly Skipped[]): Said[] {
  if (skipped.length === 0) return []
  const lines = skipped.map(each => marked(`${placeOf(each)}: ${each.reason}`))
  return [{ kind: 'group', title: `Left out: ${skipped.length}`, lines }]
}

/** Nothing of an entry of which nothing is known yet. */
function sayEntry(entry: Entry, report: FleetReport): string | undefined {
  const fate = fateOf(entry, report)
  const standing = standingOf(entry, report)
  const error = entry.error ?? entry.deployment?.error
  const why = error === undefined ? '' : `: ${messageOf(error)}`
  const adds = entry.adds === undefined ? '' : `; ${sayAdds(entry.adds)}`
  if (fate === 'failed') return labelOf(standing, report) + (why || sayDeployment(entry) + saySensor(entry))
  if (fate === 'refused' || fate === 'left-alone') return labelOf(standing, report) + why
  if (fate === 'not-begun') {
    if (entry.outcome !== undefined) return labelOf(standing, report) + why
    return entry.changed === undefined ? undefined : `${sayPlan(entry.changed)}${adds}`
  }
  if (report.mode === 'discover') return `sensor ${standing}${adds}${sayRegistered(entry)}`
  switch (standing) {
    case 'deployed':
      return `${labelOf(standing, report)}, runs ${entry.deployment?.arn ?? 'the new revision'}${saySensor(entry)}`
    case 'already-running':
      return `runs ${entry.deployment?.arn ?? entry.arn} already${saySensor(entry)}`
    case 'started':
      return `started${sayDeployment(entry)}`
    case 'would-change':
      return report.mode === 'restore' ? labelOf(standing, report) : `would get a new revision${adds}`
    default:
      return 'nothing to change'
  }
}

function sayPlan(changed: boolean): string {
  return changed ? 'needs a new revision' : 'needs no new revision'
}

function sayDeployment({ deployment }: Entry): string {
  if (deployment === undefined) return ''
  const { deploymentId, arn } = deployment
  return ` (${deploymentId === undefined ? 'moving' : `deployment ${deploymentId}`} to ${arn})`
}

function saySensor({ deployment }: Entry): string {
  const sensor = deployment?.sensor
  return sensor === undefined ? '' : `, sensor in ${sensor.running}/${sensor.tasks.length} tasks`
}

function sayRegistered({ registeredBy, registeredAt }: Entry): string {
  if (registeredBy === undefined && registeredAt === undefined) return ''
  const by = registeredBy === undefined ? '' : ` by ${registeredBy}`
  return `; its revision was registered${by}${registeredAt === undefined ? '' : ` at ${isoTime(registeredAt)}`}`
}

/**
 * Further lines stand behind a mark: the runner takes a line that begins with `::` for a command, spaces before it or not, and a
 * message may hold lines of somebody's log.
 */
function marked(text: string): string {
  return text.replace(/(?:\r\n|[\r\n])/g, '\n  | ')
}
