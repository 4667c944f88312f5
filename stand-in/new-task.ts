import { ecsArn } from './arns.ts'
import { taskId, uuid } from './identifiers.ts'
import { isObject, type JsonObject, objects, string } from './json.ts'
import { clusterNameOf, serviceOf } from './lookups.ts'
import type { Rollout } from './script.ts'
import type { Account, Service, TaskDefinition } from './state.ts'

export interface TaskContainer extends JsonObject {
  containerArn: string
  taskArn: string
  name: string
  image: string
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED'
  healthStatus: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'
  /** Absent as long as the container never ran, as are digest and exit code. */
  runtimeId?: string
  imageDigest?: string
  exitCode?: number
  reason?: string
}

export interface Task extends JsonObject {
  taskArn: string
  clusterArn: string
  taskDefinitionArn: string
  startedBy: string
  group: string
  lastStatus: string
  desiredStatus: 'RUNNING' | 'STOPPED'
  containers: TaskContainer[]
  /** Epoch seconds, as all times here. */
  createdAt: number
  stoppedAt?: number
  version: number
}

/** A task that the deployment has just asked for: nothing of it runs yet. */
export function newTask(rollout: Rollout): Task {
  const { account, serviceArn, deployment } = rollout
  const service = serviceOf(account, serviceArn)
  const definition = account.findTaskDefinition(deployment.taskDefinition) as TaskDefinition
  const cluster = clusterNameOf(account, service)
  const id = taskId(account.next())
  const taskArn = ecsArn(account, `task/${cluster}/${id}`)
  const names = [...objects(definition.containerDefinitions), ...rollout.tasks.injected.map(injected)]
  account.tags.set(taskArn, tagsOf(account, service, definition, cluster))
  return {
    attachments: [{ id: uuid(account.next()), type: 'ElasticNetworkInterface', status: 'PRECREATED', details: [] }],
    attributes: [],
    availabilityZone: `${account.region}a`,
    ...placement(service),
    clusterArn: service.clusterArn,
    connectivity: 'DISCONNECTED',
    containers: names.map(container => newContainer(account, taskArn, cluster, id, container)),
    ...(definition.cpu !== undefined && { cpu: definition.cpu }),
    ...(definition.memory !== undefined && { memory: definition.memory }),
    createdAt: account.seconds(),
    desiredStatus: 'RUNNING',
    enableExecuteCommand: service.enableExecuteCommand === true,
    group: `service:${service.serviceName}`,
    healthStatus: 'UNKNOWN',
    lastStatus: 'PROVISIONING',
    overrides: { containerOverrides: [] },
    startedBy: deployment.id,
    taskArn,
    taskDefinitionArn: deployment.taskDefinition,
    version: 1
  }
}

function newContainer(
  account: Account,
  taskArn: string,
  cluster: string,
  id: string,
  definition: JsonObject
): TaskContainer {
  return {
    containerArn: ecsArn(account, `container/${cluster}/${id}/${uuid(account.next())}`),
    taskArn,
    name: string(definition.name) ?? '',
    image: string(definition.image) ?? '',
    lastStatus: 'PENDING',
    networkBindings: [],
    networkInterfaces: [],
    healthStatus: 'UNKNOWN',
    cpu: String(definition.cpu ?? 0),
    ...(definition.memory !== undefined && { memory: String(definition.memory) }),
    ...(definition.memoryReservation !== undefined && { memoryReservation: String(definition.memoryReservation) })
  }
}

function injected(name: string): JsonObject {
  return { name, image: `593207742271.dkr.ecr.us-east-1.amazonaws.com/${name.replace(/-[^-]*$/, '')}:v1` }
}

function placement(service: Service): JsonObject {
  const [provider] = objects(service.capacityProviderStrategy)
  const onFargate = service.launchType === 'FARGATE' || (string(provider?.capacityProvider) ?? '').startsWith('FARGATE')
  return {
    launchType: onFargate ? 'FARGATE' : 'EC2',
    ...(onFargate && { platformVersion: '1.4.0', platformFamily: 'Linux' }),
    ...(isObject(provider) && { capacityProviderName: provider.capacityProvider })
  }
}

function tagsOf(account: Account, service: Service, definition: TaskDefinition, cluster: string): JsonObject[] {
  const from = { SERVICE: service.serviceArn, TASK_DEFINITION: definition.taskDefinitionArn }[
    String(service.propagateTags)
  ]
  const managed = [
    { key: 'aws:ecs:clusterName', value: cluster },
    { key: 'aws:ecs:serviceName', value: service.serviceName }
  ]
  return [...(account.tags.get(from ?? '') ?? []), ...(service.enableECSManagedTags === true ? managed : [])]
}
