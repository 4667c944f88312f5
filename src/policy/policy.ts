import type { RightfulCall } from '../ecs/ecs.ts'
import { arnsOf, type Intent, inClusters, scopesOf, single } from './intent.ts'
import { arnOf, ON_REGISTERING, PASS_ROLE, RIGHTS, repositoryArn, TO_TASKS } from './statements.ts'

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
  const parts = [definitions, images, registration, finding, services, following, rollingBack, codeDeploy]
  return { Version: '2012-10-17', Statement: parts.flatMap(part => part(intent)) }
}

function definitions(intent: Intent): Statement[] {
  const { until, fromFile } = intent
  return [allow(optional(until === 'render' && fromFile, 'ReadTaskDefinition'), ['DescribeTaskDefinition'], intent)]
}

/** Without it whether the image is there, and for what, is not known before tasks pull it. */
function images({ images: repositories }: Intent): Statement[] {
  if (repositories.length === 0) return []
  const rights = [RIGHTS.BatchGetImage, RIGHTS.GetDownloadUrlForLayer]
  return [
    statement(
      'OptionalReadImage',
      rights.map(({ action }) => action),
      repositories.map(repositoryArn)
    )
  ]
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

/** Without the list of Regions one that is built in is used. */
function finding(intent: Intent): Statement[] {
  const { regions, clusters, services } = intent.lists ?? { regions: false, clusters: false, services: false }
  return [
    ...(regions ? [allow('OptionalListRegions', ['DescribeRegions'], intent)] : []),
    ...(clusters ? [allow('ListClusters', ['ListClusters'], intent)] : []),
    ...(services ? [allow('ListServices', ['ListServices'], intent, inClusters(intent))] : [])
  ]
}

function services(intent: Intent): Statement[] {
  if (intent.services.length === 0) return []
  const look = allow('ReadServices', ['DescribeServices'], intent)
  if (!moves(intent)) return [look]
  const updates = intent.codeDeploy === undefined || intent.changesSettings
  return [
    look,
    ...(updates ? [allow('UpdateServices', ['UpdateService'], intent)] : []),
    allow('OptionalMarkServices', ['TagResource'], intent, MARK_ONLY)
  ]
}

function following(intent: Intent): Statement[] {
  const { follow } = intent
  const tasks = (isOptional: boolean) => [
    allow(optional(isOptional, 'ListTasks'), ['ListTasks'], intent, inClusters(intent)),
    allow(optional(isOptional, 'ReadTasks'), ['DescribeTasks'], intent)
  ]
  // Without them it is not known whether a sensor has stopped; all else is.
  if (intent.until === 'discover') return tasks(true)
  if (!isFollowed(intent) || follow === undefined) return []
  return [
    ...tasks(!follow.requires),
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
  const { until, codeDeploy: target } = intent
  if (target === undefined || until === 'register' || until === 'verify') return []
  const planned = until === 'render'
  const look = allow(
    optional(planned, 'ReadCodeDeploy'),
    ['GetDeploymentGroup', 'ListDeployments', 'GetDeployment'],
    intent
  )
  if (planned) return [look]
  // CodeDeploy asks for these two when a deployment is created; no call of ours is named so.
  const arns = (resource: string) => scopesOf(intent).map(scope => arnOf(scope, 'codedeploy', resource))
  return [
    look,
    allow('DeployThroughCodeDeploy', ['CreateDeployment'], intent),
    statement(
      'ReadCodeDeployConfiguration',
      ['codedeploy:GetDeploymentConfig'],
      arns(`deploymentconfig:${target.config ?? '*'}`)
    ),
    statement(
      'RegisterCodeDeployRevision',
      ['codedeploy:RegisterApplicationRevision'],
      arns(`application:${target.application}`)
    )
  ]
}

function isFollowed({ until, follow }: Intent): boolean {
  return follow !== undefined && (until === 'deploy' || until === 'verify' || until === 'restore')
}

function moves({ until }: Intent): boolean {
  return until === 'deploy' || until === 'restore'
}

function optional(is: boolean, sid: string): string {
  return is ? `Optional${sid}` : sid
}

/** Lets calls be made, on all that they are made on. */
function allow(
  sid: string,
  operations: readonly RightfulCall[],
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
