import { clientError } from '../api-error.ts'
import { type JsonObject, string, strings } from '../json.ts'
import { findTaskDefinition } from '../lookups.ts'
import { checkAmong, page } from '../paging.ts'
import { register } from '../registration.ts'
import type { Account, TaskDefinition } from '../state.ts'

export function registerTaskDefinition(account: Account, request: JsonObject): JsonObject {
  const taskDefinition = register(account, request)
  const tags = account.tags.get(taskDefinition.taskDefinitionArn)
  return { taskDefinition, ...(tags && { tags }) }
}

export function describeTaskDefinition(account: Account, request: JsonObject): JsonObject {
  const taskDefinition = findTaskDefinition(account, request.taskDefinition)
  if (!strings(request.include).includes('TAGS')) return { taskDefinition }
  return { taskDefinition, tags: account.tags.get(taskDefinition.taskDefinitionArn) ?? [] }
}

export function deregisterTaskDefinition(account: Account, request: JsonObject): JsonObject {
  const reference = string(request.taskDefinition) ?? ''
  if (!/:\d+$/.test(reference)) throw clientError('Invalid revision number. Number: null')
  const taskDefinition = account.findTaskDefinition(reference)
  if (taskDefinition === undefined) throw clientError('The specified task definition does not exist.')
  account.deregister(taskDefinition.taskDefinitionArn)
  return { taskDefinition }
}

export function listTaskDefinitions(account: Account, request: JsonObject): JsonObject {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = request
  checkAmong(request, 'sort', ['ASC', 'DESC'])
  checkAmong(request, 'status', ['ACTIVE', 'INACTIVE', 'DELETE_IN_PROGRESS'])
  const arns = families(account)
    .filter(([family]) => familyPrefix === undefined || family === familyPrefix)
    .flatMap(([, revisions]) => revisions)
    .filter(revision => revision.status === status)
    .map(revision => revision.taskDefinitionArn)
  return page(account, request, 'taskDefinitionArns', sort === 'ASC' ? arns : arns.toReversed())
}

export function listTaskDefinitionFamilies(account: Account, request: JsonObject): JsonObject {
  const { status = 'ALL' } = request
  checkAmong(request, 'status', ['ACTIVE', 'INACTIVE', 'ALL'])
  const names = families(account)
    .filter(([family]) => family.startsWith(string(request.familyPrefix) ?? ''))
    .filter(([, revisions]) => status === 'ALL' || (status === 'ACTIVE') === hasActive(revisions))
    .map(([family]) => family)
  return page(account, request, 'families', names)
}

function families(account: Account): [string, TaskDefinition[]][] {
  return [...account.families].sort(([one], [other]) => (one < other ? -1 : 1))
}

function hasActive(revisions: TaskDefinition[]): boolean {
  return revisions.some(({ status }) => status === 'ACTIVE')
}
