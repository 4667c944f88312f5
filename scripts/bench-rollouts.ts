// node scripts/bench-rollouts.ts: how long after something is so in the API our flow knows it, in simulated time, beside the SDK's waiter.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { connect } from '../src/ecs/client.ts'
import type { Options } from '../src/options/options.ts'
import { parseOptions } from '../src/options/parse.ts'
import { type Event, serviceOf } from '../src/report/report.ts'
import { run } from '../src/run.ts'
import type { JsonObject } from '../stand-in/json.ts'
import type { StandIn } from '../stand-in/server.ts'
import {
  type Fact,
  MINUTES,
  SCENARIOS,
  type Scenario,
  SETTLE,
  type Stage,
  SteppedClock,
  setStage,
  workspace
} from './rollout-scenarios.ts'
import { askWaiter, JITTER, type Said } from './sdk-waiter.ts'

const CREATED_BY = 'fargate-pcap-action/bench'

/** One fact of one service; times in milliseconds since the epoch. */
interface Sighting {
  readonly service: string
  readonly fact: Fact
  readonly isSo: ReturnType<Fact['watch']>
  begun: number
  visible?: number
  known?: number
}

interface Followed {
  readonly sightings: readonly Sighting[]
  /** `wait-max-delay-seconds`. */
  readonly budget: number
  /** Calls while the deployments were followed, for each service and minute that it was. */
  readonly callRate: number
  /** The revision with the sensor, as it was sent. */
  readonly registered: JsonObject
}

interface Row {
  readonly cells: readonly string[]
  readonly kept: boolean
}

/** The table of all scenarios, and whether our flow knew each fact within one poll. */
export async function measureRollouts(): Promise<{ lines: string[]; kept: boolean }> {
  const rows: Row[] = []
  let budget = 0
  for (const scenario of SCENARIOS) {
    const followed = await follow(scenario)
    const said = await askWaiter(scenario, followed.registered)
    budget = followed.budget
    for (const fact of scenario.facts) rows.push(rowOf(scenario, fact, followed, said))
  }
  return { lines: [...heading(budget), ...rows.map(({ cells }) => line(cells))], kept: rows.every(({ kept }) => kept) }
}

