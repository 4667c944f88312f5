import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const ROOT = join(import.meta.dirname, '../..')

export type Texts = Readonly<Record<string, string | number | boolean>>

export interface Step {
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Texts
  readonly with?: Texts
}

export interface Job {
  readonly if?: string
  readonly needs?: string | readonly string[]
  readonly 'timeout-minutes'?: number
  readonly permissions?: Readonly<Record<string, string>>
  readonly uses?: string
  readonly with?: Texts
  readonly secrets?: Texts
  readonly steps?: readonly Step[]
}

interface Parameter {
  readonly type?: string
  readonly required?: boolean
  readonly default?: string | boolean
}

export interface Callable {
  readonly inputs?: Readonly<Record<string, Parameter>>
  readonly secrets?: Readonly<Record<string, Parameter>>
}

export interface Workflow {
  readonly on: { readonly workflow_call?: Callable | null }
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean }
  readonly permissions?: Readonly<Record<string, string>>
  readonly env?: Texts
  readonly jobs: Readonly<Record<string, Job>>
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Throws for what is no YAML, double keys too. */
export function readYaml<Content>(path: string): Content {
  return parse(readText(path), { strict: true, uniqueKeys: true }) as Content
}

/** Paths of all workflows, those of this repository and those to copy. */
export function workflowPaths(): string[] {
  return [...ownPaths(), ...filesIn('examples/workflows')]
}

/** Paths of the workflows of this repository. */
export function ownPaths(): string[] {
  return filesIn('.github/workflows')
}

/** Paths of the actions that only these workflows use. */
export function actionPaths(): string[] {
  return filesIn('.github/actions').map(folder => `${folder}/action.yml`)
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).map(name => `${folder}/${name}`)
}

export function stepsOf({ steps }: Job): readonly Step[] {
  return steps ?? []
}

export function isOurs({ uses = '' }: Step): boolean {
  return uses === './' || uses === 'levoai/fargate-pcap-action@v1'
}

/** Whether a step runs the action `owner/name`, or one in a folder of it, of whatever version. */
export function runs(name: string): (step: Step) => boolean {
  return ({ uses = '' }) => uses.startsWith(`${name}@`) || uses.startsWith(`${name}/`)
}

/** The path of the workflow of ours that a job calls. */
export function calledBy({ uses = '' }: Job): string | undefined {
  return /^(?:\.|levoai\/fargate-pcap-action)\/(\.github\/workflows\/[\w-]+\.yml)(?:@v1)?$/.exec(uses)?.[1]
}
