// One run over the benchmark's fleet in a process of its own, which measures itself: node bench-fleet-run.ts URL CLOCK-FILE.
import { openSync, writeSync } from 'node:fs'
import { VirtualClock } from '../__tests__/support/virtual-clock.ts'
import { paceBy } from '../src/ecs/buckets.ts'
import { connect } from '../src/ecs/client.ts'
import { coalesce } from '../src/ecs/coalesce.ts'
import type { Ecs } from '../src/ecs/ecs.ts'
import { messageOf, StepError } from '../src/errors.ts'
import type { FleetOptions } from '../src/options/options.ts'
import { parseRun } from '../src/options/parse.ts'
import { sayFleet, toFleetMarkdown, toFleetOutputs, toFleetResults } from '../src/report/fleet.ts'
import type { FleetReport } from '../src/report/fleet-report.ts'
import { runFleet } from '../src/rollout/run-fleet.ts'
import { CREATED_BY, INPUTS, type Measured, REGIONS } from './bench-fleet-scene.ts'

const [, , url = '', clockFile = ''] = process.argv
const KIB = 1024
let gaveUp = 0

for (const service of ['ECS', 'EC2', 'CLOUDWATCH_LOGS']) process.env[`AWS_ENDPOINT_URL_${service}`] = url
const clock = new VirtualClock()
clock.onSleep = tellTimeIn(clockFile)
clock.onSleep()
const options = await readOptions()
const connected = connectIn(options.each.maxAttempts)
// What each run needs is loaded before it is measured.
await Promise.all(REGIONS.map(connected))

async function measure(): Promise<Measured> {
  const inUseBefore = inUse()
  const loaded = process.memoryUsage.rss()
  const begun = { cpu: process.cpuUsage(), wall: performance.now(), simulated: clock.now() }
  let said = 0
  const report = await runFleet(options, {
    workspace: import.meta.dirname,
    clock,
    ecsIn: connected,
    findImage: () => Promise.reject(new Error('no registry is asked')),
    listRegions: () => Promise.reject(new Error('the Regions are named')),
    onEvent: (event, soFar) => {
      said += sayFleet(event, soFar).length
    }
  })
  if (said === 0) throw new Error('nothing was said')
  const simulated = (clock.now() - begun.simulated) / 1000
  summarize(report)
  const { user, system } = process.cpuUsage(begun.cpu)
  const wall = (performance.now() - begun.wall) / 1000
  const resident = process.resourceUsage().maxRSS * KIB
  return {
    outcomes: outcomesOf(report),
    error: report.error === undefined ? undefined : messageOf(report.error),
    simulated,
    cpu: (user + system) / 1e6,
    wall,
    loaded,
    growth: inUse() - inUseBefore,
    resident,
    gaveUp
  }
}

/** As for a host at the end of a run. */
function summarize(report: FleetReport): void {
  JSON.stringify(toFleetResults(report))
  toFleetOutputs(report, { results: 'results.json' }, text => text)
  toFleetMarkdown(report)
}

function outcomesOf({ entries }: FleetReport): Record<string, number> {
  const groups = Map.groupBy(entries, ({ outcome }) => outcome ?? 'nothing')
  return Object.fromEntries([...groups].map(([outcome, all]) => [outcome, all.length]))
}

async function readOptions(): Promise<FleetOptions> {
  const parsed = await parseRun(INPUTS, {
    region: REGIONS[0],
    profileRegion: async () => undefined,
    hasCredentials: true,
    workspace: import.meta.dirname,
    fileExists: () => true,
    provenance: { createdBy: CREATED_BY }
  })
  if (parsed.kind !== 'fleet') throw new Error('the inputs make no fleet')
  return parsed.options
}

/** As in a run of its own, but for the clock: a call holds time still, and whoever waits for a bucket within one lets it go on. */
function connectIn(maxAttempts: number): (region: string) => Promise<Ecs> {
  const known = new Map<string, Ecs>()
  return async region => {
    const ecs = known.get(region) ?? coalesce(clock.trackCalls(watched(connectTo(region, maxAttempts))), clock)
    known.set(region, ecs)
    return ecs
  }
}

function connectTo(region: string, maxAttempts: number): Ecs {
  const own = paceBy(clock)
  const pace = (operation: string) => clock.apart(() => own(operation))
  return connect({ region, maxAttempts, userAgent: CREATED_BY, proxy: {}, retryDelay: () => 1, pace })
}

function watched(ecs: Ecs): Ecs {
  return {
    region: ecs.region,
    call: async (operation, input, callOptions) => {
      try {
        return await ecs.call(operation, input, callOptions)
      } catch (error) {
        if (error instanceof StepError && error.code === 'throttled') gaveUp += 1
        throw error
      }
    }
  }
}

/** Bytes in use, beside what waits to be collected. */
function inUse(): number {
  if (globalThis.gc === undefined) throw new Error('start it with --expose-gc')
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function tellTimeIn(path: string): () => void {
  const file = openSync(path, 'r+')
  const bytes = Buffer.alloc(8)
  return () => {
    bytes.writeDoubleBE(clock.now())
    writeSync(file, bytes, 0, 8, 0)
  }
}

process.send?.(await measure())
process.disconnect()
