// npm run bench: whole processes, interleaved in one run, medians and ratios; then rollouts in simulated time.
// With --check the budgets decide the exit status.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { measureRollouts } from './bench-rollouts.ts'

const ROUNDS = 41
const WARM_UPS = 2
const BUDGET = { dryRunRatio: 2.3, distBytes: 1_500_000, dryRunBytes: 250_000 }

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const workspace = join(root, 'examples')
/** Each measured run registers something that no run before it did. */
let count = 0
const temp = mkdtempSync(join(tmpdir(), 'bench-'))

interface Measured {
  /** Milliseconds of CPU, user and system. */
  readonly cpu: number
  /** Milliseconds from start to end. */
  readonly wall: number
  readonly loaded: readonly string[]
}

interface Case {
  readonly name: string
  readonly args: readonly string[]
  /** `round` makes each definition differ from the one before, so that each run has something to register. */
  readonly env: (round: number) => Record<string, string>
}

const inputs = (round: number) => ({
  HOME: temp,
  RUNNER_TEMP: temp,
  GITHUB_OUTPUT: join(temp, 'output'),
  GITHUB_STEP_SUMMARY: join(temp, 'summary'),
  AWS_REGION: 'us-east-1',
  'INPUT_TASK-DEFINITION': 'task-definition.json',
  'INPUT_SATELLITE-URL': 'https://satellite.example.com',
  'INPUT_LEVO-ENV': `staging-${round}`,
  'INPUT_LEVOAI-ORG-ID': 'example',
  // What a registry takes to answer is not what is measured.
  'INPUT_CHECK-IMAGE': 'off'
})

function cases(url: string): Case[] {
  const entry = join(dist, 'index.js')
  const aws = { AWS_ENDPOINT_URL_ECS: url, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' }
  const service = { INPUT_SERVICE: 'web', 'INPUT_ON-DEPLOYMENT-IN-PROGRESS': 'replace' }
  return [
    { name: 'bare node -e 0', args: ['-e', '0'], env: () => ({}) },
    { name: 'dry run from a file', args: [entry], env: round => ({ ...inputs(round), 'INPUT_DRY-RUN': 'true' }) },
    { name: 'register and update', args: [entry], env: round => ({ ...inputs(round), ...aws, ...service }) }
  ]
}

function measure({ name, args, env }: Case, round: number): Measured {
  const begun = process.hrtime.bigint()
  const probe = ['--require', join(root, 'scripts/bench-probe.cjs')]
  const { status, output } = spawnSync(process.execPath, [...probe, ...args], {
    cwd: workspace,
    env: env(round),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8'
  })
  const wall = Number(process.hrtime.bigint() - begun) / 1e6
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${output.slice(1, 3).join('')}`)
  return { wall, ...JSON.parse(output[3] ?? '') }
}

/** The stand-in as a process of its own: this one is blocked while a measured process runs. */
async function startStandIn(): Promise<{ url: string; stop: () => void }> {
  const seed = join(temp, 'seed.json')
  const definition = JSON.parse(readFileSync(join(workspace, 'task-definition.json'), 'utf8'))
  writeFileSync(
    seed,
    JSON.stringify({ taskDefinitions: [{ definition }], services: [{ name: 'web', taskDefinition: 'web' }] })
  )
  const child = spawn(process.execPath, [join(root, 'stand-in/main.ts'), '--seed', seed], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  for await (const line of createInterface(child.stdout)) {
    const url = /AWS_ENDPOINT_URL_ECS=(\S+)/.exec(line)?.[1]
    if (url !== undefined) return { url, stop: () => child.kill() }
  }
  throw new Error('the stand-in did not start')
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function sizeOf(files: readonly string[]): number {
  return files.reduce((total, file) => total + statSync(file).size, 0)
}

for (const file of ['output', 'summary']) writeFileSync(join(temp, file), '')
const checks = process.argv.includes('--check')
const server = await startStandIn()
try {
  // Other work on the machine only ever adds: a budget is exceeded when it is so in each of five measurements.
  let kept = report(measureAll(server.url))
  for (let again = 0; checks && !kept && again < 4; again++) kept = report(measureAll(server.url))
  if (checks && !kept) process.exitCode = 1
} finally {
  server.stop()
  rmSync(temp, { recursive: true, force: true })
}
const rollouts = await measureRollouts()
console.log(`\n${rollouts.lines.join('\n')}`)
if (checks && !rollouts.kept) process.exitCode = 1

function measureAll(url: string): Map<string, Measured[]> {
  const measured = new Map<string, Measured[]>()
  for (let round = 0; round < ROUNDS + WARM_UPS; round++) {
    for (const each of cases(url)) {
      const result = measure(each, count++)
      if (round >= WARM_UPS) measured.set(each.name, [...(measured.get(each.name) ?? []), result])
    }
  }
  return measured
}

/** The median of the rounds' own ratios: processes of one round run side by side, so the machine's moods cancel out. */
function ratioOf(runs: readonly Measured[], bare: readonly Measured[]): number {
  return median(runs.map((run, round) => run.cpu / (bare[round]?.cpu ?? Number.NaN)))
}

/** Prints the figures; whether every budget was kept. */
function report(measured: ReadonlyMap<string, readonly Measured[]>): boolean {
  const bare = measured.get('bare node -e 0') ?? []
  const dryRun = measured.get('dry run from a file') ?? []
  console.log(`medians of ${ROUNDS} whole processes each, interleaved; Node ${process.version}\n`)
  console.log('| case | CPU ms | wall ms | CPU / bare node |\n| --- | ---: | ---: | ---: |')
  for (const [name, runs] of measured) {
    const [cpu, wall] = [median(runs.map(run => run.cpu)), median(runs.map(run => run.wall))]
    console.log(`| ${name} | ${cpu.toFixed(1)} | ${wall.toFixed(1)} | ${ratioOf(runs, bare).toFixed(2)} |`)
  }
  const scripts = readdirSync(dist).filter(file => file.endsWith('.js'))
  const loaded = dryRun[0]?.loaded.filter(file => file.startsWith(dist)) ?? []
  const figures = [
    ['dry run CPU / bare node CPU', ratioOf(dryRun, bare), BUDGET.dryRunRatio],
    ['bytes of all scripts in dist/', sizeOf(scripts.map(file => join(dist, file))), BUDGET.distBytes],
    ['bytes of them that a dry run loads', sizeOf(loaded), BUDGET.dryRunBytes]
  ] as const
  console.log('\n| figure | measured | budget |\n| --- | ---: | ---: |')
  for (const [name, value, budget] of figures) {
    const shown = Number.isInteger(value) ? value : value.toFixed(2)
    console.log(`| ${name} | ${shown} | ${budget}${value <= budget ? '' : ' (exceeded)'} |`)
  }
  return figures.every(([, value, budget]) => value <= budget)
}
