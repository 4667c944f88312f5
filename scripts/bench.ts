// npm run bench: whole processes, interleaved in one run, medians and ratios; then rollouts in simulated time.
// With --check the budgets decide the exit status.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { getPeers } from './bench-peers.ts'
import { measureRollouts } from './bench-rollouts.ts'

const ROUNDS = 41
/** Of those, how many the other actions take part in, which take several times as long. */
const PEER_ROUNDS = 21
const WARM_UPS = 2
const BUDGET = { dryRunRatio: 1.8, distBytes: 1_500_000, dryRunBytes: 250_000 }
/** Printed, not checked: what others ship is not ours to keep. */
const AIM = { renderRatio: 0.35, chainRatio: 0.5 }

const BARE = 'bare node -e 0'
const DRY_RUN = 'dry run from a file'
const REGISTER = 'register and update'
const RENDER = "AWS's render action"
const CHAIN = "AWS's render and deploy actions"

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const workspace = join(root, 'examples')
/** Each measured run registers something that no run before it did. */
let count = 0
const temp = mkdtempSync(join(tmpdir(), 'bench-'))
const peers = getPeers()

interface Measured {
  /** Milliseconds of CPU, user and system. */
  readonly cpu: number
  /** Milliseconds from start to end. */
  readonly wall: number
  readonly loaded: readonly string[]
}

type Variables = Readonly<Record<string, string>>

interface Step {
  readonly args: readonly string[]
  /** From what the step before has set as its outputs. */
  readonly env: (outputs: Variables) => Variables
}

interface Case {
  readonly name: string
  readonly rounds: number
  /** Processes, one after the other. `round` makes each definition differ from the one before, so that each run has something to register. */
  readonly steps: (round: number) => readonly Step[]
}

const surroundings = {
  HOME: temp,
  RUNNER_TEMP: temp,
  GITHUB_WORKSPACE: workspace,
  GITHUB_OUTPUT: join(temp, 'output'),
  GITHUB_STEP_SUMMARY: join(temp, 'summary'),
  AWS_REGION: 'us-east-1',
  'INPUT_TASK-DEFINITION': 'task-definition.json'
}

