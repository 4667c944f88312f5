// npm run corpus -- FOLDER [--verbose]: renders every task definition of a folder in several ways, checks the laws of rendering on
// each result, and prints a table of outcomes by reason. Ends with 1 when a law is broken or anything crashes.
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { InputError, messageOf, StepError } from '../src/errors.ts'
import type { Environment } from '../src/options/options.ts'
import { parseOptions } from '../src/options/parse.ts'
import { findSensors } from '../src/sensor/find.ts'
import { type Change, render } from '../src/sensor/render.ts'
import { readDefinitionFile } from '../src/source/file.ts'
import { type Definition, isFargate } from '../src/task-definition/definition.ts'
import { toRegistrable } from '../src/task-definition/registrable.ts'
import { violations } from '../stand-in/rules.ts'

const REGION = 'us-west-2'
const IMAGE = 'levoai/pcap-sensor:0.1.9'

const WAYS: Readonly<Record<string, Record<string, string>>> = {
  auto: {},
  'low-resource, keep': { 'sensor-profile': 'low-resource', 'task-size': 'keep' },
  'proportional, cpu 0': { 'sensor-profile': 'proportional', cpu: '0' },
  'standard, grow': { 'sensor-profile': 'standard', 'task-size': 'grow' }
}

interface Outcome {
  readonly reason: string
  readonly detail: string
  readonly broken: boolean
}

const [folder, ...flags] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: npm run corpus -- FOLDER [--verbose]')
  process.exit(2)
}
const workspace = resolve(folder)
const files = readdirSync(workspace).filter(file => /\.(json|ya?ml)$/.test(file))
const counts = new Map<string, number[]>()
for (const [column, inputs] of Object.values(WAYS).entries()) {
  const change = await changeFor(inputs)
  for (const file of files) {
    const { reason, detail, broken } = await tryFile(file, change)
    const row = counts.get(reason) ?? Object.values(WAYS).map(() => 0)
    row[column] = (row[column] ?? 0) + 1
    counts.set(reason, row)
    if (broken) process.exitCode = 1
    if (broken || (flags.includes('--verbose') && reason !== 'rendered')) {
      console.log(`${file}\t${Object.keys(WAYS)[column]}\t${reason}\t${detail.replaceAll('\n', ' ')}`)
    }
  }
}
print()

async function changeFor(inputs: Record<string, string>): Promise<Change> {
  const environment: Environment = {
    region: REGION,
    profileRegion: async () => undefined,
    hasCredentials: false,
    workspace,
    fileExists: () => true,
    provenance: { createdBy: 'corpus' }
  }
  const raw = {
    'task-definition': 'any',
    'dry-run': 'true',
    'satellite-url': 'https://satellite.example.com',
    'levo-env': 'staging',
    'levoai-org-id': 'example',
    ...inputs
  }
  return (await parseOptions(raw, environment)).change
}

async function tryFile(file: string, change: Change): Promise<Outcome> {
  let definition: Definition | undefined
  try {
    definition = toRegistrable((await readDefinitionFile(join(workspace, file), file)).definition).definition
    const { after } = render(definition, change, { region: REGION })
    const law = brokenLaw(definition, after, change)
    if (law !== undefined) return { reason: `law broken: ${law}`, detail: '', broken: true }
    return { reason: 'rendered', detail: '', broken: false }
  } catch (error) {
    const reason = reasonOf(error)
    const detail = messageOf(error)
    if (reason === undefined) return { reason: 'crashed', detail: String((error as Error).stack), broken: true }
    const mustRender = definition !== undefined && grows(change) && isPlainFargate(definition)
    return { reason: mustRender ? `${reason}, although it grows` : reason, detail, broken: mustRender }
  }
}

/** What holds for everything that renders; the first law that does not. */
function brokenLaw(before: Definition, after: Definition, change: Change): string | undefined {
  const context = { region: REGION }
  if (!isDeepStrictEqual(render(after, change, context).after, after)) return 'rendering twice is rendering once'
  if (violations({ ...before }).length === 0 && violations({ ...after }).length > 0)
    return 'ECS takes what it took before'
  if (findSensors(before, IMAGE).length > 0) return undefined
  const removed = render(after, { kind: 'remove', image: IMAGE }, context).after
  if (JSON.stringify(removed) !== JSON.stringify(before)) return 'removing gives back what was there'
  const app = after.containerDefinitions.slice(0, -1)
  return isDeepStrictEqual(app, before.containerDefinitions) ? undefined : 'nothing but the sensor differs'
}

function grows(change: Change): boolean {
  return change.kind === 'install' && change.sensor.taskSize === 'grow'
}

/** A Fargate definition for Linux that ECS itself would take, with room for one more container. */
function isPlainFargate(definition: Definition): boolean {
  const fits = definition.containerDefinitions.length <= 9 && findSensors(definition, IMAGE).length === 0
  const windows = JSON.stringify(definition.runtimePlatform ?? {}).includes('WINDOWS')
  return fits && !windows && isFargate(definition) && violations({ ...definition }).length === 0
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof StepError) return `refused: ${error.code}`
  if (!(error instanceof InputError)) return undefined
  const { message } = error
  if (/not valid (JSON|YAML)|usable YAML/.test(message)) return 'input: not valid JSON or YAML (a template)'
  if (/is a share of the task/.test(message)) return 'input: a share, and the task has no size'
  if (/needs a "name"/.test(message)) return 'input: a container without a name'
  return `input: ${message.replace(/^[^:]*: \S+: /, '').slice(0, 60)}`
}

function print(): void {
  const ways = Object.keys(WAYS)
  console.log(
    `${files.length} files\n\n| outcome | ${ways.join(' | ')} |\n| --- | ${ways.map(() => '---:').join(' | ')} |`
  )
  for (const [reason, row] of [...counts].sort(([a], [b]) => a.localeCompare(b)))
    console.log(`| ${reason} | ${row.join(' | ')} |`)
}
