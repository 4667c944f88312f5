import { ecsArn, type Place } from './arns.ts'
import { Buckets } from './buckets.ts'
import {
  addDeploymentGroup,
  type CodeDeployDeployment,
  type DeploymentGroup,
  type DeploymentGroupSeed
} from './code-deploy.ts'
import { Grouped } from './grouped.ts'
import type { JsonObject } from './json.ts'
import { type LogGroup, putLogEvents } from './logs.ts'
import { newService } from './new-service.ts'
import type { ListedRegion } from './regions.ts'
import { type RegistrationOptions, register } from './registration.ts'
import type { Contents } from './registry/contents.ts'
import { type Deployment, firstDeployment, type ServiceEvent } from './rollouts.ts'
import type { Rollout, Script } from './script.ts'
import { codeDeploySucceeds } from './scripts/code-deploy.ts'
import { completes } from './scripts/completes.ts'
import type { ServiceDeployment } from './service-deployments.ts'
import { TaskStore } from './task-store.ts'
import { Timeline } from './timeline.ts'

export interface TaskDefinition extends JsonObject {
  taskDefinitionArn: string
  family: string
  revision: number
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS'
  containerDefinitions: JsonObject[]
}

export interface Cluster {
  clusterArn: string
  clusterName: string
  status: 'ACTIVE' | 'INACTIVE'
}

export interface Service extends JsonObject {
  serviceArn: string
  serviceName: string
  clusterArn: string
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  taskDefinition: string
  desiredCount: number
  deploymentController: { type: string }
  schedulingStrategy: string
  deployments: Deployment[]
  events: ServiceEvent[]
  currentServiceDeployment?: string
}

export interface ServiceSeed {
  /** `default` if not given; made if it is not there. */
  cluster?: string
  name: string
  /** An ARN, `family:revision`, or `family` for its latest ACTIVE one. */
  taskDefinition: string
  desiredCount?: number
  launchType?: string
  capacityProviderStrategy?: JsonObject[]
  deploymentController?: { type: string }
  status?: Service['status']
  schedulingStrategy?: string
  deploymentConfiguration?: JsonObject
  networkConfiguration?: JsonObject
  tags?: JsonObject[]
  resourceManagementType?: string
  propagateTags?: string
  enableECSManagedTags?: boolean
}

export interface TaskDefinitionSeed extends RegistrationOptions {
  tags?: JsonObject[]
  status?: TaskDefinition['status']
}

/** What one account holds in one Region: what the operations work on, and what a test fills and looks at. */
export class Account implements Place {
  readonly region: string
  readonly accountId: string
  readonly partition: string
  /** Milliseconds since the epoch: replace it to let time pass. */
  now: () => number = Date.now
  /** The most that a page of any list holds, however many a request asks for. */
  pageSize = Infinity
  readonly clusters = new Map<string, Cluster>()
  /** A family's revisions, the first one first. */
  readonly families = new Map<string, TaskDefinition[]>()
  /** By ARN. */
  readonly services = new Map<string, Service>()
  /** The tags of a resource, by its ARN. */
  readonly tags = new Map<string, JsonObject[]>()
  /** The stopped ones of the last hour too. */
  readonly tasks = new TaskStore()
  /** By the deployment's id. */
  readonly rollouts = new Map<string, Rollout>()
  /** By ARN, as are the revisions. */
  readonly serviceDeployments = new Map<string, ServiceDeployment>()
  readonly serviceRevisions = new Map<string, JsonObject>()
  /** Indexes: the service deployments of a service, the ids of a service revision's deployments, both by ARN. */
  readonly deploymentsOfServices = new Grouped<ServiceDeployment>()
  readonly deploymentsOfRevisions = new Grouped<string>()
  /** Of ECR, by name. */
  readonly repositories = new Map<string, Contents>()
  /** Where ECR lets a layer be fetched from. */
  urlOfLayer: (layer: string) => string = () => {
    throw new Error('there is no storage')
  }
  readonly logGroups = new Map<string, LogGroup>()
  readonly deploymentGroups: DeploymentGroup[] = []
  /** By id. */
  readonly codeDeployments = new Map<string, CodeDeployDeployment>()
  /** What is going to happen. */
  readonly timeline = new Timeline(() => this.now())
  /** What its Regions are, as DescribeRegions lists them. */
  regions: () => ListedRegion[] = () => [{ name: this.region }]
  /** Whether calls are throttled as the published token buckets would, by this account's time. */
  enforceBuckets = false
  /** How many calls of each operation the buckets did not let pass. */
  readonly throttled = new Map<string, number>()
  /** The course of all deployments by ECS of services that have no scripts of their own. */
  everyRollout: Script | undefined
  private readonly scripts = new Map<string, Script[]>()
  private readonly buckets = new Buckets()
  private sequence: number

