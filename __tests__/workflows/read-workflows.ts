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
  readonly on: { readonly workflow_call?: Callable }
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

/** Throws for what is no YAML, double keys too. */
export function readYaml<Content>(path: string): Content {
  return parse(readFileSync(join(ROOT, path), 'utf8'), { strict: true, uniqueKeys: true }) as Content
}

/** Paths of all workflows, those of this repository and those to copy. */
export function workflowPaths(): string[] {
  return ['.github/workflows', 'examples/workflows'].flatMap(folder =>
    readdirSync(join(ROOT, folder)).map(name => `${folder}/${name}`)
  )
}

export function stepsOf({ steps }: Job): readonly Step[] {
  return steps ?? []
}

export function isOurs({ uses = '' }: Step): boolean {
  return uses === './' || uses === 'levoai/fargate-pcap-action@v1'
}

/** The path of the workflow of ours that a job calls. */
export function calledBy({ uses = '' }: Job): string | undefined {
  return /^(?:\.|levoai\/fargate-pcap-action)\/(\.github\/workflows\/[\w-]+\.yml)(?:@v1)?$/.exec(uses)?.[1]
}
