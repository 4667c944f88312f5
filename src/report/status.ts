import type { Outcome } from '../deploy/deployment.ts'
import { isProven, movesOf, outcomeOf, type Report, type ServiceResult, sensorRunningOf } from './report.ts'
import { sayChange } from './say-change.ts'

/** What a run came to, in a sign and a few words. */
export interface Status {
  readonly icon: string
  readonly words: string
}

const GOOD = '✅'
const BAD = '❌'
const OPEN = '⏳'
const PLAN = '📝'
const DOUBT = '⚠️'

export function statusOf(report: Report): Status {
  const services = report.services ?? []
  if (report.error !== undefined) return { icon: BAD, words: failedWords(services, report) }
  if (report.until === 'verify') {
    return isProven(services) ? { icon: GOOD, words: 'verified' } : { icon: DOUBT, words: 'not verified' }
  }
  if (report.until === 'render') {
    if (changesNothing(report)) return { icon: GOOD, words: 'nothing to change' }
    return { icon: PLAN, words: `${report.dryRun ? 'plan' : 'rendered'}, ${sayChange(report)}` }
  }
  const outcome = outcomeOf(services)
  if (outcome === 'started') return { icon: OPEN, words: 'deployment started' }
  if (sensorRunningOf(services) !== undefined && !isProven(services)) {
    return { icon: DOUBT, words: `${report.rendering?.sensor ? 'deployed' : 'removed'}, but not verified` }
  }
  if (outcome === 'deployed') return { icon: GOOD, words: report.rendering?.sensor ? 'deployed' : 'removed' }
  if (report.registration?.outcome === 'unchanged') return { icon: GOOD, words: 'nothing to change' }
  return { icon: GOOD, words: 'registered' }
}

/** The revision is there, and no service would run anything else than it does. */
function changesNothing(report: Report): boolean {
  const { moved, anew, set } = movesOf(report)
  return report.changed === false && moved.length + anew.length + set.length + (report.otherChanges ?? []).length === 0
}

/** A failure that left something behind says what, of each service where there are several. */
function failedWords(services: readonly ServiceResult[], { until }: Report): string {
  const failed = until === 'verify' ? 'not verified' : 'failed'
  const moved = services.flatMap(result => (result.kind === 'moved' ? [result.deployment] : []))
  const isOne = services.length === 1
  const told = moved.flatMap(({ service, outcome }) => sayLeft(outcome, isOne ? undefined : service) ?? [])
  return told.length === 0 ? failed : `${failed}${isOne ? ',' : ':'} ${told.join(', ')}`
}

function sayLeft(outcome: Outcome, service: string | undefined): string | undefined {
  if (outcome === 'rolled-back') return `${service ?? 'the service'} was put back`
  const ended = ENDED[outcome]
  return ended && `${service === undefined ? 'the' : `${service}'s`} deployment ${ended}`
}

const ENDED: Readonly<Partial<Record<Outcome, string>>> = {
  superseded: 'was superseded',
  stopped: 'was stopped',
  'timed-out': 'timed out'
}
