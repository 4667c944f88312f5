import type { Outcome } from '../deploy/deployment.ts'
import { isProven, outcomeOf, type Report, type ServiceResult, sensorRunningOf } from './report.ts'
import { sayChange, sayOutcome } from './text.ts'

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
    if (report.changed === false) return { icon: GOOD, words: 'nothing to change' }
    return { icon: PLAN, words: `${report.dryRun ? 'plan' : 'rendered'}, ${sayChange(report.rendering)}` }
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

/** A failure that left something behind says what, of each service where there are several. */
function failedWords(services: readonly ServiceResult[], { until }: Report): string {
  const failed = until === 'verify' ? 'not verified' : 'failed'
  const moved = services.flatMap(result => (result.kind === 'moved' ? [result.deployment] : []))
  const told = moved.filter(({ outcome }) => TOLD.includes(outcome))
  if (told.length === 0) return failed
  if (services.length === 1) return `${failed}, the service was ${sayOutcome(told[0]?.outcome ?? 'failed')}`
  return `${failed}: ${told.map(({ service, outcome }) => `${service} was ${sayOutcome(outcome)}`).join(', ')}`
}

const TOLD: readonly Outcome[] = ['rolled-back', 'superseded', 'stopped', 'timed-out']
