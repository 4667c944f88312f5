import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import { type ActionRun, runAction } from '../../scripts/runner.ts'
import type { JsonObject } from '../../stand-in/json.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { type Inputs, SENSOR } from './flow-scene.ts'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

export const ACTION = join(ROOT, 'dist/index.js')

export interface CommandRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** One ECS and one workspace for the built action and the built command, each a process of its own. */
export class Stage {
  readonly standIn: StandIn
  readonly workspace: string
  private readonly runs: ActionRun[] = []

  constructor(standIn: StandIn, workspace: string) {
    this.standIn = standIn
    this.workspace = workspace
  }

  /** What a job has after configure-aws-credentials. */
  get credentials(): Record<string, string> {
    return {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_ECS: this.standIn.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example'
    }
  }

  async file(name: string, content: string | JsonObject): Promise<void> {
    await writeFile(join(this.workspace, name), typeof content === 'string' ? content : JSON.stringify(content))
  }

  /** The action with the sensor's inputs beside the given ones; an empty value takes an input away. */
  async action(inputs: Inputs, env: Record<string, string> = this.credentials): Promise<ActionRun> {
    const all = { ...SENSOR, ...inputs }
    const run = await runAction({ entry: ACTION, inputs: all, env, workspace: this.workspace })
    this.runs.push(run)
    return run
  }

  /** The command in the workspace, with nothing but the given environment. */
  command(args: readonly string[], env: Record<string, string> = this.credentials): Promise<CommandRun> {
    return new Promise((done, failed) => {
      const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), ...args], {
        cwd: this.workspace,
        env: { PATH: process.env.PATH, HOME: this.workspace, ...env }
      })
      let [stdout, stderr] = ['', '']
      child.stdout.setEncoding('utf8').on('data', text => {
        stdout += text
      })
      child.stderr.setEncoding('utf8').on('data', text => {
        stderr += text
      })
      child.on('error', failed).on('close', status => done({ status, stdout, stderr }))
    })
  }

  calls(): string[] {
    return this.standIn.requests.map(({ operation }) => operation)
  }

  arn(resource: string): string {
    return `arn:aws:ecs:us-east-1:123456789012:${resource}`
  }

  revisions(family: string): number {
    return this.standIn.account.families.get(family)?.length ?? 0
  }

  async close(): Promise<void> {
    await this.standIn.close()
    for (const run of this.runs) await run.dispose()
  }
}

/** The sensor's options as flags of the command. */
export const SENSOR_FLAGS = Object.entries(SENSOR).flatMap(([name, value]) => [`--${name}`, value])

/** A fresh stage for each test of the file. */
export function useStage(): () => Stage {
  let stage: Stage | undefined
  let workspace = ''
  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'bundle-'))
  })
  beforeEach(async () => {
    stage = new Stage(await startStandIn(), workspace)
  })
  afterEach(() => stage?.close())
  afterAll(() => rm(workspace, { recursive: true, force: true }))
  return () => {
    if (stage === undefined) throw new Error('the stage is only there within a test')
    return stage
  }
}
