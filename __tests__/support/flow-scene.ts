import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals'
import { type Connection, connect } from '../../src/ecs/client.ts'
import type { Ecs } from '../../src/ecs/ecs.ts'
import { InputError, StepError } from '../../src/errors.ts'
import type { Environment, Options } from '../../src/options/options.ts'
import { parseOptions } from '../../src/options/parse.ts'
import { imageFinder } from '../../src/registry/find-image.ts'
import type { FindImage } from '../../src/registry/found.ts'
import type { Event, Report } from '../../src/report/report.ts'
import { run } from '../../src/run.ts'
import type { JsonObject } from '../../stand-in/json.ts'
import { type RecordedRequest, type StandIn, type StandInOptions, startStandIn } from '../../stand-in/server.ts'
import type { Account } from '../../stand-in/state.ts'
import { missingRights } from './rights.ts'
import { openStreams, readable } from './streams.ts'

export type Inputs = Readonly<Record<string, string>>

/** The least that installing a sensor needs, beside a source. */
export const SENSOR: Inputs = {
  'satellite-url': 'https://levo:planted-password@satellite.example.com',
  'levo-env': 'staging',
  'levoai-org-id': 'planted-org-of-the-tests',
  // Each test that wants a registry asked has one of its own.
  'check-image': 'off',
  'extra-args': '--proxy-password\n-planted-argument\n-pplanted-attached'
}

export const CREATED_BY = 'fargate-pcap-action/test'

/** A clock that only sleeping moves: what the flow waits, the stand-in's rollouts go on by. */
export class SceneClock {
  private time = Date.UTC(2026, 0, 1)
  readonly now = (): number => this.time
  /** Seconds that were slept, each time. */
  readonly slept: number[] = []
  /** Called whenever time has passed. */
  onSleep: () => void = () => {}
  readonly sleep = async (seconds: number): Promise<void> => {
    this.slept.push(seconds)
    this.time += seconds * 1000
    this.onSleep()
  }
}

/** One ECS, one workspace, a clock that never waits, and what a run did with them. */
export class Scene {
  readonly clock: SceneClock
  readonly events: Event[] = []
  /** How often the flow asked for a connection. */
  connections = 0
  environment: Partial<Environment> = {}
  /** What registries say, in place of those that are asked. */
  findImage: FindImage | undefined
  /** What each run was to do, and what it asked of AWS. */
  readonly asked: { readonly options: Options; readonly requests: readonly RecordedRequest[] }[] = []
  /** All that each run said to people, in any stream, with debug logging on. */
  readonly said: string[] = []
  readonly standIn: StandIn
  readonly workspace: string

  constructor(standIn: StandIn, workspace: string, clock: SceneClock) {
    this.standIn = standIn
    this.clock = clock
    this.workspace = workspace
  }

  /** Seconds that the flow asked to sleep. */
  get slept(): number[] {
    return this.clock.slept
  }

  get account(): Account {
    return this.standIn.account
  }

  /** Writes a file into the workspace, objects as JSON. */
  async file(name: string, content: string | JsonObject): Promise<void> {
    await writeFile(join(this.workspace, name), typeof content === 'string' ? content : JSON.stringify(content))
  }

  /** The whole flow as `main` drives it: strings in, report out. */
  async run(inputs: Inputs): Promise<Report> {
    const environment: Environment = {
      region: this.account.region,
      profileRegion: async () => undefined,
      hasCredentials: true,
      workspace: this.workspace,
      fileExists: path => existsSync(resolve(this.workspace, path)),
      provenance: { createdBy: CREATED_BY },
      ...this.environment
    }
    const raw = { ...SENSOR, ...inputs }
    const streams = openStreams({ raw, workspace: this.workspace, debug: true })
    const options = await parseOptions(raw, environment).catch(error => {
      streams.fail(error)
      throw error
    })
    const before = this.standIn.requests.length
    const report = await run(options, {
      workspace: environment.workspace,
      clock: this.clock,
      ecs: async () => this.connect(options.maxAttempts),
      findImage: this.findImage ?? imageFinder(this.connection(options.maxAttempts)),
      onEvent: (event, known) => {
        this.events.push(event)
        streams.event(event, known)
      }
    })
    this.asked.push({ options, requests: this.standIn.requests.slice(before) })
    await streams.finish(report, options)
    this.said.push(readable(streams.texts()))
    return report
  }

