// npm run pictures: reports of the current sources, from runs against an imitation of ECS, as GitHub shows them. Those of the documents
// go to docs/pictures/, all of them and their Markdown to a temporary folder, to be looked at; names of scenes as arguments: only those.
// Needs Chromium or Chrome, and looks most like GitHub's with the fonts Noto Sans, Liberation Mono and Noto Color Emoji.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { VirtualClock } from '../__tests__/support/virtual-clock.ts'
import { connect } from '../src/ecs/client.ts'
import { readEnvironment } from '../src/host/environment.ts'
import { bodyOf, markerOf, targetOf } from '../src/host/github-comment.ts'
import type { CommentOptions, Options } from '../src/options/options.ts'
import { parseRun, rawSecrets } from '../src/options/parse.ts'
import { toFleetMarkdown } from '../src/report/fleet.ts'
import { toMarkdown } from '../src/report/markdown.ts'
import { planLines } from '../src/report/plan.ts'
import { redactor } from '../src/report/redact.ts'
import type { Report } from '../src/report/report.ts'
import { runFleet } from '../src/rollout/run-fleet.ts'
import { run } from '../src/run.ts'
import { startStandIn } from '../stand-in/server.ts'
import { findBrowser, type Look, takePicture, toPage } from './picture-page.ts'
import { SCENES, type Scene } from './picture-scenes.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' }

/** As a job of a workflow sees itself; that of a pull request from a fork has no credentials, and none are to be found at home. */
const VARIABLES = {
  AWS_REGION: 'us-east-1',
  AWS_CONFIG_FILE: join(root, 'no-such-file'),
  AWS_SHARED_CREDENTIALS_FILE: join(root, 'no-such-file'),
  AWS_EC2_METADATA_DISABLED: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'example/web',
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '1234567890',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_WORKFLOW_REF: 'example/web/.github/workflows/deploy.yml@refs/heads/main',
  GITHUB_JOB: 'deploy'
}

/** Bytes: a page is to load quickly. */
const LARGEST = 150_000

const LOOKS: Readonly<Record<string, Look>> = {
  light: { theme: 'light', width: 1012, scale: 1.5 },
  unfolded: { theme: 'light', width: 1012, scale: 1.5, unfolded: true },
  dark: { theme: 'dark', width: 1012, scale: 1.5 },
  narrow: { theme: 'light', width: 700, scale: 1.5, breaks: true }
}

async function main(): Promise<void> {
  const browser = findBrowser(process.env)
  if (browser === undefined) {
    console.error('No browser: install Chromium or Chrome, or say in CHROMIUM which one to start.')
    process.exitCode = 1
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  const pictures = join(root, 'docs/pictures')
  mkdirSync(pictures, { recursive: true })
  const named = process.argv.slice(2)
  for (const scene of SCENES.filter(({ name }) => named.length === 0 || named.includes(name))) {
    await draw(scene, browser, folder)
    if (scene.kept) keep(join(folder, `${scene.name}-light.png`), join(pictures, `${scene.name}.png`))
  }
  console.log(`\nAll pictures and their Markdown: ${folder}`)
}

/** One scene in every look, and what GitHub does not show as it is meant. */
async function draw(scene: Scene, browser: string, folder: string): Promise<void> {
  const markdown = await play(scene)
  writeFileSync(join(folder, `${scene.name}.md`), markdown)
  const faults = new Set<string>()
  const lines = Object.entries(LOOKS).map(async ([name, given]) => {
    const look = { breaks: scene.asComment ?? false, ...given }
    const page = toPage(markdown, look)
    for (const fault of page.faults) faults.add(`  ! ${fault}`)
    const { height, wide } = await takePicture(browser, page.html, look, join(folder, `${scene.name}-${name}.png`))
    return `  ${name}: ${look.width} x ${height}${wide === '' ? '' : `, scrolled sideways: ${wide}`}`
  })
  console.log([scene.name, ...(await Promise.all(lines)), ...faults].join('\n'))
}

function keep(from: string, to: string): void {
  const { size } = statSync(from)
  if (size > LARGEST) throw new Error(`${to} would have ${size} bytes, and may have ${LARGEST}`)
  copyFileSync(from, to)
  console.log(`-> docs/pictures/${to.replace(/^.*\//, '')}, ${Math.round(size / 1000)} kB`)
}

const ENDPOINTS = ['ECS', 'CODEDEPLOY', 'CLOUDWATCH_LOGS']

/** What the job summary of a run, or the comment of one, says. Time is imagined: only what the run sleeps passes. */
async function play(scene: Scene): Promise<string> {
  const clock = new VirtualClock()
  const workspace = mkdtempSync(join(tmpdir(), 'workspace-'))
  const standIn = await startStandIn({ region: VARIABLES.AWS_REGION, now: clock.now })
  try {
    Object.assign(process.env, CREDENTIALS, VARIABLES)
    for (const service of ENDPOINTS) process.env[`AWS_ENDPOINT_URL_${service}`] = standIn.url
    const example = JSON.parse(readFileSync(join(root, 'examples/task-definition.json'), 'utf8'))
    const given = scene.prepare(standIn, example)
    writeFileSync(join(workspace, 'task-definition.json'), JSON.stringify(given, null, 2))
    for (const inputs of scene.earlier ?? []) await report({ ...scene, inputs }, workspace, clock)
    return await report(scene, workspace, clock)
  } finally {
    await standIn.close()
    rmSync(workspace, { recursive: true, force: true })
  }
}

async function report(scene: Scene, workspace: string, clock: VirtualClock): Promise<string> {
  const { inputs, offline } = scene
  const variables = { ...VARIABLES, ...(offline ? {} : CREDENTIALS) }
  const parsed = await parseRun(inputs, readEnvironment(variables, workspace))
  const { maxAttempts, provenance } = parsed.kind === 'fleet' ? parsed.options.each : parsed.options
  const ecsIn = async (region: string) =>
    clock.trackCalls(connect({ region, maxAttempts, userAgent: provenance.createdBy, proxy: {} }))
  const findImage = () => Promise.reject(new Error('no registry is asked'))
  const world = { workspace, clock, findImage, onEvent: () => {} }
  const redact = redactor(rawSecrets(inputs))
  if (parsed.kind === 'fleet') {
    const listRegions = () => Promise.reject(new Error('the Regions are named'))
    return redact(toFleetMarkdown(await runFleet(parsed.options, { ...world, ecsIn, listRegions })))
  }
  const { options } = parsed
  const ended = await run(options, { ...world, ecs: () => ecsIn(options.region) })
  const text = redact(toMarkdown(ended, planLines(ended)))
  return scene.asComment ? asComment(ended, text, { options, redact, variables }) : text
}

interface Around {
  readonly options: Options
  readonly redact: (text: string) => string
  readonly variables: Readonly<Record<string, string>>
}

/** The comment on the pull request with that text; the text alone where there is nothing to comment on. */
function asComment(ended: Report, text: string, { options, redact, variables }: Around): string {
  const { source, services } = options
  const comment: CommentOptions = options.comment ?? { token: undefined, source, services }
  const target = targetOf(comment, ended)
  if (target === undefined) return text
  return bodyOf({ options: comment, report: ended, text, redact, variables }, markerOf(target, variables), target)
}

await main()
