import { isObject, type JsonObject, number, object, objects } from '../json.ts'
import {
  type ContainerRule,
  containerNamed,
  isEssential,
  isSet,
  nameOf,
  type Rule,
  type TaskView
} from '../task-view.ts'

const ports = (container: JsonObject) => objects(container.portMappings)

function mismatchedPorts(container: JsonObject): boolean {
  return ports(container).some(port => isSetPort(port.hostPort) && port.hostPort !== port.containerPort)
}

function isSetPort(port: unknown): boolean {
  return port !== undefined && port !== 0
}

const unsupportedInAwsvpc: [string, string][] = [
  ['links', 'Links are not supported when networkMode=awsvpc'],
  ['disableNetworking', 'Disable Networking is not supported on container when networkMode=awsvpc'],
  ['dnsServers', 'DNS servers are not supported on container when networkMode=awsvpc'],
  ['dnsSearchDomains', 'DNS search domains are not supported on container when networkMode=awsvpc'],
  ['extraHosts', 'Extra hosts are not supported on container when networkMode=awsvpc'],
  ['hostname', 'hostname is not supported on container when networkMode=awsvpc']
]

/** AWS API reference, HealthCheck. The texts are not known. */
const healthCheckRanges: [string, number, number][] = [
  ['interval', 5, 300],
  ['timeout', 2, 60],
  ['retries', 1, 10],
  ['startPeriod', 0, 300]
]

/** What one container asks for, and what it says about the others. */
export const CONTAINER_RULES: readonly Rule[] = [
  ...['awsvpc', 'host'].map(
    (mode): ContainerRule => ({
      name: `${mode}-ports`,
      brokenBy: (container, task) => task.networkMode === mode && mismatchedPorts(container),
      text: `When networkMode=${mode}, the host ports and container ports in port mappings must match.`
    })
  ),
  {
    name: 'port-and-range',
    brokenBy: container =>
      ports(container).some(
        port => isSet(port.containerPortRange) && (port.containerPort !== undefined || port.hostPort !== undefined)
      ),
    text: 'cannot specify both single port and port range'
  },
  {
    name: 'port-ranges-too-many',
    brokenBy: container => ports(container).filter(port => isSet(port.containerPortRange)).length > 100,
    text: 'Too many container port ranges.'
  },
  ...unsupportedInAwsvpc.map(
    ([member, text]): ContainerRule => ({
      name: `awsvpc-${member}`,
      brokenBy: (container, task) => task.networkMode === 'awsvpc' && isSet(container[member]),
      text
    })
  ),
  {
    name: 'depends-on-unknown',
    brokenBy: (container, task) => unknownDependency(container, task.containers) !== undefined,
    text: (container: JsonObject, task: TaskView) =>
      `Cannot depend on container + '${unknownDependency(container, task.containers)}' because it does not exist`
  },
  {
    name: 'depends-on-essential',
    brokenBy: (container, task) =>
      objects(container.dependsOn).some(({ containerName, condition }) => {
        const other = containerNamed(task, containerName)
        return (condition === 'SUCCESS' || condition === 'COMPLETE') && other !== undefined && isEssential(other)
      }),
    text: 'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container'
  },
  {
    name: 'depends-on-healthy',
    brokenBy: (container, task) =>
      objects(container.dependsOn).some(
        ({ containerName, condition }) =>
          condition === 'HEALTHY' && !isObject(containerNamed(task, containerName)?.healthCheck)
      ),
    text: 'A dependency container with HEALTHY condition must have health check configured'
  },
  {
    name: 'volumes-from-unknown',
    brokenBy: (container, task) => unknownVolumeSource(container, task.containers) !== undefined,
    text: (container: JsonObject, task: TaskView) =>
      `Invalid 'volumesFrom' setting. Unknown container: '${unknownVolumeSource(container, task.containers)}'`
  },
  {
    name: 'mount-point-unknown',
    brokenBy: (container, task) => unknownVolume(container, objects(task.definition.volumes)) !== undefined,
    text: (container: JsonObject, task: TaskView) =>
      `Unknown volume '${unknownVolume(container, objects(task.definition.volumes))}'.`
  },
  {
    name: 'restart-attempt-period',
    brokenBy: container => isOutside(object(container.restartPolicy).restartAttemptPeriod, 60, 1800),
    text: (container: JsonObject) =>
      `the 'restartAttemptPeriod' setting for container '${nameOf(container)}' must be between 60 and 1800`
  },
  {
    name: 'ignored-exit-codes',
    brokenBy: container => listLength(object(container.restartPolicy).ignoredExitCodes) > 50,
    text: (container: JsonObject) =>
      `the 'ignoredExitCodes' setting for container '${nameOf(container)}' must have at most 50 codes`
  },
  {
    name: 'environment-files',
    brokenBy: container => listLength(container.environmentFiles) > 10,
    text: 'The maximum number of environment files was exceeded. Specify ten or less and try again'
  },
  ...healthCheckRanges.map(
    ([member, least, most]): ContainerRule => ({
      name: `health-check-${member}`,
      brokenBy: container => isOutside(object(container.healthCheck)[member], least, most),
      text: (container: JsonObject) =>
        `the health check '${member}' setting for container '${nameOf(container)}' must be between ${least} and ${most}`
    })
  )
]

function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0
}

function isOutside(value: unknown, least: number, most: number): boolean {
  const given = number(value)
  return given !== undefined && (given < least || given > most)
}

function unknownDependency(container: JsonObject, containers: JsonObject[]): unknown {
  return unknownName(objects(container.dependsOn), 'containerName', containers)
}

function unknownVolumeSource(container: JsonObject, containers: JsonObject[]): unknown {
  return unknownName(objects(container.volumesFrom), 'sourceContainer', containers)
}

function unknownVolume(container: JsonObject, volumes: JsonObject[]): unknown {
  return unknownName(objects(container.mountPoints), 'sourceVolume', volumes)
}

function unknownName(references: JsonObject[], member: string, named: JsonObject[]): unknown {
  return references.map(reference => reference[member]).find(name => !named.some(item => item.name === name))
}
