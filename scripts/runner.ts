import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ActionRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** The runner's temporary folder; the caller removes it with `dispose`. */
  readonly temp: string
  readonly dispose: () => Promise<void>
}

export interface ActionOptions {
  /** The script to start, such as `dist/index.js`. */
  readonly entry: string
  readonly inputs: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** The folder that the job works in. */
  readonly workspace: string
  /** Scripts for Node to load before it. */
  readonly preload?: readonly string[]
  /** Milliseconds after which it is killed: its status is then null. */
  readonly timeout?: number
}

/** Starts the action as the GitHub runner does: inputs as `INPUT_…` variables, files for outputs and summary, nothing else inherited. */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const { entry, inputs, env = {}, workspace, preload = [], timeout = 0 } = options
  const temp = await mkdtemp(join(tmpdir(), 'runner-'))
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') }
  for (const file of Object.values(files)) await writeFile(file, '')
  const child = spawn(process.execPath, [...preload.flatMap(script => ['--require', script]), entry], {
    timeout,
    killSignal: 'SIGKILL',
    cwd: workspace,
    env: {
      PATH: process.env.PATH,
      HOME: temp,
      RUNNER_TEMP: temp,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_REPOSITORY: 'example/web',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '1234567890',
      GITHUB_RUN_ATTEMPT: '1',
      ...files,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...env
    }
  })
  const [stdout, stderr, status] = await Promise.all([
    collect(child.stdout),
    collect(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject))
  ])
  return {
    status,
    stdout,
    stderr,
    outputs: readOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    temp,
    dispose: () => rm(temp, { recursive: true, force: true })
  }
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** The file's blocks `name<<delimiter … delimiter`; of a name that is set twice the runner takes the last. */
export function readOutputs(text: string): Record<string, string> {
  const blocks = text.matchAll(/^([^\n=]+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)
  return Object.fromEntries([...blocks].map(([, name, , value]) => [name, value]))
}