const inputs = (round: number) => ({
  ...surroundings,
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
  const own = (name: string, args: readonly string[], env: (round: number) => Variables): Case => ({
    name,
    rounds: ROUNDS,
    steps: round => [{ args, env: () => env(round) }]
  })
  return [
    own(BARE, ['-e', '0'], () => ({})),
    own(DRY_RUN, [entry], round => ({ ...inputs(round), 'INPUT_DRY-RUN': 'true' })),
    own(REGISTER, [entry], round => ({ ...inputs(round), ...aws, ...service })),
    ...('lacking' in peers ? [] : casesOf(peers, aws))
  ]
}

/** What people have in its place: the image put in by one action, registered and deployed by the next. */
function casesOf({ render, deploy }: Exclude<typeof peers, { lacking: string }>, aws: Variables): Case[] {
  const rendering = (round: number): Step => ({
    args: [join(render.dist, 'index.js')],
    env: () => ({ ...surroundings, 'INPUT_CONTAINER-NAME': 'web', INPUT_IMAGE: `web:${round}` })
  })
  const deploying: Step = {
    args: [join(deploy.dist, 'index.js')],
    env: outputs => ({
      ...surroundings,
      ...aws,
      'INPUT_TASK-DEFINITION': outputs['task-definition'] ?? '',
      INPUT_SERVICE: 'web',
      INPUT_CLUSTER: 'default'
    })
  }
  return [
    { name: RENDER, rounds: PEER_ROUNDS, steps: round => [rendering(round)] },
    { name: CHAIN, rounds: PEER_ROUNDS, steps: round => [rendering(round), deploying] }
  ]
}

function measure({ name, steps }: Case, round: number): Measured {
  const measured: Measured[] = []
  for (const { args, env } of steps(round)) measured.push(measureStep(name, args, env(readOutputs())))
  const sum = (of: (step: Measured) => number) => measured.reduce((total, step) => total + of(step), 0)
  return { cpu: sum(({ cpu }) => cpu), wall: sum(({ wall }) => wall), loaded: measured.flatMap(({ loaded }) => loaded) }
}

function measureStep(name: string, args: readonly string[], env: Variables): Measured {
  for (const file of ['output', 'summary']) writeFileSync(join(temp, file), '')
  const begun = process.hrtime.bigint()
  const probe = ['--require', join(root, 'scripts/bench-probe.cjs')]
  const { status, output } = spawnSync(process.execPath, [...probe, ...args], {
    cwd: workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8'
  })
  const wall = Number(process.hrtime.bigint() - begun) / 1e6
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${output.slice(1, 3).join('')}`)
  return { wall, ...JSON.parse(output[3] ?? '') }
}

/** What the step before has set, of one line each. */
function readOutputs(): Variables {
  const text = readFileSync(join(temp, 'output'), 'utf8')
  return Object.fromEntries([...text.matchAll(/^(.+)<<(.+)\n(.*)\n\2$/gm)].map(([, name, , value]) => [name, value]))
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
if ('lacking' in peers) console.log(`The actions of AWS are not measured: ${peers.lacking}.\n`)
const server = await startStandIn()
try {
  // Other work on the machine only ever adds: a budget is exceeded when it is so in each of twenty measurements.
  let kept = report(measureAll(cases(server.url)))
  const checked = cases(server.url).filter(({ name }) => name === BARE || name === DRY_RUN)
  for (let again = 0; checks && !kept && again < 19; again++) kept = report(measureAll(checked))
  if (checks && !kept) process.exitCode = 1
} finally {
  server.stop()
  rmSync(temp, { recursive: true, force: true })
}
const rollouts = await measureRollouts()
console.log(`\n${rollouts.lines.join('\n')}`)
if (checks && !rollouts.kept) process.exitCode = 1

function measureAll(all: readonly Case[]): Map<string, Measured[]> {
  const measured = new Map<string, Measured[]>()
  for (let round = 0; round < ROUNDS + WARM_UPS; round++) {
    for (const each of all) {
      if (round >= each.rounds + WARM_UPS) continue
      const result = measure(each, count++)
      if (round >= WARM_UPS) measured.set(each.name, [...(measured.get(each.name) ?? []), result])
    }
  }
  return measured
}

/** The median of the rounds' own ratios: processes of one round run side by side, so the machine's moods cancel out. */
function ratioOf(runs: readonly Measured[], others: readonly Measured[]): number {
  const ratios = runs.map((run, round) => run.cpu / (others[round]?.cpu ?? Number.NaN))
  return median(ratios.filter(ratio => !Number.isNaN(ratio)))
}

/** Prints the figures; whether every budget was kept. */
function report(measured: ReadonlyMap<string, readonly Measured[]>): boolean {
  const of = (name: string) => measured.get(name) ?? []
  console.log(
    `medians of ${ROUNDS} whole processes each, interleaved (AWS's: ${PEER_ROUNDS}); Node ${process.version}\n`
  )
  console.log('| case | CPU ms | wall ms | CPU / bare node |\n| --- | ---: | ---: | ---: |')
  for (const [name, runs] of measured) {
    const [cpu, wall] = [median(runs.map(run => run.cpu)), median(runs.map(run => run.wall))]
    console.log(`| ${name} | ${cpu.toFixed(1)} | ${wall.toFixed(1)} | ${ratioOf(runs, of(BARE)).toFixed(2)} |`)
  }
  const loaded = of(DRY_RUN)[0]?.loaded.filter(file => file.startsWith(dist)) ?? []
  const figures = [
    ['dry run CPU / bare node CPU', ratioOf(of(DRY_RUN), of(BARE)), BUDGET.dryRunRatio],
    ['bytes of all scripts in dist/', sizeOf(scriptsIn(dist)), BUDGET.distBytes],
    ['bytes of them that a dry run loads', sizeOf(loaded), BUDGET.dryRunBytes]
  ] as const
  console.log('\n| figure | measured | budget |\n| --- | ---: | ---: |')
  for (const [name, value, budget] of figures) {
    console.log(`| ${name} | ${shown(value)} | ${budget}${value <= budget ? '' : ' (exceeded)'} |`)
  }
  if (!('lacking' in peers) && measured.has(CHAIN)) {
    const { render, deploy } = peers
    console.log('\n| beside the actions of AWS | measured | aim |\n| --- | ---: | ---: |')
    console.log(`| dry run CPU / ${RENDER} | ${shown(ratioOf(of(DRY_RUN), of(RENDER)))} | ${AIM.renderRatio} |`)
    console.log(`| ${REGISTER} CPU / ${CHAIN} | ${shown(ratioOf(of(REGISTER), of(CHAIN)))} | ${AIM.chainRatio} |`)
    for (const each of [render, deploy]) console.log(`| bytes of ${each.name} | ${sizeOf(scriptsIn(each.dist))} | |`)
  }
  return figures.every(([, value, budget]) => value <= budget)
}

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2)
}

function scriptsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.js'))
    .map(file => join(folder, file))
}
