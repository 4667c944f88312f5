import { ApiError, invalidParameter } from '../api-error.ts'
import { parseArn } from '../arns.ts'
import { type JsonObject, objects, string, strings } from '../json.ts'
import type { Account } from '../state.ts'
import { isReserved, TAG_RULES } from '../tag-rules.ts'

export function tagResource(account: Account, request: JsonObject): JsonObject {
  const arn = taggable(account, request)
  const isInactive = [...account.clusters.values()].some(
    ({ clusterArn, status }) => clusterArn === arn && status === 'INACTIVE'
  )
  if (isInactive) throw invalidParameter('The specified cluster is inactive. Specify an active cluster and try again.')
  const given = objects(request.tags)
  const kept = (account.tags.get(arn) ?? []).filter(tag => !given.some(({ key }) => key === tag.key))
  // Reserved tags that are there already are neither judged nor counted.
  const judged = [...kept.filter(tag => !isReserved(string(tag.key) ?? '')), ...given]
  const broken = TAG_RULES.find(rule => rule.broken(judged))
  if (broken !== undefined) throw invalidParameter(broken.text)
  account.tags.set(arn, [...kept, ...given])
  return {}
}

export function untagResource(account: Account, request: JsonObject): JsonObject {
  const arn = taggable(account, request)
  const keys = strings(request.tagKeys)
  const reserved = TAG_RULES.find(({ name }) => name === 'tag-reserved')
  if (reserved !== undefined && keys.some(isReserved)) throw invalidParameter(reserved.text)
  account.tags.set(
    arn,
    (account.tags.get(arn) ?? []).filter(tag => !keys.includes(string(tag.key) ?? ''))
  )
  return {}
}

export function listTagsForResource(account: Account, request: JsonObject): JsonObject {
  return { tags: account.tags.get(taggable(account, request)) ?? [] }
}

/** AWS API reference, TagResource: services can be tagged under the long form of their ARN only. */
function taggable(account: Account, request: JsonObject): string {
  const arn = string(request.resourceArn) ?? ''
  const resource = parseArn(account, arn)
  if (resource === undefined) throw invalidParameter(`Invalid resource ARN: ${arn}`)
  if (resource.kind === 'service' && resource.path.length < 2) {
    throw invalidParameter('Long arn format must be used for tagging operations')
  }
  if (resource.kind === 'cluster' && !account.clusters.has(resource.path.join('/'))) {
    throw new ApiError('ClusterNotFoundException', 'Cluster not found.')
  }
  const isThere = { service: () => account.services.has(arn), cluster: () => true, 'task-definition': isRevision }
  function isRevision(): boolean {
    return account.findTaskDefinition(arn)?.taskDefinitionArn === arn
  }
  const kind = resource.kind as keyof typeof isThere
  if (!(kind in isThere)) throw invalidParameter(`Unsupported resource type: ${resource.kind}`)
  if (!isThere[kind]()) throw new ApiError('ResourceNotFoundException', "The specified resource wasn't found.")
  return arn
}
