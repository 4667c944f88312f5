import type { JsonObject } from './json.ts'
import { describeClusters, listClusters } from './operations/clusters.ts'
import { describeServices, listServices, updateService } from './operations/services.ts'
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts'
import {
  deregisterTaskDefinition,
  describeTaskDefinition,
  listTaskDefinitionFamilies,
  listTaskDefinitions,
  registerTaskDefinition
} from './operations/task-definitions.ts'
import { readStructure, type Shape } from './shapes.ts'
import type { Account } from './state.ts'
import { TAGS } from './task-definition-shape.ts'

interface Operation {
  carryOut(account: Account, request: JsonObject): JsonObject
  /** The members of its request. */
  members: Record<string, Shape>
}

const STRINGS: Shape = { list: 'string' }
const PAGED: Record<string, Shape> = { maxResults: 'integer', nextToken: 'string' }
const UPDATE_SERVICE: Record<string, Shape> = {
  cluster: 'string',
  service: 'string',
  taskDefinition: 'string',
  desiredCount: 'integer',
  forceNewDeployment: 'boolean',
  propagateTags: 'string',
  enableECSManagedTags: 'boolean',
  enableExecuteCommand: 'boolean',
  deploymentConfiguration: { members: { maximumPercent: 'integer', minimumHealthyPercent: 'integer' } },
  networkConfiguration: { members: {} },
  platformVersion: 'string',
  healthCheckGracePeriodSeconds: 'integer'
}

// RegisterTaskDefinition reads its request itself, since seeding does the same without a request.
const OPERATIONS = new Map<string, Operation>([
  ['RegisterTaskDefinition', { carryOut: registerTaskDefinition, members: {} }],
  [
    'DescribeTaskDefinition',
    { carryOut: describeTaskDefinition, members: { taskDefinition: 'string', include: STRINGS } }
  ],
  ['DeregisterTaskDefinition', { carryOut: deregisterTaskDefinition, members: { taskDefinition: 'string' } }],
  [
    'ListTaskDefinitions',
    { carryOut: listTaskDefinitions, members: { ...PAGED, familyPrefix: 'string', status: 'string', sort: 'string' } }
  ],
  [
    'ListTaskDefinitionFamilies',
    { carryOut: listTaskDefinitionFamilies, members: { ...PAGED, familyPrefix: 'string', status: 'string' } }
  ],
  [
    'DescribeServices',
    { carryOut: describeServices, members: { cluster: 'string', services: STRINGS, include: STRINGS } }
  ],
  ['ListServices', { carryOut: listServices, members: { ...PAGED, cluster: 'string', launchType: 'string' } }],
  ['UpdateService', { carryOut: updateService, members: UPDATE_SERVICE }],
  ['ListClusters', { carryOut: listClusters, members: PAGED }],
  ['DescribeClusters', { carryOut: describeClusters, members: { clusters: STRINGS, include: STRINGS } }],
  ['TagResource', { carryOut: tagResource, members: { resourceArn: 'string', tags: TAGS } }],
  ['UntagResource', { carryOut: untagResource, members: { resourceArn: 'string', tagKeys: STRINGS } }],
  ['ListTagsForResource', { carryOut: listTagsForResource, members: { resourceArn: 'string' } }]
])

export function isOperation(name: string): boolean {
  return OPERATIONS.has(name)
}

/** @throws ApiError what ECS would refuse the call with */
export function carryOut(account: Account, name: string, request: JsonObject): JsonObject {
  const operation = OPERATIONS.get(name)
  if (operation === undefined) throw new Error(`no operation ${name}`)
  return operation.carryOut(account, readStructure(operation.members, request))
}
