import type { CodeDeployOptions } from '../deploy/code-deploy.ts'
import type { ServiceOptions } from '../deploy/deploy.ts'
import type { FollowOptions } from '../deploy/deployment.ts'
import type { FleetSensor, Rhythm, Scope } from '../fleet/fleet.ts'
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

/** How far the flow goes: a dry run and `register: false` stop after rendering; `verify` looks at services as they stand. */
type Until =
  | { readonly until: 'verify'; readonly follow: FollowOptions }
  | {
      readonly until: 'render' | 'register' | 'deploy'
      /** Absent when a deployment is only started. */
      readonly follow?: FollowOptions | undefined
    }

/** A comment on the pull request of the run; what it is about has to be the same in each run. */
export interface CommentOptions {
  readonly token: string | undefined
  readonly source: TaskDefinitionSource
  readonly services: readonly string[]
  /** What a fleet was asked for, in words that are the same in each run. */
  readonly fleet?: readonly string[] | undefined
}

export type Options = Until & CommonOptions

interface CommonOptions {
  readonly region: string
  readonly source: TaskDefinitionSource
  readonly cluster: string
  readonly services: readonly string[]
  readonly change: Change
  /** Without credentials a rendering from a file asks AWS nothing. */
  readonly aws: 'ask' | 'skip'
  readonly dryRun: boolean
  /** `register: false`: without dry-run, too, it stops after rendering. */
  readonly rendersOnly: boolean
  /** `off` too where no sensor is installed, and where nothing may be asked. */
  readonly checkImage: 'warn' | 'require' | 'off'
  /** Relative to the workspace. */
  readonly outputFile?: string | undefined
  readonly tags: readonly Tag[]
  readonly provenance: Provenance
  readonly deploy: ServiceOptions
  /** For one service under the controller CODE_DEPLOY. */
  readonly codeDeploy: CodeDeployOptions
  /** How patient a wait is, for whatever is waited for. */
  readonly patience: Pick<FollowOptions, 'minutes' | 'maxDelay'>
  /** Whether a deployment that is under way is followed to its end, before its tasks are judged. */
  readonly waits: boolean
  readonly maxAttempts: number
  /** Absent when no comment is asked for. */
  readonly comment?: CommentOptions | undefined
  /** Texts that must never be shown. */
  readonly secrets: readonly string[]
  readonly notes: readonly Note[]
}

/** A run over many services. */
export interface FleetOptions {
  readonly mode: 'install' | 'remove' | 'discover' | 'restore'
  readonly scope: Scope
  readonly rhythm: Rhythm
  /** Services for each entry of the matrix. */
  readonly matrixSize: number
  /** States of the sensor that fail `mode: discover`. */
  readonly failOn: readonly FleetSensor[]
  /** The services' tag that says the sensor's environment. */
  readonly levoEnvTag?: string | undefined
  /** Path of an earlier run's results, relative to the workspace; of `mode: restore`. */
  readonly resultsFile?: string | undefined
  /** Whether the sensor's required options are given, so that a difference can be told (always so in install). */
  readonly knowsSensor: boolean
  /**
   * What is done with each service, as a step for it alone would: Region, cluster, services and source are filled in for each. The Region is
   * where the run starts from; in `mode: restore` it may be empty.
   */
  readonly each: Options
}
