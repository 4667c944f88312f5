import type { FleetReport } from './fleet-report.ts'
import { countOf, entriesOf } from './fleet-standing.ts'
import { many } from './fleet-words.ts'
import type { Status } from './status.ts'

const GOOD = '✅'
const BAD = '❌'
const OPEN = '⏳'
const PLAN = '📝'
const WARNING = '⚠️'

/** What a run over a fleet came to, in a sign and a few words. */
export function fleetStatusOf(report: FleetReport): Status {
  const failed = entriesOf(report, 'failed').length
  const total = report.entries.length
  if (failed > 0) return { icon: BAD, words: `${ofAll(failed, total)} failed${sayNotBegun(report)}` }
  if (total === 0) return { icon: report.error === undefined ? WARNING : BAD, words: 'no service was found' }
  const status = report.mode === 'discover' ? lookedAt(report) : report.dryRun ? planned(report) : done(report)
  return report.error === undefined ? status : { icon: BAD, words: `failed: ${status.words}` }
}

function lookedAt(report: FleetReport): Status {
  const present = countOf(report, 'present')
  const other = countOf(report, 'outdated', 'stopped') > 0 ? ' as it should be' : ''
  const words = `${ofAll(present, report.entries.length)} ${isOne(present) ? 'has' : 'have'} the sensor${other}`
  if (countOf(report, 'stopped') > 0 || isPartial(report)) return { icon: WARNING, words }
  return { icon: present === report.entries.length ? GOOD : PLAN, words }
}

function planned(report: FleetReport): Status {
  const changes = countOf(report, 'would-change')
  if (changes > 0) return { icon: PLAN, words: `plan, ${ofAll(changes, report.entries.length)} would change` }
  return { icon: isWhole(report) ? GOOD : WARNING, words: 'nothing to change' }
}

/** What a service that all went well for is like now. */
const DONE = {
  install: ['has the sensor', 'have the sensor'],
  remove: ['is without the sensor', 'are without the sensor'],
  restore: ['is back on what it ran before', 'are back on what they ran before']
} as const

function done(report: FleetReport): Status {
  const { mode, entries } = report
  const good = countOf(report, 'deployed', 'already-running')
  const [one, several] = DONE[mode === 'discover' ? 'install' : mode]
  const alone = entriesOf(report, 'left-alone').length
  const left = alone === 0 ? '' : `, ${alone} left alone`
  const words = `${ofAll(good, entries.length)} ${isOne(good) ? one : several}${left}${sayNotBegun(report)}`
  if (countOf(report, 'started') > 0) return { icon: OPEN, words: `${words}, deployments are under way` }
  return { icon: isWhole(report) ? GOOD : WARNING, words }
}

function isWhole(report: FleetReport): boolean {
  // Leaving a service alone that runs something else by now is what a restore is to do.
  const alone = report.mode === 'restore' ? 0 : entriesOf(report, 'left-alone').length
  const open = entriesOf(report, 'refused').length + entriesOf(report, 'not-begun').length
  return alone + open === 0 && !isPartial(report)
}

/** Who opts a service out wants it so; anything else was asked for, and not seen. */
function isPartial({ skipped }: FleetReport): boolean {
  return skipped.some(({ code }) => code !== 'opted-out')
}

function sayNotBegun(report: FleetReport): string {
  const count = entriesOf(report, 'not-begun').length
  return count === 0 ? '' : `, ${count} not begun`
}

/** The subject of a sentence; its verb is in the singular as `isOne` has it. */
function ofAll(count: number, total: number): string {
  if (count === 0) return 'no service'
  if (count < total) return `${count} of ${many(total, 'service')}`
  return total === 1 ? 'the service' : `all ${total} services`
}

function isOne(count: number): boolean {
  return count < 2
}
