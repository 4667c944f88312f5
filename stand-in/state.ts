import { ecsArn, type Place, roleArn } from './arns.ts'
import type { JsonObject } from './json.ts'
import { isFargate, type RegistrationOptions, register } from './registration.ts'
import { type Deployment, firstDeployment, type ServiceEvent } from './rollouts.ts'

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
  private sequence = 0

  constructor(place: Partial<Place> = {}) {
    this.region = place.region ?? 'us-east-1'
    this.accountId = place.accountId ?? '123456789012'
    this.partition = place.partition ?? 'aws'
  }

  /** Epoch seconds with a fraction, as JSON 1.1 carries times. */
  seconds(): number {
    return this.now() / 1000
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
    const service: Service = {
      desiredCount: 1,
      status: 'ACTIVE',
      schedulingStrategy: 'REPLICA',
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
      loadBalancers: [],
      serviceRegistries: [],
      placementConstraints: [],
      placementStrategy: [],
      propagateTags: 'NONE',
      enableECSManagedTags: false,
      enableExecuteCommand: false,
      ...(members.capacityProviderStrategy === undefined && { launchType: isFargate(revision) ? 'FARGATE' : 'EC2' }),
      ...structuredClone(members),
      createdAt: this.seconds(),
      createdBy: roleArn(this),
      serviceArn,
      serviceName: name,
      clusterArn,
      taskDefinition: revision.taskDefinitionArn,
      deployments: [],
      events: []
    }
    this.services.set(serviceArn, service)
    firstDeployment(this, serviceArn)
    if (tags !== undefined && tags.length > 0) this.tags.set(serviceArn, structuredClone(tags))
    return serviceArn
  }

  /** By ARN, `family:revision`, or `family` for its latest ACTIVE one. */
  findTaskDefinition(reference: string): TaskDefinition | undefined {
    const prefix = ecsArn(this, 'task-definition/')
    const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference
    const [family = '', revision] = name.split(':')
    const revisions = this.families.get(family) ?? []
    if (revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE')
    return revisions.find(candidate => name === `${family}:${candidate.revision}`)
  }
}
