import { messageOf } from '../errors.ts'
import { sayAdding } from './fleet-adds.ts'
import { namesIn } from './fleet-groups.ts'
import { cutProse } from './fleet-list.ts'
import { sayFailed, sayLeftAlone, sayLeftOut, sayNotBegun, sayRefused, sayWarnings } from './fleet-reasons.ts'
import type { FleetReport } from './fleet-report.ts'
import { countStandings } from './fleet-standing.ts'
import { fleetStatusOf } from './fleet-status.ts'
import { nextFleetSteps } from './fleet-steps.ts'
import { sayTables } from './fleet-tables.ts'
import { concludeFleet } from './fleet-text.ts'
import { labelOf, meaningOf } from './fleet-words.ts'
import { escaped } from './prose.ts'

/**
 * The job summary of a run over a fleet, readable however many services there are: the outcome and the counts first, then what failed
 * and what to do, what was refused, not begun and left out, the others folded, and the next steps.
 */
export function toFleetMarkdown(report: FleetReport): string {
  const { icon, words } = fleetStatusOf(report)
  const names = namesIn(report)
  return [
    `### ${icon} Levo PCAP sensor: ${words}`,
    `${escaped(concludeFleet(report))}.`,
    ...sayError(report),
    ...sayCounted(report),
    ...sayFailed(report, names),
    ...sayRefused(report, names),
    ...sayLeftAlone(report, names),
    ...sayNotBegun(report, names),
    ...sayLeftOut(report, names),
    ...sayAdding(report),
    ...sayTables(report),
    ...sayWarnings(report, names),
    ...sayNext(report)
  ]
    .join('\n\n')
    .concat('\n')
}

/** Why the run as a whole failed; nothing where that is only what the services' own messages say below. */
function sayError(report: FleetReport): string[] {
  const { error } = report
  if (error === undefined) return []
  const own = report.entries.map(entry => entry.error ?? entry.deployment?.error)
  const cause = error instanceof Error ? error.cause : undefined
  const isSaid = own.some(each => each !== undefined && (each === error || each === cause))
  return isSaid ? [] : [cutProse(messageOf(error))]
}

function sayCounted(report: FleetReport): string[] {
  if (report.entries.length === 0) return []
  const rows = countStandings(report.entries, report).map(
    ([standing, count]) => `| ${labelOf(standing, report)} | ${count} | ${meaningOf(standing, report)} |`
  )
  const title = report.mode === 'discover' ? 'Sensor' : 'Outcome'
  return [[`| ${title} | Services | What it means |`, '| --- | ---: | --- |', ...rows].join('\n')]
}

function sayNext(report: FleetReport): string[] {
  const steps = nextFleetSteps(report)
  return steps.length === 0 ? [] : [`**Next steps**\n\n${steps.map(step => `- ${escaped(step)}`).join('\n')}`]
}