function heading(budget: number): string[] {
  const columns = [
    'scenario: what is to be known',
    'visible at (s)',
    'we know after (s)',
    'budget (s)',
    'SDK waiter after (s)',
    'our calls per service-minute'
  ]
  return [
    'rollouts in simulated time. Visible: from when somebody who looked four times a second would know it; a throttled look shows nothing.',
    `wait-max-delay-seconds: ${budget}, sensor-settle-seconds: ${SETTLE}, wait-for-minutes: ${MINUTES}. Of several services the slowest to be known is shown.`,
    `SDK waiter: waitUntilServicesStable with its own delays, for ${MINUTES} minutes, its jitter fixed (Math.random = ${JITTER}), ten services at once at most.`,
    '',
    line(columns),
    line(['---', '---:', '---:', '---:', '---', '---:'])
  ]
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function rowOf(scenario: Scenario, fact: Fact, { sightings, budget, callRate }: Followed, said: readonly Said[]): Row {
  const own = sightings.filter(sighting => sighting.fact === fact)
  const worst = own.reduce((a, b) => (delayOf(b) > delayOf(a) ? b : a))
  const { visible, begun } = worst
  if (visible === undefined) throw new Error(`${scenario.name}: never became so: ${fact.text}`)
  if (own.some(sighting => delayOf(sighting) < 0))
    throw new Error(`${scenario.name}: known before it was so: ${fact.text}`)
  const delay = delayOf(worst)
  const kept = delay <= budget
  const waiter = said[own.indexOf(worst)]
  const cells = [
    `${scenario.name}: ${fact.text}`,
    shown((visible - begun) / 1000),
    Number.isFinite(delay) ? shown(delay) : 'never',
    `${budget}${kept ? '' : ' (exceeded)'}`,
    waiter === undefined ? '' : waiterCell(fact, (visible - begun) / 1000, waiter),
    callRate.toFixed(1)
  ]
  return { cells, kept }
}

/** Seconds from when it could be seen to when it was known. */
function delayOf({ visible, known }: Sighting): number {
  if (known === undefined) return Number.POSITIVE_INFINITY
  return (known - (visible ?? Number.POSITIVE_INFINITY)) / 1000
}

function waiterCell(fact: Fact, visible: number, { answer, at }: Said): string {
  if (answer === fact.tells) return `${shown(at - visible)} (${answer})`
  const isWrong = answer === 'stable' && fact.isBad === true
  const remark = !isWrong ? '' : at < visible ? ', before it was so' : ', wrong'
  return `never (${answer} at ${shown(at)}${remark})`
}

function shown(seconds: number): string {
  return String(Math.round(seconds * 100) / 100)
}

/** Our flow as `main` drives it, with a watcher of the account that looks whenever time passes. */
async function follow(scenario: Scenario): Promise<Followed> {
  const clock = new SteppedClock()
  const stage = await setStage(scenario, clock)
  const { env } = process
  try {
    process.env = environmentFor(stage.standIn)
    const options = await optionsFor(stage)
    const sightings = stage.services.flatMap(service =>
      scenario.facts.map((fact): Sighting => ({ service, fact, isSo: fact.watch(), begun: Number.NaN }))
    )
    clock.onStep = () => {
      stage.standIn.account.settle()
      for (const sighting of sightings) observe(sighting, stage, clock.now())
    }
    const counter = new CallCounter(stage.standIn, clock)
    const { region, maxAttempts } = options
    const ecs = connect({ region, maxAttempts, userAgent: CREATED_BY, proxy: {}, retryDelay: () => 1 })
    await run(options, {
      workspace,
      clock,
      ecs: async () => ecs,
      findImage: () => Promise.reject(new Error('no registry is asked')),
      onEvent: event => {
        counter.hear(event)
        for (const sighting of sightings) hear(sighting, event, clock.now())
      }
    })
    return {
      sightings,
      budget: options.patience.maxDelay,
      callRate: counter.rate(),
      registered: registeredIn(stage.standIn)
    }
  } finally {
    process.env = env
    await stage.standIn.close()
  }
}

/** All that the SDK finds around it: nothing of who runs this. */
function environmentFor({ url }: StandIn): NodeJS.ProcessEnv {
  const nowhere = join(workspace, 'no-such-file')
  return {
    AWS_ENDPOINT_URL_ECS: url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere
  }
}

function optionsFor({ standIn, services }: Stage): Promise<Options> {
  const inputs = {
    'satellite-url': 'https://satellite.example.com',
    'levo-env': 'staging',
    'levoai-org-id': 'example',
    'check-image': 'off',
    service: services.join(','),
    'wait-for-service-stability': 'true',
    'wait-for-minutes': String(MINUTES),
    'sensor-settle-seconds': String(SETTLE)
  }
  return parseOptions(inputs, {
    region: standIn.account.region,
    profileRegion: async () => undefined,
    hasCredentials: true,
    workspace,
    fileExists: path => existsSync(resolve(workspace, path)),
    provenance: { createdBy: CREATED_BY }
  })
}

/** What becomes so while looks are throttled is seen when they are answered again. */
function observe(sighting: Sighting, { standIn: { account }, isThrottled }: Stage, now: number): void {
  if (sighting.visible !== undefined || isThrottled()) return
  const all = [...account.rollouts.values()].filter(({ serviceArn }) => serviceArn.endsWith(`/${sighting.service}`))
  // The first one is what the service came with.
  const own = all[1]
  if (own === undefined) return
  sighting.begun = own.deployment.createdAt * 1000
  if (sighting.isSo(own, (now - sighting.begun) / 1000)) sighting.visible = now
}

function hear(sighting: Sighting, event: Event, now: number): void {
  const service =
    event.kind === 'moment' ? event.service : event.kind === 'service' ? serviceOf(event.result) : undefined
  if (service === sighting.service && sighting.fact.isTold(event)) sighting.known ??= now
}

/** Counts from the first look at deployments that are followed to the end of the last one. */
class CallCounter {
  private readonly standIn: StandIn
  private readonly clock: SteppedClock
  private begun: { calls: number; at: number } | undefined
  private calls = 0
  private minutes = 0

  constructor(standIn: StandIn, clock: SteppedClock) {
    this.standIn = standIn
    this.clock = clock
  }

  hear({ kind }: Event): void {
    if (kind === 'following') this.begun = { calls: this.standIn.requests.length, at: this.clock.now() }
    if (kind !== 'service' || this.begun === undefined) return
    this.minutes += (this.clock.now() - this.begun.at) / 60_000
    this.calls = this.standIn.requests.length - this.begun.calls
  }

  rate(): number {
    return this.calls / this.minutes
  }
}

function registeredIn({ requests }: StandIn): JsonObject {
  const sent = requests.find(({ operation }) => operation === 'RegisterTaskDefinition')
  if (sent === undefined) throw new Error('nothing was registered')
  return sent.body
}

if (import.meta.main) {
  const { lines, kept } = await measureRollouts()
  for (const each of lines) console.log(each)
  if (process.argv.includes('--check') && !kept) process.exitCode = 1
}
