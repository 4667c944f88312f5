import { type Clock, systemClock } from './deploy/clock.ts'
import { StepError } from './errors.ts'
import type { Host } from './host/host.ts'
import { connectionOf, findImageBy, type Invocation } from './main.ts'
import type { FleetOptions } from './options/options.ts'
import { sayFleet, toFleetResults } from './report/fleet.ts'
import type { FleetReport } from './report/fleet-report.ts'
import { emptyFleetReport, keyOf } from './rollout/fleet-flow.ts'
import { connectFleet } from './rollout/in-fleet.ts'
import { runFleet } from './rollout/run-fleet.ts'

/** As for a run on one target: runs the flow over the fleet, or ends it when it is cancelled. Nothing is rolled back then. */
export async function runFleetToTheEnd(options: FleetOptions, invocation: Invocation): Promise<void> {
  const { environment, host, proxy, cancelled, exit } = invocation
  const { comment } = options.each
  const keep = keeper(host, systemClock)
  let latest: FleetReport | undefined
  let afterwards: FleetReport | undefined
  let isCancelled = false
  const connection = connectionOf(options.each, proxy)
  const world = {
    workspace: environment.workspace,
    clock: systemClock,
    ...connectFleet(connection, systemClock, () => isCancelled),
    findImage: findImageBy(connection),
    onEvent: (event: Parameters<typeof sayFleet>[0], report: FleetReport) => {
      if (isCancelled) {
        afterwards = report
        return
      }
      latest = report
      host.say(sayFleet(event, report))
      keep(report)
    }
  }
  const signal = cancelled.then(name => {
    isCancelled = true
    return name
  })
  const run = runFleet(options, world)
  const report = await Promise.race([run, signal])
  if (typeof report !== 'string') return host.finishFleet(report, comment)
  await Promise.race([run, systemClock.sleep(GRACE)])
  const known = withBegun(latest ?? emptyFleetReport(options), afterwards)
  // Who cancels waits for nothing else: the comment stays as it was.
  await host.finishFleet(whatIsLeft(known, report))
  exit(1)
}

/** Seconds for the answers to calls that had left already: what they moved is begun. */
const GRACE = 1

/** Of what came after the signal only what was begun counts: all else says that no more calls are sent. */
function withBegun(report: FleetReport, afterwards: FleetReport = report): FleetReport {
  const begun = new Map(
    afterwards.entries.flatMap(each => (each.deployment?.begun === true ? [[keyOf(each), each.deployment]] : []))
  )
  const entries = report.entries.map(entry => {
    const deployment = entry.outcome === undefined ? begun.get(keyOf(entry)) : undefined
    if (deployment === undefined) return entry
    const { error: _ended, ...known } = deployment
    return { ...entry, outcome: 'started' as const, deployment: { ...known, outcome: 'started' as const } }
  })
  return { ...report, entries }
}

/** Milliseconds from one time that results are kept to the next. */
const KEPT_EVERY = 10_000

/** Keeps results from the first service on that is moved: without them nothing could be restored after a run that was killed. */
export function keeper(host: Pick<Host, 'keepFleet'>, clock: Pick<Clock, 'now'>): (report: FleetReport) => void {
  let keptAt = Number.NEGATIVE_INFINITY
  return report => {
    const now = clock.now()
    if (now - keptAt < KEPT_EVERY || !report.entries.some(({ deployment }) => deployment !== undefined)) return
    keptAt = now
    host.keepFleet(() => toFleetResults(report))
  }
}

/** What was begun goes on in AWS; what was not is told as such. */
function whatIsLeft(report: FleetReport, signal: string): FleetReport {
  const underWay = report.entries.filter(({ outcome }) => outcome === 'started').length
  const entries = report.entries.map(entry =>
    entry.outcome !== undefined || report.mode === 'discover' ? entry : { ...entry, outcome: 'not-begun' as const }
  )
  const going = underWay === 0 ? '' : `${underWay} deployment${underWay === 1 ? ' goes' : 's go'} on in AWS. `
  const error = new StepError({
    code: 'cancelled',
    what: `the run was cancelled (${signal}): nothing more is sent that changes anything, and nothing is put back.`,
    hint: `${going}A call that had left already may still be carried out. Running the step again does only what is left.`
  })
  return { ...report, entries, error }
}
