import { clientError } from './api-error.ts'
import { callerArn, ecsArn } from './arns.ts'
import { isObject, type JsonObject, number, object, objects, string, strings } from './json.ts'
import { violations } from './rules.ts'
import { readStructure } from './shapes.ts'
import type { Account, TaskDefinition } from './state.ts'
import { TASK_DEFINITION_MEMBERS } from './task-definition-shape.ts'
import { cpuUnits, memoryMib } from './task-sizes.ts'

export interface RegistrationOptions {
  /** Keep the definition although ECS would refuse it: for an account that holds what a rule of later days forbids. */
  unchecked?: boolean
  registeredBy?: string
  /** Epoch seconds. */
  registeredAt?: number
}

/** @throws ApiError ClientException with the text of the first rule that is broken, or SerializationException. */
export function register(account: Account, request: JsonObject, options: RegistrationOptions = {}): TaskDefinition {
  const definition = structuredClone(options.unchecked ? request : readStructure(TASK_DEFINITION_MEMBERS, request))
  const [violation] = options.unchecked ? [] : violations(definition)
  if (violation !== undefined) throw clientError(violation.text)

  const { tags, ...members } = definition
  const family = string(members.family) ?? ''
  const revisions = account.families.get(family) ?? []
  const registered = asRegistered(account, members, revisions.length + 1, options)
  account.families.set(family, [...revisions, registered])
  if (objects(tags).length > 0) account.tags.set(registered.taskDefinitionArn, objects(tags))
  return registered
}

function asRegistered(
  account: Account,
  members: JsonObject,
  revision: number,
  options: RegistrationOptions
): TaskDefinition {
  const { deregisteredAt: _deregistered, deleteRequestedAt: _deleted, ...kept } = members
  const family = string(members.family) ?? ''
  const cpu = cpuUnits(members.cpu)
  const memory = memoryMib(members.memory)
  return {
    ...kept,
    taskDefinitionArn: ecsArn(account, `task-definition/${family}:${revision}`),
    family,
    revision,
    status: 'ACTIVE',
    containerDefinitions: objects(members.containerDefinitions).map(container =>
      withContainerDefaults(container, string(members.networkMode))
    ),
    volumes: objects(members.volumes),
    placementConstraints: objects(members.placementConstraints),
    ...(cpu !== undefined && { cpu: String(cpu) }),
    ...(memory !== undefined && { memory: String(memory) }),
    requiresAttributes: requiredAttributes(members),
    compatibilities: compatibilities(members),
    registeredAt: options.registeredAt ?? account.seconds(),
    registeredBy: options.registeredBy ?? callerArn(account)
  }
}

/** API reference, HealthCheck. */
const HEALTH_CHECK = { interval: 30, timeout: 5, retries: 3 }

function withContainerDefaults(container: JsonObject, networkMode: string | undefined): JsonObject {
  return {
    cpu: 0,
    essential: true,
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    ...(isObject(container.healthCheck) && { healthCheck: { ...HEALTH_CHECK, ...container.healthCheck } }),
    portMappings: objects(container.portMappings).map(port => withPortDefaults(port, networkMode)),
    // ECS promises no order here, so that a client which compares definitions may not rely on one.
    environment: objects(container.environment).toReversed()
  }
}

function withPortDefaults(port: JsonObject, networkMode: string | undefined): JsonObject {
  if (port.containerPortRange !== undefined) return { protocol: 'tcp', ...port }
  const isMapped = networkMode !== 'awsvpc' && networkMode !== 'host'
  return { protocol: 'tcp', ...port, hostPort: number(port.hostPort) || (isMapped ? 0 : port.containerPort) }
}

/** Which launch types would take the definition, whether or not it asks for them. */
function compatibilities(members: JsonObject): string[] {
  const onFargate = violations({ ...members, requiresCompatibilities: ['FARGATE'] }).length === 0
  if (onFargate) return ['EC2', 'FARGATE']
  return members.networkMode === 'awsvpc' ? ['EC2'] : ['EXTERNAL', 'EC2']
}

function requiredAttributes(members: JsonObject): JsonObject[] {
  const containers = objects(members.containerDefinitions)
  const drivers = new Set(containers.map(container => string(object(container.logConfiguration).logDriver)))
  const pullsFromEcr = containers.some(container => /\.dkr[.-]ecr/.test(string(container.image) ?? ''))
  const names = [
    'com.amazonaws.ecs.capability.docker-remote-api.1.18',
    ...[...drivers]
      .filter(driver => driver !== undefined)
      .map(driver => `com.amazonaws.ecs.capability.logging-driver.${driver}`),
    ...(drivers.has('awslogs') && members.executionRoleArn ? ['ecs.capability.execution-role-awslogs'] : []),
    ...(pullsFromEcr ? ['com.amazonaws.ecs.capability.ecr-auth'] : []),
    ...(members.taskRoleArn ? ['com.amazonaws.ecs.capability.task-iam-role'] : []),
    ...(members.networkMode === 'awsvpc' ? ['ecs.capability.task-eni'] : [])
  ]
  return names.map(name => ({ name }))
}

export function isFargate(definition: JsonObject): boolean {
  return strings(definition.requiresCompatibilities).includes('FARGATE')
}
