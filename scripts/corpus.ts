// npm run corpus -- FOLDER: renders every task definition of a folder three ways and counts the outcomes by reason.
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemClock } from '../src/deploy/clock.ts'
import { InputError, messageOf, StepError } from '../src/errors.ts'
import type { Environment } from '../src/options/options.ts'
import { parseOptions } from '../src/options/parse.ts'
import { run } from '../src/run.ts'

const WAYS = {
  auto: {},
  'low-resource, task-size keep': { 'sensor-profile': 'low-resource', 'task-size': 'keep' },
  'proportional, cpu 0': { 'sensor-profile': 'proportional', cpu: '0' }
}

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: npm run corpus -- FOLDER')
  process.exit(2)
}
const workspace = resolve(folder)
const environment: Environment = {
  region: 'us-west-2',
  profileRegion: async () => undefined,
  hasCredentials: false,
  workspace,
  fileExists: () => true,
  provenance: { createdBy: 'corpus' }
}
const verbose = process.argv.includes('--verbose')
const files = readdirSync(workspace).filter(file => /\.(json|ya?ml)$/.test(file))
const counts = new Map<string, number[]>()
for (const [column, inputs] of Object.values(WAYS).entries()) {
  for (const file of files) {
    const [reason, detail] = await outcomeOf(file, inputs)
    const row = counts.get(reason) ?? Object.values(WAYS).map(() => 0)
    row[column] = (row[column] ?? 0) + 1
    counts.set(reason, row)
    if (verbose && reason !== 'rendered') console.log(`${file}\t${reason}\t${detail.replaceAll('\n', ' ')}`)
  }
}
console.log(
  `${files.length} files\n\n| outcome | ${Object.keys(WAYS).join(' | ')} |\n| --- | ${Object.keys(WAYS)
    .map(() => '---:')
    .join(' | ')} |`
)
for (const [reason, row] of [...counts].sort(([a], [b]) => a.localeCompare(b)))
  console.log(`| ${reason} | ${row.join(' | ')} |`)
if ([...counts.keys()].some(reason => reason.startsWith('crashed'))) process.exitCode = 1

async function outcomeOf(file: string, inputs: Record<string, string>): Promise<[string, string]> {
  const raw = {
    'task-definition': file,
    'dry-run': 'true',
    'satellite-url': 'https://satellite.example.com',
    'levo-env': 'staging',
    'levoai-org-id': 'example',
    ...inputs
  }
  const options = await parseOptions(raw, environment)
  const { error } = await run(options, {
    workspace,
    clock: systemClock,
    ecs: () => Promise.reject(new Error('a dry run without credentials must not ask AWS')),
    onEvent: () => {}
  })
  if (error === undefined) return ['rendered', '']
  if (error instanceof StepError) return [`refused: ${error.code}`, error.message]
  if (error instanceof InputError) return [`input: ${inputReason(error.message)}`, error.message]
  return [`crashed: ${messageOf(error)}`, messageOf(error)]
}

function inputReason(message: string): string {
  if (/not valid (JSON|YAML)|usable YAML/.test(message)) return 'not valid JSON or YAML (a template)'
  if (/is a share of the task/.test(message)) return 'a share, and the task has no size'
  if (/comes to \d+ MiB/.test(message)) return 'the share is below 6 MiB'
  return message.replace(/^[^:]*: \S+: /, '').slice(0, 80)
}
