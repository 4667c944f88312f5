import { bulleted, messageOf, StepError } from '../errors.ts'
import type { Entry } from '../fleet/fleet.ts'
import type { FleetReport } from '../report/fleet-report.ts'
import { keyOf } from './fleet-flow.ts'
import { LEFT_ALONE } from './move-service.ts'

/** What came of services that needs nobody; those that were refused are told, and are no failure. */
const NO_FAILURE = ['refused', 'deployed', 'already-running', 'started']

function isFailure({ outcome, error }: Entry, report: FleetReport): boolean {
  // What was moved is to be moved back: of that nothing may be passed over, in a plan neither.
  if (report.mode === 'restore' && outcome === 'refused') return true
  // Where nothing is done there is nothing else that could fail.
  if (isPlan(report)) return outcome === 'failed'
  if (error instanceof StepError && LEFT_ALONE.includes(error.code)) return false
  return !NO_FAILURE.includes(outcome ?? 'not-begun')
}

/** A list of more is read in the summary. */
const MOST = 10

/** Throws StepError when a service is not as the run was to leave it. */
export function failWith(report: FleetReport): void {
  const failed = report.entries.filter(entry => isFailure(entry, report))
  if (failed.length === 0) return
  // What was not begun is a consequence of what failed.
  const told = failed.filter(({ error }) => error !== undefined).toSorted((a, b) => weightOf(b) - weightOf(a))
  const lines = told.slice(0, MOST).map(entry => `${keyOf(entry)}: ${inShort(entry)}`)
  const more = told.length > MOST ? [`and ${told.length - MOST} more, in the summary and in results`] : []
  const silent = failed.length - told.length
  const others = silent > 0 ? [`${silent} not begun`] : []
  const cause = told[0]?.error
  throw new StepError({
    code: cause instanceof StepError ? cause.code : 'failed',
    what: `${failed.length} of ${report.entries.length} services are not as they should be:\n${bulleted([...lines, ...more, ...others])}`,
    hint: isPlan(report) ? undefined : 'Running the step again does only what is left.',
    cause
  })
}

function isPlan({ mode, dryRun }: FleetReport): boolean {
  return dryRun || mode === 'discover'
}

function weightOf({ outcome }: Entry): number {
  return outcome === 'not-begun' ? 0 : 1
}

/** The first line, with the first of the list that it announces. */
function inShort({ service, error }: Entry): string {
  const [first = '', second = ''] = messageOf(error).split('\n', 2)
  const own = first.startsWith(`${service}: `) ? first.slice(service.length + 2) : first
  return second.startsWith('- ') ? `${own} ${second.slice(2)}` : own
}
