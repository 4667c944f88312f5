import type { FleetReport } from './fleet-report.ts'
import { countOf, entriesOf } from './fleet-standing.ts'
import { many } from './fleet-words.ts'

/** What whoever reads this may want to do now. */
export function nextFleetSteps(report: FleetReport): string[] {
  if (report.entries.length === 0) return report.error === undefined ? [NOTHING_FOUND] : []
  if (report.mode === 'discover') return afterLooking(report)
  if (report.dryRun) return afterPlanning(report)
  return [...afterFailures(report), ...afterMoving(report)]
}

const NOTHING_FOUND =
  'Check regions, clusters, services and families: only services that match all of them, and run on Fargate, are meant.'

function afterLooking(report: FleetReport): string[] {
  const open = countOf(report, 'absent', 'outdated')
  const jobs = report.matrix?.include.length ?? 0
  return [
    ...(countOf(report, 'stopped') > 0
      ? [
          'To see why a sensor stopped: mode: verify with cluster and service looks into its tasks and says the likely cause.'
        ]
      : []),
    ...(open > 0
      ? [
          `To put the sensor into ${open === 1 ? 'the service that is' : `the ${open} services that are`} absent or outdated: mode: install with the same regions, clusters, services and families. dry-run: true shows first what would change.`
        ]
      : []),
    ...(jobs > 0 ? [`Or let ${many(jobs, 'job')} do it: the output matrix is made for strategy.matrix.`] : [])
  ]
}

function afterPlanning(report: FleetReport): string[] {
  if (countOf(report, 'would-change') === 0) return []
  const pace =
    report.mode === 'restore' ? '' : ' canary says how many services go first, max-parallel how many at a time.'
  return [`Run it without dry-run to do this.${pace}`]
}

function afterFailures(report: FleetReport): string[] {
  const failed = entriesOf(report, 'failed').length
  const alone = report.mode === 'restore' ? 0 : entriesOf(report, 'left-alone').length
  const left = entriesOf(report, 'not-begun').length + alone
  if (failed === 0 && left === 0) return []
  const again =
    report.mode === 'restore'
      ? 'Run again with the same results-file: what was moved back stays as it is, so only the rest is done.'
      : 'Run again with the same inputs: services that are done stay as they are, so only the rest is done.'
  return [
    failed > 0 ? `Put right what failed, as said above. ${again}` : again,
    ...(failed > 0 && left > alone
      ? [
          'A canary that fails stops everything else; stop-after-failures says after how many failures of others no further service is begun.'
        ]
      : [])
  ]
}

function afterMoving(report: FleetReport): string[] {
  const moved = countOf(report, 'deployed', 'started')
  if (report.mode === 'restore' || moved === 0) return []
  const whole = moved + countOf(report, 'already-running') === report.entries.length
  return [
    ...(report.mode === 'install' && whole && report.error === undefined
      ? ['Send traffic to the services: the APIs that the sensor sees in it show up in Levo.']
      : []),
    ...(report.mode === 'install' && report.error === undefined
      ? [
          'A pipeline that deploys a task definition of its own to one of these services drops the sensor: add this action there too. mode: discover with fail-on: absent finds that out.'
        ]
      : []),
    `To take this back: mode: restore with the output results-file as the input results-file moves ${moved === 1 ? 'the service' : `the ${moved} services`} back to what ran before.`
  ]
}
