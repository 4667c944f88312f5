import type { ServiceOptions } from '../deploy/deploy.ts'
import type { Change } from '../sensor/render.ts'
import type { TaskDefinitionSource } from '../source/source.ts'
import type { Note } from '../task-definition/definition.ts'
import type { Provenance, Tag } from '../task-definition/tags.ts'

/** What the run finds around it; only the entries read it from the process. */
export interface Environment {
  /** `AWS_REGION`, else `AWS_DEFAULT_REGION`. */
  readonly region?: string | undefined
  /** The Region of the shared configuration's profile; asked for only when nothing else names one. */
  readonly profileRegion: () => Promise<string | undefined>
  /** Whether the usual places hold AWS credentials; no call is made to find out. */
  readonly hasCredentials: boolean
  readonly workspace: string
  /** Whether there is a file at a path relative to the workspace. */
  readonly fileExists: (path: string) => boolean
  readonly provenance: Provenance
}

export interface Options {
  readonly region: string
  readonly source: TaskDefinitionSource
  readonly cluster: string
  readonly services: readonly string[]
  readonly change: Change
  /** How far the flow goes: a dry run and `register: false` stop after rendering. */
  readonly until: 'render' | 'register' | 'deploy'
  /** Without credentials a rendering from a file asks AWS nothing. */
  readonly aws: 'ask' | 'skip'
  readonly dryRun: boolean
  /** Relative to the workspace. */
  readonly outputFile?: string | undefined
  readonly tags: readonly Tag[]
  readonly provenance: Provenance
  readonly deploy: ServiceOptions
  readonly maxAttempts: number
  /** Texts that must never be shown. */
  readonly secrets: readonly string[]
  readonly notes: readonly Note[]
}
