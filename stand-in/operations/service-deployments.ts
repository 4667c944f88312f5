import { ApiError, invalidParameter } from '../api-error.ts'
import { type JsonObject, number, object, string, strings } from '../json.ts'
import { findCluster, findService } from '../lookups.ts'
import { page } from '../paging.ts'
import { briefed, described } from '../service-deployments.ts'
import type { Account } from '../state.ts'
import { requestStop } from '../stops.ts'

const MOST_DESCRIBED = 20
const LIST_DEFAULT = 20
const STOPPABLE = ['PENDING', 'IN_PROGRESS']

export function listServiceDeployments(account: Account, request: JsonObject): JsonObject {
  const cluster = findCluster(account, request.cluster)
  const service = findService(account, cluster, string(request.service) ?? '')
  if (service === undefined) throw new ApiError('ServiceNotFoundException', 'Service not found.')
  const statuses = strings(request.status)
  const { before, after } = object(request.createdAt)
  const found = account.deploymentsOfServices
    .of(service.serviceArn)
    .filter(({ status }) => isAmong(statuses, status))
    .filter(({ createdAt }) => createdAt <= (number(before) ?? Infinity) && createdAt >= (number(after) ?? 0))
    .toReversed()
  return page(account, request, 'serviceDeployments', found.map(briefed), LIST_DEFAULT)
}

export function describeServiceDeployments(account: Account, request: JsonObject): JsonObject {
  return describe(request, 'serviceDeploymentArns', 'serviceDeployments', arn => {
    const found = account.serviceDeployments.get(arn)
    return found === undefined ? undefined : described(account, found)
  })
}

export function describeServiceRevisions(account: Account, request: JsonObject): JsonObject {
  return describe(request, 'serviceRevisionArns', 'serviceRevisions', arn => account.serviceRevisions.get(arn))
}

export function stopServiceDeployment(account: Account, request: JsonObject): JsonObject {
  const serviceDeploymentArn = string(request.serviceDeploymentArn) ?? ''
  const { stopType = 'ROLLBACK' } = request
  if (stopType !== 'ROLLBACK' && stopType !== 'ABORT') throw invalidParameter('stopType must be ROLLBACK or ABORT.')
  const found = account.serviceDeployments.get(serviceDeploymentArn)
  if (found === undefined) {
    throw new ApiError('ServiceDeploymentNotFoundException', 'Service deployment not found.')
  }
  if (!STOPPABLE.includes(found.status)) {
    throw new ApiError('ConflictException', `The service deployment can not be stopped: its status is ${found.status}.`)
  }
  if (stopType === 'ROLLBACK' && found.sources.length === 0) {
    throw new ApiError('ConflictException', 'The service deployment has no service revision to roll back to.')
  }
  requestStop(account, found, stopType)
  return { serviceDeploymentArn }
}

function describe(
  request: JsonObject,
  arns: string,
  member: string,
  find: (arn: string) => JsonObject | undefined
): JsonObject {
  const references = strings(request[arns])
  if (references.length === 0) throw invalidParameter(`${arns} cannot be empty.`)
  if (references.length > MOST_DESCRIBED) throw invalidParameter(`${arns} can have at most 20 items.`)
  const found: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const arn of references) {
    const one = find(arn)
    if (one === undefined) failures.push({ arn, reason: 'MISSING' })
    else found.push(one)
  }
  return { [member]: found, failures }
}

function isAmong(statuses: string[], status: string): boolean {
  return statuses.length === 0 || statuses.includes(status)
}
