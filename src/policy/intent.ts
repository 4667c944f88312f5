import { arnOf, type Repository, type ResourceKind, resourceArn, type Scope } from './statements.ts'

/** What a run would do, as far as rights go. Names may be patterns, of `*` and `?`. */
export interface Intent {
  readonly partition: string
  readonly account: string
  readonly regions: readonly string[]
  /** How far it goes; `verify` and `discover` look at services as they stand, `restore` moves them onto what there is. */
  readonly until: 'render' | 'register' | 'deploy' | 'verify' | 'discover' | 'restore'
  /** The task definition comes from a file: then what AWS has is only compared with. */
  readonly fromFile: boolean
  readonly clusters: readonly string[]
  readonly services: readonly string[]
  /** What has to be listed to find the services of a fleet; absent where they are named. */
  readonly lists?: Listing | undefined
  /** Of which revisions are registered. */
  readonly families: readonly string[]
  /** ARNs of the roles that registered revisions name. */
  readonly roles: readonly string[]
  /** Of images that are looked up in ECR. */
  readonly images: readonly Repository[]
  /** Whether services are updated in anything but their revision. */
  readonly changesSettings: boolean
  /** Absent when a deployment is only started. */
  readonly follow?: Following | undefined
  /** Absent where ECS itself deploys. */
  readonly codeDeploy?: CodeDeployTarget | undefined
}

export interface Listing {
  readonly regions: boolean
  readonly clusters: boolean
  readonly services: boolean
}

export interface Following {
  /** Whether deployments are watched to their ends, or tasks only looked at as they stand. */
  readonly watches: boolean
  /** Whether the run fails without the proof that the sensor runs. */
  readonly requires: boolean
  readonly rollsBack: boolean
  /** `GROUP:log-stream:STREAMS` of the sensor; absent where it has no log that could be read. */
  readonly sensorLog?: string | undefined
}

export interface CodeDeployTarget {
  readonly application: string
  readonly group: string
  /** The deployment group's own when absent. */
  readonly config?: string | undefined
}

/** The account's places that a run has to do with. */
export function scopesOf({ partition, account, regions }: Intent): Scope[] {
  return regions.map(region => ({ partition, account, region }))
}

/** The ARNs of a kind that a run has to do with, each once. */
export function arnsOf(kind: ResourceKind, intent: Intent): string[] {
  const { clusters, services: named, families, follow, codeDeploy: target } = intent
  const others = {
    logStream: follow?.sensorLog ?? '*',
    deploymentGroup: target === undefined ? '*' : `${target.application}/${target.group}`,
    repository: '*'
  }
  const arns = scopesOf(intent).flatMap(scope =>
    (kind === 'task-definition' ? families.flatMap(ofFamily) : ['*']).flatMap(family =>
      clusters.flatMap(cluster =>
        (named.length === 0 ? ['*'] : named).map(service =>
          resourceArn(kind, { ...scope, ...others, cluster, service, family })
        )
      )
    )
  )
  return [...new Set(arns)]
}

/** What is asked on `*` can be kept to clusters. */
export function inClusters(intent: Intent): Record<string, Record<string, string | readonly string[]>> {
  const arns = scopesOf(intent).flatMap(scope =>
    intent.clusters.map(cluster => arnOf(scope, 'ecs', `cluster/${cluster}`))
  )
  return { [arns.some(arn => /[*?]/.test(arn)) ? 'ArnLike' : 'ArnEquals']: { 'ecs:cluster': single(arns) } }
}

/** Whether ECS asks with or without a revision is not documented; a pattern such as FAMILY* would take in other families. */
function ofFamily(family: string): string[] {
  return family.endsWith('*') ? [family] : [family, `${family}:*`]
}

/** A list of one is written as the one. */
export function single(texts: readonly string[]): string | readonly string[] {
  const [first, ...others] = texts
  return first !== undefined && others.length === 0 ? first : texts
}
