import type { Outcome } from '../deploy/deployment.ts'
import { StepError } from '../errors.ts'
import type { Entry, FleetSensor } from '../fleet/fleet.ts'
import type { FleetReport } from './fleet-report.ts'

/** What came of a service; in a dry run what would come of it, in `mode: discover` how its sensor stands. */
export type Standing = Outcome | FleetSensor | 'refused' | 'left-alone' | 'not-begun' | 'would-change' | 'unchanged'

/** What a standing depends on besides the entry. */
export type Run = Pick<FleetReport, 'mode' | 'dryRun'>

export function standingOf(entry: Entry, { mode, dryRun }: Run): Standing {
  const outcome = entry.outcome ?? entry.deployment?.outcome
  const isPlan = dryRun || mode === 'discover'
  if (dryRun && outcome === 'already-running') return 'unchanged'
  if (outcome === 'not-begun' && isLeftAlone(entry)) return 'left-alone'
  // Where nothing is ever begun that is no news, unless there is a reason for it.
  if (outcome !== undefined && (outcome !== 'not-begun' || !isPlan || entry.error !== undefined)) return outcome
  if (entry.sensor === 'refused') return 'refused'
  if (entry.error !== undefined && isPlan) return 'failed'
  if (mode === 'discover') return entry.sensor ?? 'not-begun'
  if (!dryRun) return 'not-begun'
  // A restore registers nothing: what it would move differs in nothing but the revision that it runs.
  if (mode === 'restore' || entry.changed === true) return 'would-change'
  return entry.changed === false ? 'unchanged' : 'not-begun'
}

/** Somebody else gave it another revision before its turn came. */
function isLeftAlone({ error }: Entry): boolean {
  return error instanceof StepError && ['moved-on', 'deployed-meanwhile'].includes(error.code)
}

/** From what needs somebody most to what needs nobody: the order of results, of sections and of rows. */
const RANKS: readonly Standing[] = [
  'failed',
  'timed-out',
  'stopped',
  'superseded',
  'rolled-back',
  'refused',
  'left-alone',
  'not-begun',
  'started',
  'would-change',
  'outdated',
  'absent',
  'deployed',
  'unchanged',
  'already-running',
  'present'
]

const FAILURES: readonly Standing[] = ['failed', 'timed-out', 'stopped', 'superseded', 'rolled-back']

/** The kinds that a reader tells apart first. */
export type Fate = 'failed' | 'refused' | 'left-alone' | 'not-begun' | 'other'

const FATES: readonly Fate[] = ['failed', 'refused', 'left-alone', 'not-begun', 'other']

export function fateOf(entry: Entry, run: Run): Fate {
  const standing = standingOf(entry, run)
  if (standing === 'refused' || standing === 'left-alone' || standing === 'not-begun') return standing
  // There a sensor that stopped is what was looked for.
  const failed = run.mode === 'discover' ? standing === 'failed' : FAILURES.includes(standing)
  return failed ? 'failed' : 'other'
}

/** Failures first, then refused, left alone, not begun, then the rest, each in the order in which they came. */
export function sortByFate(entries: readonly Entry[], run: Run): Entry[] {
  const byFate = Map.groupBy(entries, entry => fateOf(entry, run))
  return FATES.flatMap(fate => byFate.get(fate) ?? [])
}

/** The worst first. */
export function sortByRank(entries: readonly Entry[], run: Run): Entry[] {
  const rank = (entry: Entry) => RANKS.indexOf(standingOf(entry, run))
  return entries.toSorted((a, b) => rank(a) - rank(b))
}

export function entriesOf(report: FleetReport, fate: Fate): Entry[] {
  return report.entries.filter(entry => fateOf(entry, report) === fate)
}

/** How many stand how, the worst first; none of nobody. */
export function countStandings(entries: readonly Entry[], run: Run): (readonly [Standing, number])[] {
  const counts = Map.groupBy(entries, entry => standingOf(entry, run))
  return RANKS.flatMap(standing => {
    const count = counts.get(standing)?.length
    return count === undefined ? [] : [[standing, count] as const]
  })
}

/** How many services stand in one of these ways. */
export function countOf(report: FleetReport, ...standings: readonly Standing[]): number {
  return report.entries.filter(entry => standings.includes(standingOf(entry, report))).length
}
