import type { JsonObject } from './json.ts'
import { describeClusters, listClusters } from './operations/clusters.ts'
import { createDeployment, getDeployment, getDeploymentGroup, listDeployments } from './operations/code-deploy.ts'
import { batchGetImage, getDownloadUrlForLayer } from './operations/images.ts'
import { getLogEvents } from './operations/logs.ts'
import { describeRegions } from './operations/regions.ts'
import {
  describeServiceDeployments,
  describeServiceRevisions,
  listServiceDeployments,
  stopServiceDeployment
} from './operations/service-deployments.ts'
import { describeServices, listServices, updateService } from './operations/services.ts'
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts'
import {
  deregisterTaskDefinition,
  describeTaskDefinition,
  listTaskDefinitionFamilies,
  listTaskDefinitions,
  registerTaskDefinition
} from './operations/task-definitions.ts'
import { describeTasks, listTasks } from './operations/tasks.ts'
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

const LIST_SERVICES: Record<string, Shape> = {
  ...PAGED,
  cluster: 'string',
  launchType: 'string',
  schedulingStrategy: 'string',
  resourceManagementType: 'string'
}
const CREATED_AT: Shape = { members: { before: 'timestamp', after: 'timestamp' } }
const LIST_TASKS: Record<string, Shape> = {
  ...PAGED,
  cluster: 'string',
  containerInstance: 'string',
  family: 'string',
  startedBy: 'string',
  serviceName: 'string',
  desiredStatus: 'string',
  launchType: 'string',
  daemonName: 'string'
}
const GET_LOG_EVENTS: Record<string, Shape> = {
  logGroupName: 'string',
  logGroupIdentifier: 'string',
  logStreamName: 'string',
  startTime: 'integer',
  endTime: 'integer',
  nextToken: 'string',
  limit: 'integer',
  startFromHead: 'boolean'
}
const GROUP: Record<string, Shape> = { applicationName: 'string', deploymentGroupName: 'string' }
const APP_SPEC: Shape = {
  members: { revisionType: 'string', appSpecContent: { members: { content: 'string', sha256: 'string' } } }
}

// RegisterTaskDefinition reads its request itself, since seeding does the same without a request.
const ECS: [string, Operation][] = [
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
  ['ListServices', { carryOut: listServices, members: LIST_SERVICES }],
  ['UpdateService', { carryOut: updateService, members: UPDATE_SERVICE }],
  ['ListClusters', { carryOut: listClusters, members: PAGED }],
  ['DescribeClusters', { carryOut: describeClusters, members: { clusters: STRINGS, include: STRINGS } }],
  ['TagResource', { carryOut: tagResource, members: { resourceArn: 'string', tags: TAGS } }],
  ['UntagResource', { carryOut: untagResource, members: { resourceArn: 'string', tagKeys: STRINGS } }],
  ['ListTagsForResource', { carryOut: listTagsForResource, members: { resourceArn: 'string' } }],
  ['ListTasks', { carryOut: listTasks, members: LIST_TASKS }],
  ['DescribeTasks', { carryOut: describeTasks, members: { cluster: 'string', tasks: STRINGS, include: STRINGS } }],
  [
    'ListServiceDeployments',
    {
      carryOut: listServiceDeployments,
      members: { ...PAGED, cluster: 'string', service: 'string', status: STRINGS, createdAt: CREATED_AT }
    }
  ],
  ['DescribeServiceDeployments', { carryOut: describeServiceDeployments, members: { serviceDeploymentArns: STRINGS } }],
  ['DescribeServiceRevisions', { carryOut: describeServiceRevisions, members: { serviceRevisionArns: STRINGS } }],
  [
    'StopServiceDeployment',
    { carryOut: stopServiceDeployment, members: { serviceDeploymentArn: 'string', stopType: 'string' } }
  ]
]

const LOGS: [string, Operation][] = [['GetLogEvents', { carryOut: getLogEvents, members: GET_LOG_EVENTS }]]