  /** @param sequence what its numbers, of which identifiers are made, begin after */
  constructor(place: Partial<Place> = {}, sequence = 0) {
    this.sequence = sequence
    this.region = place.region ?? 'us-east-1'
    this.accountId = place.accountId ?? '123456789012'
    this.partition = place.partition ?? 'aws'
  }

  /** Epoch seconds with a fraction, as JSON 1.1 carries times. */
  seconds(): number {
    return this.timeline.time() / 1000
  }

  /** Lets all happen that is due by now; each request does so first. */
  settle(): void {
    this.timeline.settle()
  }

  /** Lets so many seconds pass here beyond those of `now`, for whoever has no clock to share. */
  advance(seconds: number): void {
    this.timeline.advance(seconds)
  }

  /** The courses of the service's next deployments, in order; those after the last one end well. */
  scriptRollouts(serviceArn: string, ...scripts: Script[]): void {
    this.scripts.set(serviceArn, [...(this.scripts.get(serviceArn) ?? []), ...scripts])
  }

  isScripted(serviceArn: string): boolean {
    return this.scripts.has(serviceArn) || this.everyRollout !== undefined
  }

  /** The course of the deployment that is about to begin; nothing for one that does not move by itself. */
  takeScript(serviceArn: string): Script | undefined {
    const scripts = this.scripts.get(serviceArn)
    const byCodeDeploy = this.services.get(serviceArn)?.deploymentController.type === 'CODE_DEPLOY'
    if (scripts === undefined) return byCodeDeploy ? undefined : this.everyRollout
    return scripts.shift() ?? (byCodeDeploy ? codeDeploySucceeds() : completes())
  }

  /** Whether the operation's token bucket lets a call pass; one that it does not is counted. */
  mayPass(operation: string): boolean {
    if (!this.enforceBuckets || this.buckets.take(operation, this.seconds())) return true
    this.throttled.set(operation, (this.throttled.get(operation) ?? 0) + 1)
    return false
  }

  /** Adds to a log stream, which is made with its group if it is not there. */
  putLogEvents(group: string, stream: string, messages: readonly string[]): void {
    putLogEvents(this, group, stream, messages)
  }

  /** A deployment group of CodeDeploy, with its application, for a service that CodeDeploy deploys. */
  addDeploymentGroup(seed: DeploymentGroupSeed): void {
    addDeploymentGroup(this, seed)
  }

  /** A number that no other call got: what identifiers are made of. */
  next(): number {
    this.sequence += 1
    return this.sequence
  }

  addCluster(name: string, tags: JsonObject[] = []): string {
    const clusterArn = ecsArn(this, `cluster/${name}`)
    this.clusters.set(name, { clusterArn, clusterName: name, status: 'ACTIVE' })
    if (tags.length > 0) this.tags.set(clusterArn, tags)
    return clusterArn
  }

  /** Registers it as the operation does. @throws ApiError for a definition that ECS would refuse, unless `unchecked`. */
  addTaskDefinition(definition: JsonObject, seed: TaskDefinitionSeed = {}): string {
    const { tags, status, ...options } = seed
    const added = register(this, tags === undefined ? definition : { ...definition, tags }, options)
    if (status !== undefined) added.status = status
    return added.taskDefinitionArn
  }

  deregister(arn: string): void {
    const revision = this.findTaskDefinition(arn)
    if (revision === undefined) throw new Error(`no task definition ${arn}`)
    revision.status = 'INACTIVE'
    revision.deregisteredAt = this.seconds()
  }

  addService(seed: ServiceSeed): string {
    const { cluster = 'default', name, taskDefinition, tags, ...members } = seed
    const revision = this.findTaskDefinition(taskDefinition)
    if (revision === undefined) throw new Error(`no task definition ${taskDefinition} for the service ${name}`)
    const clusterArn = this.clusters.get(cluster)?.clusterArn ?? this.addCluster(cluster)
    const serviceArn = ecsArn(this, `service/${cluster}/${name}`)
    const service = newService(this, { serviceArn, serviceName: name, clusterArn }, revision, members)
    this.services.set(serviceArn, service)
    if (tags !== undefined && tags.length > 0) this.tags.set(serviceArn, structuredClone(tags))
    firstDeployment(this, serviceArn)
    return serviceArn
  }

  /** By ARN, `family:revision`, or `family` for its latest ACTIVE one. */
  findTaskDefinition(reference: string): TaskDefinition | undefined {
    const prefix = ecsArn(this, 'task-definition/')
    const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference
    const [family = '', revision] = name.split(':')
    const revisions = this.families.get(family) ?? []
    if (revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE')
    // Revisions are numbered as they come, so that each has its place.
    const candidate = revisions[Number(revision) - 1]
    return name === `${family}:${candidate?.revision}` ? candidate : undefined
  }
}
