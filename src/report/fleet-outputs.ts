import type { Entry } from '../fleet/fleet.ts'
import { serviceUrl } from './fleet-places.ts'
import type { FleetReport } from './fleet-report.ts'
import { sortByFate, standingOf } from './fleet-standing.ts'
import { isoTime } from './fleet-time.ts'
import { cutResults, type Files, failureOf, type OutputName, type Result, withoutEmpty } from './outputs.ts'
import { redactTexts } from './redact.ts'
import { outcomeOf, type ServiceResult, sensorRunningOf } from './report.ts'

/** One entry for each service: failures first, then what was refused, then what was not begun. */
export function toFleetResults(report: FleetReport): Result[] {
  return sortByFate(report.entries, report).map(entry => toResult(entry, report))
}

/** The outputs of a run over a fleet that are known so far. What AWS said is in `results`, so those are redacted. */
export function toFleetOutputs(
  report: FleetReport,
  files: Pick<Files, 'results'>,
  redact: (text: string) => string = text => text
): Partial<Record<OutputName, string>> {
  return withoutEmpty({
    results: files.results && cutResults(redactTexts(toFleetResults(report), redact) as Result[]),
    'results-file': files.results,
    // As they are: what they hold goes into inputs again.
    matrix: report.matrix && JSON.stringify(report.matrix),
    'matrix-count': report.matrix?.include.length.toString(),
    changed: changedOf(report.entries),
    'deployment-outcome': outcomeOf(report.entries.flatMap(entry => moved(entry, report)))
  })
}

function toResult(entry: Entry, report: FleetReport): Result {
  const { region, cluster, service, arn, changed, deployment, sensor, registeredBy, registeredAt } = entry
  const error = entry.error ?? deployment?.error
  const isLook = report.mode === 'discover'
  const staysOn = isLook || ['already-running', 'unchanged'].includes(standingOf(entry, report))
  return {
    region,
    cluster,
    service,
    taskDefinition: deployment?.arn ?? (staysOn ? arn : undefined),
    previousTaskDefinition: isLook ? undefined : (deployment?.previousArn ?? arn),
    changed,
    outcome: outcomeIn(entry, report),
    ...(error === undefined ? {} : { code: failureOf(error).code }),
    deploymentId: deployment?.deploymentId,
    sensor,
    sensorRunning: sensorRunningOf(moved(entry, report)),
    registeredBy,
    registeredAt: registeredAt === undefined ? undefined : isoTime(registeredAt),
    ...(error === undefined ? {} : { reason: failureOf(error).reason }),
    url: serviceUrl(entry)
  }
}

/** By the contract's words. Where something was to be done, a service of which nothing is known was not begun. */
function outcomeIn(entry: Entry, report: FleetReport): Entry['outcome'] {
  const standing = standingOf(entry, report)
  if (standing === 'refused' || standing === 'failed') return standing
  if (standing === 'not-begun' && report.mode !== 'discover' && !report.dryRun) return standing
  return entry.outcome ?? entry.deployment?.outcome
}

/** A service whose outcome counts, as the outcome of several services has it; what was refused or not begun is none. */
function moved(entry: Entry, report: FleetReport): ServiceResult[] {
  if (report.mode === 'discover' || report.dryRun) return []
  const outcome = outcomeIn(entry, report)
  if (outcome === undefined || outcome === 'refused' || outcome === 'not-begun') return []
  const { service, arn, deployment } = entry
  return [{ kind: 'moved', deployment: { service, previousArn: arn, arn, notes: [], ...deployment, outcome } }]
}

/** Empty as long as none was compared. */
function changedOf(entries: readonly Entry[]): string | undefined {
  const known = entries.flatMap(({ changed }) => changed ?? [])
  return known.length === 0 ? undefined : String(known.includes(true))
}
