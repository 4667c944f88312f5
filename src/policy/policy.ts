import type { Operation } from '../ecs/ecs.ts'
import {
  arnOf,
  ON_REGISTERING,
  PASS_ROLE,
  type ResourceKind,
  RIGHTS,
  resourceArn,
  type Scope,
  TO_TASKS
} from './statements.ts'

/** What a run would do, as far as rights go. */
export interface Intent {
  readonly scope: Scope
  /** How far it goes; `verify` looks at services as they stand. */
  readonly until: 'render' | 'register' | 'deploy' | 'verify'
  /** The task definition comes from a file: then what AWS has is only compared with. */
  readonly fromFile: boolean
  readonly cluster: string
  readonly services: readonly string[]
  /** Of which revisions are registered. */
  readonly families: readonly string[]
  /** ARNs of the roles that registered revisions name. */
  readonly roles: readonly string[]
  /** Whether services are updated in anything but their revision. */
  readonly changesSettings: boolean
  /** Absent when a deployment is only started. */
  readonly follow?: Following | undefined
  /** Absent where ECS itself deploys. */
  readonly codeDeploy?: CodeDeployTarget | undefined
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

export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

/**
 * The least policy that lets a run do what it would. Statements whose Sid begins with `Optional` may be taken out: the run then
 * goes on with less to tell, or without a mark.
 */
export function policyFor(intent: Intent): PolicyDocument {
  const parts = [definitions, registration, services, following, rollingBack, codeDeploy]
  return { Version: '2012-10-17', Statement: parts.flatMap(part => part(intent)) }
}

function definitions(intent: Intent): Statement[] {
  const { until, fromFile } = intent
  return [allow(optional(until === 'render' && fromFile, 'ReadTaskDefinition'), ['DescribeTaskDefinition'], intent)]
}

function registration(intent: Intent): Statement[] {
  const { until, roles } = intent
  if (until !== 'register' && until !== 'deploy') return []
  return [
    allow('RegisterTaskDefinition', ['RegisterTaskDefinition'], intent),
    statement('TagNewTaskDefinition', ['ecs:TagResource'], arnsOf('task-definition', intent), ON_REGISTERING),
    ...(roles.length === 0 ? [] : [statement('PassTaskRoles', [PASS_ROLE], roles, TO_TASKS)])
  ]
}

/** The mark on a service is one tag; the right to set it is the right to set no other. */
const MARK_ONLY = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['levoai:modified_by'] } }

function services(intent: Intent): Statement[] {
  if (intent.services.length === 0) return []
  const look = allow('ReadServices', ['DescribeServices'], intent)
  if (intent.until !== 'deploy') return [look]
  const updates = intent.codeDeploy === undefined || intent.changesSettings
  return [
    look,
    ...(updates ? [allow('UpdateServices', ['UpdateService'], intent)] : []),
    allow('OptionalMarkServices', ['TagResource'], intent, MARK_ONLY)
  ]
}

function following(intent: Intent): Statement[] {
  const { scope, cluster, follow } = intent
  if (!isFollowed(intent) || follow === undefined) return []
  const withoutProof = !follow.requires
  const inCluster = { ArnEquals: { 'ecs:cluster': arnOf(scope, 'ecs', `cluster/${cluster}`) } }
  return [
    allow(optional(withoutProof, 'ListTasks'), ['ListTasks'], intent, inCluster),
    allow(optional(withoutProof, 'ReadTasks'), ['DescribeTasks'], intent),
    ...(follow.watches && intent.codeDeploy === undefined
      ? [allow('OptionalReadServiceDeployments', ['DescribeServiceDeployments'], intent)]
      : []),
    ...(follow.sensorLog === undefined ? [] : [allow('OptionalReadSensorLog', ['GetLogEvents'], intent)])
  ]
}

/** Under CodeDeploy a service is put back by another deployment of CodeDeploy's, which needs no more than the first one. */
function rollingBack(intent: Intent): Statement[] {
  if (!isFollowed(intent) || intent.follow?.rollsBack !== true || intent.codeDeploy !== undefined) return []
  return [
    allow('OptionalReadServiceRevisions', ['DescribeServiceRevisions'], intent),
    allow('OptionalStopServiceDeployment', ['StopServiceDeployment'], intent)
  ]
}

function codeDeploy(intent: Intent): Statement[] {
  const { scope, until, codeDeploy: target } = intent
  if (target === undefined || until === 'register' || until === 'verify') return []
  const planned = until === 'render'
  const look = allow(
    optional(planned, 'ReadCodeDeploy'),
    ['GetDeploymentGroup', 'ListDeployments', 'GetDeployment'],
    intent
  )
  if (planned) return [look]
  // CodeDeploy asks for these two when a deployment is created; no call of ours is named so.
  const configuration = arnOf(scope, 'codedeploy', `deploymentconfig:${target.config ?? '*'}`)
  const application = arnOf(scope, 'codedeploy', `application:${target.application}`)
  return [
    look,
    allow('DeployThroughCodeDeploy', ['CreateDeployment'], intent),
    statement('ReadCodeDeployConfiguration', ['codedeploy:GetDeploymentConfig'], [configuration]),
    statement('RegisterCodeDeployRevision', ['codedeploy:RegisterApplicationRevision'], [application])
  ]
}

function isFollowed({ until, follow }: Intent): boolean {
  return follow !== undefined && (until === 'deploy' || until === 'verify')
}

function optional(is: boolean, sid: string): string {
  return is ? `Optional${sid}` : sid
}

/** Lets calls be made, on all that they are made on. */
function allow(
  sid: string,
  operations: readonly Operation[],
  intent: Intent,
  condition?: Statement['Condition']
): Statement {
  const rights = operations.map(operation => RIGHTS[operation])
  const kinds = new Set(rights.flatMap(({ resource, also }) => (also === undefined ? [resource] : [resource, also])))
  const actions = rights.map(({ action }) => action)
  return statement(
    sid,
    actions,
    [...kinds].flatMap(kind => arnsOf(kind, intent)),
    condition
  )
}

function statement(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Statement['Condition']
): Statement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: single(actions),
    Resource: single(resources),
    ...(condition === undefined ? {} : { Condition: condition })
  }
}

function single(texts: readonly string[]): string | readonly string[] {
  const [first, ...others] = texts
  return first !== undefined && others.length === 0 ? first : texts
}

/** The ARNs of a kind that a run has to do with. */
function arnsOf(kind: ResourceKind, { scope, cluster, services: named, families, follow, codeDeploy: target }: Intent) {
  const names = {
    ...scope,
    cluster,
    service: '*',
    family: '*',
    logStream: follow?.sensorLog ?? '*',
    deploymentGroup: target === undefined ? '*' : `${target.application}/${target.group}`
  }
  switch (kind) {
    case 'task-definition':
      // Whether ECS asks with or without a revision is not documented; a pattern such as FAMILY* would take in other families.
      return families.flatMap(family => [family, `${family}:*`]).map(family => resourceArn(kind, { ...names, family }))
    case 'service':
    case 'service-deployment':
    case 'service-revision':
      return named.map(service => resourceArn(kind, { ...names, service }))
    default:
      return [resourceArn(kind, names)]
  }
}
