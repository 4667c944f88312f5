import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals'
import { paceBy } from '../../src/ecs/buckets.ts'
import { type Connection, connect } from '../../src/ecs/client.ts'
import { coalesce } from '../../src/ecs/coalesce.ts'
import type { Ecs } from '../../src/ecs/ecs.ts'
import { listRegions } from '../../src/ecs/regions.ts'
import { InputError, StepError } from '../../src/errors.ts'
import type { Entry } from '../../src/fleet/fleet.ts'
import type { FleetOptions } from '../../src/options/options.ts'
import { parseRun } from '../../src/options/parse.ts'
import { imageFinder } from '../../src/registry/find-image.ts'
import type { FindImage } from '../../src/registry/found.ts'
import type { FleetEvent, FleetReport } from '../../src/report/fleet-report.ts'
import { runFleet } from '../../src/rollout/run-fleet.ts'
import type { JsonObject } from '../../stand-in/json.ts'
import type { Script } from '../../stand-in/script.ts'
import { completes } from '../../stand-in/scripts.ts'
import { type RecordedRequest, type StandIn, startStandIn } from '../../stand-in/server.ts'
import type { Account, ServiceSeed } from '../../stand-in/state.ts'
import { missingFleetRights } from './fleet-rights.ts'
import { type FleetTexts, openFleetStreams } from './fleet-streams.ts'
import { shop } from './flow-definitions.ts'
import { CREATED_BY, type Inputs, SENSOR } from './flow-scene.ts'
import { VirtualClock } from './virtual-clock.ts'

/** ECS in several Regions, a workspace, and a clock that moves when everybody waits. */
export class FleetScene {
  readonly events: FleetEvent[] = []
  readonly asked: { readonly options: FleetOptions; readonly requests: readonly RecordedRequest[] }[] = []
  /** What each run said to people. */
  readonly said: FleetTexts[] = []
  /** Whether somebody else uses up the token buckets too. */
  isShared = false
  /** Around each call, its retries included. */
  onCall: <T>(operation: string, send: () => Promise<T>) => Promise<T> = (_operation, send) => send()
  readonly standIn: StandIn
  readonly workspace: string
  readonly clock: VirtualClock

  constructor(standIn: StandIn, workspace: string, clock: VirtualClock) {
    this.standIn = standIn
    this.workspace = workspace
    this.clock = clock
  }

  in(region: string): Account {
    return this.standIn.in(region)
  }

  /** A service with a family of its own, or the one that is named; it runs the family's first revision. */
  service(region: string, cluster: string, name: string, seed: Partial<ServiceSeed> & { family?: string } = {}): void {
    const account = this.in(region)
    const { family = name, ...members } = seed
    if (!account.families.has(family)) account.addTaskDefinition(shop({ family }))
    account.addService({ cluster, name, taskDefinition: `${family}:1`, desiredCount: 1, ...members })
  }

  /** The whole run as `main` drives it. */
  async run(inputs: Inputs): Promise<FleetReport> {
    const { workspace } = this
    const environment = {
      region: 'us-east-1',
      profileRegion: async () => undefined,
      hasCredentials: true,
      workspace,
      fileExists: (path: string) => existsSync(resolve(workspace, path)),
      provenance: { createdBy: CREATED_BY }
    }
    const raw = { ...SENSOR, ...inputs }
    const parsed = await parseRun(raw, environment)
    if (parsed.kind !== 'fleet') throw new Error('the inputs make no fleet')
    const { options } = parsed
    const before = this.standIn.requests.length
    const connection = this.connection(options.each.maxAttempts)
    const streams = openFleetStreams(raw, workspace)
    const report = await runFleet(options, {
      workspace,
      clock: this.clock,
      ecsIn: this.connectIn(connection),
      findImage: this.findImage(imageFinder(connection)),
      listRegions: () => this.clock.track(() => listRegions(connection)),
      onEvent: (event, known) => {
        this.events.push(event)
        streams.event(event, known)
      }
    })
    this.asked.push({ options, requests: this.standIn.requests.slice(before) })
    this.said.push(await streams.finish(report))
    const isOpen = ({ outcome }: Entry) => outcome === undefined
    const isDone = !report.dryRun && report.mode !== 'discover' && report.error === undefined
    if (isDone) expect(report.entries.filter(isOpen)).toEqual([])
    return report
  }

  /** As `run`, and throws what failed. */
  async succeed(inputs: Inputs): Promise<FleetReport> {
    const report = await this.run(inputs)
    if (report.error !== undefined) throw report.error
    return report
  }

  /** As `run`, and gives the error that the run must end with. */
  async fail(inputs: Inputs): Promise<{ report: FleetReport; code: string; message: string }> {
    const report = await this.run(inputs)
    const { error } = report
    if (error instanceof StepError) return { report, code: error.code, message: error.message }
    if (error instanceof InputError) return { report, code: 'input', message: error.message }
    throw new Error(`it did not fail: ${error instanceof Error ? error.stack : String(error)}`)
  }

  /** Keeps the results that the last run left, as a file of the workspace. */
  async keepResults(name = 'results.json', results = this.said.at(-1)?.results ?? ''): Promise<string> {
    await writeFile(join(this.workspace, name), results)
    return name
  }

