// npm run bench:fleet: runs over fleets of 10, 100 and 1,000 services in the stand-in with its token buckets enforced, in simulated time; then
// dist/ itself over 1,000 services for some minutes of real time, or with --real-time to its end. Each run and its stand-in are processes of
// their own. Exits 1 when a budget is broken.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { floorsFor, minimumFor, type Term } from './bench-fleet-minimum.ts'
import { bundleRun, runInSimulatedTime, type SimulatedRun } from './bench-fleet-processes.ts'
import { type RealTimeRun, runInRealTime } from './bench-fleet-real-time.ts'
import { type Asked, CANARIES, type Counts, MAX_PARALLEL, servicesOf } from './bench-fleet-scene.ts'

const SIZES = [10, 100, 1000]
/**
 * `linear`: what one more service costs from 100 to 1,000, in what it costs from 10 to 100, where calls begin to be shared; a cost by
 * n log n would be at 1.47, one by n² at 10.
 */
const BUDGET = { calls: 1.1, seconds: 1.15, gaveUp: 0, memory: 200e6, linear: 1.35 }

/** Of real time: all is discovered and planned by then, which takes the most memory, and the first services have ended. */
const MINUTES = 4

interface Run extends SimulatedRun {
  readonly minimum: readonly Term[]
}

interface Figure {
  readonly name: string
  readonly value: number
  readonly budget: number
  readonly shown: (value: number) => string
}

const temp = mkdtempSync(join(tmpdir(), 'bench-fleet-'))
try {
  const runs: Run[] = []
  const script = await bundleRun(temp)
  for (const count of SIZES) {
    const minimum = minimumFor(servicesOf(count), CANARIES)
    runs.push({ ...(await runInSimulatedTime(script, count, temp)), minimum })
  }
  const largest = runs.at(-1)
  if (largest === undefined) throw new Error('no run')
  print([...callsTable(largest), '', ...timeTable(largest), '', ...sizesTable(runs), ''])
  const minutes = process.argv.includes('--real-time') ? Number.POSITIVE_INFINITY : MINUTES
  const real = await runInRealTime(largest.count, minutes, temp)
  const figures = [...figuresOf(largest), ...growthOf(runs), memoryOf(real)]
  print([sayRealTime(real), '', ...budgetTable(figures)])
  for (const run of runs) if (!isDone(run)) print(['', `${run.count} services: ${JSON.stringify(run.measured)}`])
  if (!runs.every(isDone) || figures.some(isBroken)) process.exitCode = 1
} finally {
  rmSync(temp, { recursive: true, force: true })
}

function isDone({ count, measured: { outcomes, error } }: Run): boolean {
  return error === undefined && outcomes.deployed === count
}

function isBroken({ value, budget }: Figure): boolean {
  return !(value <= budget)
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line)
}

function table(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(columns), line(columns.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)]
}

function callsTable({ count, asked, minimum }: Run): string[] {
  const actual = totals(asked.calls)
  const operations = [...new Set([...minimum.map(({ operation }) => operation), ...actual.keys()])]
  const rows = operations.map(operation => {
    const terms = minimum.filter(term => term.operation === operation)
    const formula = terms.map(({ what, calls }) => `${whole(calls)} (${what})`).join(' + ')
    return [operation, whole(sum(terms.map(({ calls }) => calls))), whole(actual.get(operation) ?? 0), formula]
  })
  const numberOf = (member: 'family' | 'cluster' | 'region') =>
    new Set(servicesOf(count).map(each => each[member])).size
  const all = ['all', whole(leastOf(minimum)), whole(callsIn(asked)), '']
  return [
    `${whole(count)} services on ${numberOf('family')} families in ${numberOf('cluster')} clusters of ${numberOf('region')} Regions; max-parallel ${MAX_PARALLEL}, canary ${CANARIES}, else as by default.`,
    'Looks of one service: every 15 s (wait-max-delay-seconds) from its beginning until its rollout has ended (60 to 90 s), then for 60 s more',
    '(sensor-settle-seconds). In the minimum each is shared with as many others as the API takes; those of the canary with none. Whose looks',
    'happen to come at better moments, such as right at the end of its rollout, needs a look less.',
    '',
    ...table(['operation', 'minimum', 'calls', 'minimum, by formula'], [...rows, all])
  ]
}

function timeTable({ count, measured }: Run): string[] {
  const rows = floorsFor(servicesOf(count)).map(({ what, seconds }) => [`at least, for ${what}`, whole(seconds)])
  return table(['simulated time', 'seconds'], [...rows, ['the run', whole(measured.simulated)]])
}