const CODE_DEPLOY: [string, Operation][] = [
  ['GetDeploymentGroup', { carryOut: getDeploymentGroup, members: GROUP }],
  [
    'CreateDeployment',
    {
      carryOut: createDeployment,
      members: { ...GROUP, revision: APP_SPEC, deploymentConfigName: 'string', description: 'string' }
    }
  ],
  ['GetDeployment', { carryOut: getDeployment, members: { deploymentId: 'string' } }],
  [
    'ListDeployments',
    {
      carryOut: listDeployments,
      members: {
        ...GROUP,
        includeOnlyStatuses: STRINGS,
        createTimeRange: { members: { start: 'timestamp', end: 'timestamp' } },
        nextToken: 'string'
      }
    }
  ]
]

const REPOSITORY: Record<string, Shape> = { registryId: 'string', repositoryName: 'string' }
const ECR: [string, Operation][] = [
  [
    'BatchGetImage',
    {
      carryOut: batchGetImage,
      members: {
        ...REPOSITORY,
        imageIds: { list: { members: { imageTag: 'string', imageDigest: 'string' } } },
        acceptedMediaTypes: STRINGS
      }
    }
  ],
  ['GetDownloadUrlForLayer', { carryOut: getDownloadUrlForLayer, members: { ...REPOSITORY, layerDigest: 'string' } }]
]

/** Its requests are forms, which carry texts only. */
const EC2: [string, Operation][] = [['DescribeRegions', { carryOut: describeRegions, members: {} }]]

/** All JSON APIs behind the one address: what an action's name begins with, and what a target does. */
const APIS = [
  { service: 'ecs', target: 'AmazonEC2ContainerServiceV20141113.', operations: new Map(ECS) },
  { service: 'logs', target: 'Logs_20140328.', operations: new Map(LOGS) },
  { service: 'codedeploy', target: 'CodeDeploy_20141006.', operations: new Map(CODE_DEPLOY) },
  { service: 'ecr', target: 'AmazonEC2ContainerRegistry_V20150921.', operations: new Map(ECR) }
] as const

const QUERY_API = { service: 'ec2', operations: new Map(EC2) } as const

const OPERATIONS = new Map([...ECS, ...LOGS, ...CODE_DEPLOY, ...ECR, ...EC2])

/** The operation that the header X-Amz-Target means; the whole header if its service has none of that name. */
export function operationOf(target: string): string {
  const api = APIS.find(candidate => target.startsWith(candidate.target))
  const name = target.slice(api?.target.length ?? 0)
  return api?.service === 'ecs' || api?.operations.has(name) ? name : target
}

/** What a call has to be signed for, by the header X-Amz-Target. */
export function serviceOf(target: string): string | undefined {
  return APIS.find(api => target.startsWith(api.target))?.service
}

/** Whether the header X-Amz-Target means an operation of the API that it names. */
export function isTarget(target: string): boolean {
  return APIS.some(api => target.startsWith(api.target) && api.operations.has(target.slice(api.target.length)))
}

/** Whether a form may ask for it. */
export function isQueryAction(name: string): boolean {
  return QUERY_API.operations.has(name)
}

/** Whether its request may name a cluster, and means `default` if it does not. */
export function takesCluster(name: string): boolean {
  return 'cluster' in (OPERATIONS.get(name)?.members ?? {})
}

/** As policies call it, such as `ecs:ListTasks`. */
export function actionOf(operation: string): string {
  const api = [...APIS, QUERY_API].find(({ operations }) => operations.has(operation))
  return `${api?.service ?? 'ecs'}:${operation}`
}

/** @throws ApiError what ECS would refuse the call with */
export function carryOut(account: Account, name: string, request: JsonObject): JsonObject {
  const operation = OPERATIONS.get(name)
  if (operation === undefined) throw new Error(`no operation ${name}`)
  return operation.carryOut(account, readStructure(operation.members, request))
}