  private connection(maxAttempts: number): Connection {
    for (const service of ['ECS', 'EC2', 'ECR', 'CODEDEPLOY', 'CLOUDWATCH_LOGS']) {
      process.env[`AWS_ENDPOINT_URL_${service}`] = this.standIn.url
    }
    return { region: 'us-east-1', maxAttempts, userAgent: CREATED_BY, proxy: {}, retryDelay: () => 1 }
  }

  private findImage(find: FindImage): FindImage {
    return image => this.clock.track(() => find(image))
  }

  private connectIn(connection: Connection): (region: string) => Promise<Ecs> {
    const known = new Map<string, Ecs>()
    return async region => {
      const own = paceBy(this.clock)
      const pace = (operation: string) => this.clock.apart(() => own(operation))
      const ecs =
        known.get(region) ??
        coalesce(this.watched(this.clock.trackCalls(connect({ ...connection, region, pace }))), this.clock)
      known.set(region, ecs)
      return ecs
    }
  }

  private watched(ecs: Ecs): Ecs {
    return {
      region: ecs.region,
      call: (operation, input, options) => this.onCall(operation, () => ecs.call(operation, input, options))
    }
  }

  calls(operation?: string): RecordedRequest[] {
    return this.standIn.requests.filter(request => operation === undefined || request.operation === operation)
  }

  /** The calls that change something, in order. */
  changes(): RecordedRequest[] {
    return this.calls().filter(({ operation }) => !/^(?:Describe|List|Get)/.test(operation))
  }

  /** What was moved, in order, each time. */
  moves(): string[] {
    return this.calls('UpdateService').map(({ region, body }) => `${region}/${body.cluster}/${body.service}`)
  }

  arn(region: string, resource: string): string {
    const { partition, accountId } = this.in(region)
    return `arn:${partition}:ecs:${region}:${accountId}:${resource}`
  }

  /** The revision that a service runs, by its place: `web:2`. */
  runs(place: string): string | undefined {
    const [region = '', ...names] = place.split('/')
    const service = this.in(region).services.get(this.arn(region, `service/${names.join('/')}`))
    return service?.taskDefinition.split('/').at(-1)
  }

  revisions(region: string, family: string): number {
    return this.in(region).families.get(family)?.length ?? 0
  }

  /** The courses of a service's next deployments. */
  script(place: string, ...scripts: Script[]): void {
    const [region = '', ...names] = place.split('/')
    this.in(region).scriptRollouts(this.arn(region, `service/${names.join('/')}`), ...scripts)
  }

  /** What holds in every scenario there is. */
  async check(): Promise<void> {
    for (const { log, summary, outputs, results, stderr, stdout } of this.said) {
      const texts = [log, summary, results, stderr, stdout, ...Object.values(outputs)].join('\n')
      expect(texts.match(/.*planted.*/g)).toBeNull()
    }
    for (const { options, requests } of this.asked) {
      expect(await missingFleetRights(options, requests, this.standIn)).toEqual([])
    }
    for (const account of this.standIn.accounts()) {
      const revisions = [...account.families.values()].flat()
      const twice = revisions.filter(({ containerDefinitions }) => containerDefinitions.filter(isSensor).length > 1)
      expect(twice).toEqual([])
      if (!this.isShared) expect([...account.throttled]).toEqual([])
    }
  }
}

function isSensor({ image }: JsonObject): boolean {
  return /pcap-sensor/.test(String(image))
}

export function entryOf(report: FleetReport, place: string): Entry {
  const found = report.entries.find(({ region, cluster, service }) => `${region}/${cluster}/${service}` === place)
  if (found === undefined) throw new Error(`no entry ${place}`)
  return found
}

/** Each service's outcome, by its place. */
export function outcomes(report: FleetReport): Record<string, string | undefined> {
  return Object.fromEntries(
    report.entries.map(({ region, cluster, service, outcome }) => [`${region}/${cluster}/${service}`, outcome])
  )
}

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' }

/** A fresh scene for each test of the file. */
export function useFleet(): () => FleetScene {
  let scene: FleetScene | undefined
  let workspace = ''
  const before = { ...process.env }
  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'fleet-'))
    const nowhere = join(workspace, 'no-such-file')
    const files = { AWS_CONFIG_FILE: nowhere, AWS_SHARED_CREDENTIALS_FILE: nowhere }
    Object.assign(process.env, CREDENTIALS, files, { AWS_EC2_METADATA_DISABLED: 'true' })
  })
  beforeEach(async () => {
    const clock = new VirtualClock()
    scene = new FleetScene(await startStandIn({ now: clock.now, enforceBuckets: true }), workspace, clock)
    scene.standIn.everywhere(account => {
      account.everyRollout = completes({ after: 60 })
    })
  })
  afterEach(async () => {
    await scene?.standIn.close()
    await scene?.check()
  })
  afterAll(async () => {
    process.env = before
    await rm(workspace, { recursive: true, force: true })
  })
  return () => {
    if (scene === undefined) throw new Error('the scene is only there within a test')
    return scene
  }
}