function sizesTable(runs: readonly Run[]): string[] {
  const columns = [
    ...['services', 'calls', 'minimum', 'calls / minimum', 'throttled', 'simulated s', 'CPU s', 'wall s'],
    ...['MB when loaded', 'MB more in use', 'MB in use', 'MB at most resident']
  ]
  const rows = runs.map(({ count, measured, asked, minimum }) => {
    const { simulated, cpu, wall, loaded, growth, resident } = measured
    return [
      ...[whole(count), whole(callsIn(asked)), whole(leastOf(minimum)), ratio(callsIn(asked) / leastOf(minimum))],
      ...[whole(asked.throttled), whole(simulated), cpu.toFixed(1), wall.toFixed(1)],
      ...[megabytes(loaded), (growth / 1e6).toFixed(1), megabytes(loaded + growth), megabytes(resident)]
    ]
  })
  return [
    ...table(columns, rows),
    '',
    "CPU and memory are those of the run's own process, bundled as dist/ is. In use: what was resident when all was loaded, and what heap and",
    'buffers have grown by at the end, each after a garbage collection. Resident: as the system counts it; the faster time passes, the more of',
    'that is what V8 has not collected yet: here an hour passes in seconds.'
  ]
}

function figuresOf({ count, asked, minimum, measured }: Run): Figure[] {
  const floor = Math.max(...floorsFor(servicesOf(count)).map(({ seconds }) => seconds))
  const { simulated, gaveUp, loaded, growth } = measured
  return [
    { name: 'API calls / minimum', value: callsIn(asked) / leastOf(minimum), budget: BUDGET.calls, shown: ratio },
    { name: 'throttled at the last retry', value: gaveUp, budget: BUDGET.gaveUp, shown: whole },
    { name: 'simulated time / least', value: simulated / floor, budget: BUDGET.seconds, shown: ratio },
    { name: 'MB in use, in simulated time', value: loaded + growth, budget: BUDGET.memory, shown: megabytes }
  ]
}

function memoryOf({ resident }: RealTimeRun): Figure {
  return { name: 'MB at most resident, in real time', value: resident, budget: BUDGET.memory, shown: megabytes }
}

function sayRealTime({ count, ended, seconds, resident, cpu }: RealTimeRun): string {
  const share = `${whole(ended)} of ${whole(count)} services in ${whole(seconds)} s`
  return `In real time, dist/index.js over the same fleet: ${share}, ${cpu.toFixed(1)} s of CPU, ${megabytes(resident)} MB at most resident.`
}

/** Whether a service costs more in a larger fleet; what each run costs by itself is no part of it. */
function growthOf(runs: readonly Run[]): Figure[] {
  const costs: readonly [string, (run: Run) => number][] = [
    ['calls', ({ asked }) => callsIn(asked)],
    ['CPU', ({ measured }) => measured.cpu],
    ['memory', ({ measured }) => measured.growth]
  ]
  return costs.map(([name, costOf]) => {
    const perService = runs.slice(1).map((run, index) => {
      const before = runs[index] ?? run
      return (costOf(run) - costOf(before)) / (run.count - before.count)
    })
    const [below = Number.NaN, above = Number.NaN] = perService
    const title = `${name} for one more service: from 100 to 1,000 / from 10 to 100`
    return { name: title, value: above / below, budget: BUDGET.linear, shown: ratio }
  })
}

function budgetTable(figures: readonly Figure[]): string[] {
  const rows = figures.map(figure => {
    const { name, value, budget, shown } = figure
    return [name, shown(value), `${shown(budget)}${isBroken(figure) ? ' (exceeded)' : ''}`]
  })
  return table(['figure', 'measured', 'budget'], rows)
}

function totals(calls: Counts): Map<string, number> {
  const all = new Map<string, number>()
  for (const [operation, count] of Object.values(calls).flatMap(ofRegion => Object.entries(ofRegion))) {
    all.set(operation, (all.get(operation) ?? 0) + count)
  }
  return all
}

function callsIn({ calls }: Asked): number {
  return sum([...totals(calls).values()])
}

function leastOf(terms: readonly Term[]): number {
  return sum(terms.map(({ calls }) => calls))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function whole(value: number): string {
  return Math.ceil(value).toLocaleString('en-US')
}

function ratio(value: number): string {
  return value.toFixed(3)
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
