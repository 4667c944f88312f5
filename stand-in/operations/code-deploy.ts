import { createHash } from 'node:crypto'
import { ApiError } from '../api-error.ts'
import { beginCodeDeployment, type DeploymentGroup, underWay } from '../code-deploy.ts'
import { type JsonObject, number, object, objects, string, strings } from '../json.ts'
import { page } from '../paging.ts'
import type { Account } from '../state.ts'

/** What CodeDeploy cuts off no earlier than the deploy action does. */
const LONGEST_DESCRIPTION = 512

export function getDeploymentGroup(account: Account, request: JsonObject): JsonObject {
  const { info } = findGroup(account, request)
  const latest = [...account.codeDeployments.values()].findLast(
    deployment =>
      deployment.applicationName === info.applicationName && deployment.deploymentGroupName === info.deploymentGroupName
  )
  if (latest === undefined) return { deploymentGroupInfo: info }
  const { deploymentId, status, createTime } = latest
  return { deploymentGroupInfo: { ...info, lastAttemptedDeployment: { deploymentId, status, createTime } } }
}

export function createDeployment(account: Account, request: JsonObject): JsonObject {
  const group = findGroup(account, request)
  const revision = object(request.revision)
  const taskDefinition = targetOf(account, revision)
  if ((string(request.description) ?? '').length > LONGEST_DESCRIPTION) {
    throw new ApiError('DescriptionTooLongException', 'The description is too long.')
  }
  const other = underWay(account, group)
  if (other !== undefined) {
    throw new ApiError(
      'DeploymentLimitExceededException',
      `The Deployment Group '${group.info.deploymentGroupName}' already has an active Deployment '${other.deploymentId}'`
    )
  }
  const { description, deploymentConfigName } = request
  const given = {
    revision,
    ...(description !== undefined && { description }),
    ...(deploymentConfigName !== undefined && { deploymentConfigName })
  }
  return { deploymentId: beginCodeDeployment(account, group, taskDefinition, given).deploymentId }
}

/** API reference, GetDeployment: the AppSpec's content is always null there, only its hash is given. */
export function getDeployment(account: Account, request: JsonObject): JsonObject {
  const id = required(request, 'deploymentId', 'DeploymentIdRequiredException', 'The deployment ID was not specified.')
  const found = account.codeDeployments.get(id)
  if (found === undefined) {
    throw new ApiError('DeploymentDoesNotExistException', `The deployment ${id} could not be found`)
  }
  const revision = object(found.revision)
  const appSpecContent = { ...object(revision.appSpecContent), content: null }
  return { deploymentInfo: { ...found, revision: { ...revision, appSpecContent } } }
}

/** The newest ones first. */
export function listDeployments(account: Account, request: JsonObject): JsonObject {
  if (request.applicationName !== undefined) findGroup(account, request)
  const statuses = strings(request.includeOnlyStatuses)
  const { start, end } = object(request.createTimeRange)
  const ids = [...account.codeDeployments.values()]
    .filter(({ applicationName }) => isAsked(request.applicationName, applicationName))
    .filter(({ deploymentGroupName }) => isAsked(request.deploymentGroupName, deploymentGroupName))
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .filter(({ createTime }) => createTime >= (number(start) ?? 0) && createTime <= (number(end) ?? Infinity))
    .map(({ deploymentId }) => deploymentId)
  return page(account, request, 'deployments', ids.toReversed())
}

function findGroup(account: Account, request: JsonObject): DeploymentGroup {
  const application = required(
    request,
    'applicationName',
    'ApplicationNameRequiredException',
    'The application name was not specified.'
  )
  const groups = account.deploymentGroups.filter(({ info }) => info.applicationName === application)
  if (groups.length === 0) {
    throw new ApiError('ApplicationDoesNotExistException', `No application found for name: ${application}`)
  }
  const name = required(
    request,
    'deploymentGroupName',
    'DeploymentGroupNameRequiredException',
    'The deployment group name was not specified.'
  )
  const found = groups.find(({ info }) => info.deploymentGroupName === name)
  if (found === undefined) {
    throw new ApiError('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${name}`)
  }
  return found
}

/** The task definition that the AppSpec asks for. CodeDeploy takes YAML too; here it has to be JSON. */
function targetOf(account: Account, revision: JsonObject): string {
  if (revision.revisionType === undefined) {
    throw new ApiError('RevisionRequiredException', 'The revision ID was not specified.')
  }
  const { content, sha256 } = object(revision.appSpecContent)
  if (revision.revisionType !== 'AppSpecContent' || typeof content !== 'string') {
    throw invalidRevision('An ECS deployment needs an AppSpec: revisionType must be AppSpecContent.')
  }
  if (sha256 !== undefined && sha256 !== createHash('sha256').update(content).digest('hex')) {
    throw invalidRevision('The SHA-256 of the AppSpec content is another one than the one given.')
  }
  const [resource] = objects(member(parsed(content), 'Resources'))
  const [target] = Object.values(resource ?? {})
  const properties = member(target, 'Properties')
  const balancer = member(properties, 'LoadBalancerInfo')
  if (member(target, 'Type') !== 'AWS::ECS::Service' || member(balancer, 'ContainerName') === undefined) {
    throw invalidRevision('The AppSpec needs one resource of the type AWS::ECS::Service with LoadBalancerInfo.')
  }
  const reference = string(member(properties, 'TaskDefinition')) ?? ''
  const found = account.findTaskDefinition(reference)
  if (found?.status !== 'ACTIVE' || found.taskDefinitionArn !== reference) {
    throw invalidRevision('The AppSpec names no ACTIVE task definition by its ARN.')
  }
  return found.taskDefinitionArn
}

function parsed(content: string): JsonObject {
  try {
    return object(JSON.parse(content))
  } catch {
    throw invalidRevision('The AppSpec content is no JSON.')
  }
}

/** CodeDeploy does not mind how the keys of an AppSpec are capitalised. */
function member(value: unknown, name: string): unknown {
  return Object.entries(object(value)).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

function required(request: JsonObject, member: string, code: string, message: string): string {
  const value = string(request[member])
  if (value === undefined || value === '') throw new ApiError(code, message)
  return value
}

function isAsked(asked: unknown, value: string): boolean {
  return asked === undefined || asked === value
}

function invalidRevision(message: string): ApiError {
  return new ApiError('InvalidRevisionException', message)
}