  /** As `run`, and throws what failed. */
  async succeed(inputs: Inputs): Promise<Report> {
    const report = await this.run(inputs)
    if (report.error !== undefined) throw report.error
    return report
  }

  /** As `run`, and gives the error that the run must end with. */
  async fail(inputs: Inputs): Promise<{ report: Report; code: string; message: string }> {
    const report = await this.run(inputs)
    const { error } = report
    if (error instanceof StepError) return { report, code: error.code, message: error.message }
    throw new Error(`no StepError: ${error instanceof Error ? error.stack : String(error)}`)
  }

  /** The input error that the inputs end in, whether they are wrong themselves or what they name is. */
  async reject(inputs: Inputs): Promise<InputError> {
    const error = await this.run(inputs).then(
      report => report.error,
      (thrown: unknown) => thrown
    )
    if (error instanceof InputError) return error
    throw new Error(`no InputError: ${error instanceof Error ? error.stack : String(error)}`)
  }

  connect(maxAttempts = 3): Ecs {
    this.connections += 1
    return connect(this.connection(maxAttempts))
  }

  connection(maxAttempts = 3): Connection {
    for (const service of ['ECS', 'CODEDEPLOY', 'CLOUDWATCH_LOGS', 'ECR']) {
      process.env[`AWS_ENDPOINT_URL_${service}`] = this.standIn.url
    }
    const { region } = this.account
    return { region, maxAttempts, userAgent: CREATED_BY, proxy: {}, retryDelay: () => 1 }
  }

  /** The operations that were called, in order. */
  calls(): string[] {
    return this.standIn.requests.map(({ operation }) => operation)
  }

  /** What each call of an operation said. */
  bodies(operation: string): JsonObject[] {
    return this.standIn.requests
      .filter(request => request.operation === operation)
      .map(({ rawBody }) => JSON.parse(rawBody) as JsonObject)
  }

  /** The one body of an operation that was called once. */
  body(operation: string): JsonObject {
    const [body, ...others] = this.bodies(operation)
    if (body === undefined || others.length > 0) throw new Error(`${operation} was called ${others.length} times more`)
    return body
  }

  /** What the log says while deployments are followed. */
  moments(): string[] {
    return this.events.flatMap(event => (event.kind === 'moment' ? [event.moment.text] : []))
  }

  warnings(report: Report): string[] {
    return report.notes.filter(({ level }) => level === 'warning').map(({ text }) => text)
  }

  arn(resource: string): string {
    const { partition, region, accountId } = this.account
    return `arn:${partition}:ecs:${region}:${accountId}:${resource}`
  }

  revisions(family: string): number {
    return this.account.families.get(family)?.length ?? 0
  }

  /** What the service runs, as the account has it. */
  runs(service: string, cluster = 'default'): string | undefined {
    return this.account.services.get(this.arn(`service/${cluster}/${service}`))?.taskDefinition
  }
}

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' }

/** A fresh scene for each test of the file. */
export function useScene(options: StandInOptions = {}): () => Scene {
  let scene: Scene | undefined
  let workspace = ''
  const before = { ...process.env }
  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'flow-'))
    const nowhere = join(workspace, 'no-such-file')
    const files = { AWS_CONFIG_FILE: nowhere, AWS_SHARED_CREDENTIALS_FILE: nowhere }
    Object.assign(process.env, CREDENTIALS, files, { AWS_EC2_METADATA_DISABLED: 'true' })
  })
  beforeEach(async () => {
    const clock = new SceneClock()
    scene = new Scene(await startStandIn({ ...options, now: clock.now }), workspace, clock)
  })
  afterEach(async () => {
    await scene?.standIn.close()
    // Nor does any of them say what was planted as a secret.
    for (const text of scene?.said ?? []) expect(text.match(/.*planted.*/g)).toBeNull()
    // In every scenario there is: the policy that the command gives for its options is enough for it.
    if (scene !== undefined) expect(await missingRights(scene)).toEqual([])
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
