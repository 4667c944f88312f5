import { type JsonObject, number, object, objects, string, strings } from '../json.ts'
import { type ContainerRule, isSet, nameOf, type Rule, type TaskRule } from '../task-view.ts'

const ECR = /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\./
const LEAST_TIMEOUT = 2
const MOST_TIMEOUT = 120

const unsupported = (member: string) => `Fargate compatible task definitions do not support ${member}`
const refusedCapabilities = (container: JsonObject) =>
  strings(object(object(container.linuxParameters).capabilities).add).filter(name => name !== 'SYS_PTRACE')

const LINUX_PARAMETERS = ['devices', 'sharedMemorySize', 'tmpfs', 'maxSwap', 'swappiness']
const VOLUME_MEMBERS: [string, (volume: JsonObject) => unknown][] = [
  ['sourcePath', volume => object(volume.host).sourcePath],
  ['dockerVolumeConfiguration', volume => volume.dockerVolumeConfiguration]
]

/** AWS, "Amazon ECS task definition differences for Fargate": the parameters that are not valid there. */
export const FARGATE_RULES: readonly Rule[] = [
  {
    name: 'fargate-network-mode',
    broken: task => task.fargate && task.networkMode !== 'awsvpc',
    text: 'Fargate only supports network mode ‘awsvpc’.'
  },
  {
    name: 'fargate-ecr-execution-role',
    brokenBy: (container, task) =>
      task.fargate && ECR.test(string(container.image) ?? '') && !task.definition.executionRoleArn,
    text: 'Fargate requires task definition to have execution role ARN to support ECR images.'
  },
  {
    name: 'fargate-capability-add',
    brokenBy: (container, task) => task.fargate && refusedCapabilities(container).length > 0,
    text: (container: JsonObject) => `${refusedCapabilities(container)[0]} is not allowed on Fargate.`
  },
  {
    name: 'fargate-privileged',
    brokenBy: (container, task) => task.fargate && container.privileged === true,
    text: "Fargate requires that the 'privileged' setting be 'false'"
  },
  {
    name: 'fargate-pid-mode',
    broken: task => task.fargate && task.definition.pidMode === 'host',
    text:
      "Tasks using the Fargate launch type do not support pidMode 'host'. " +
      "The supported value for pidMode is 'task'."
  },
  {
    name: 'fargate-ipc-mode',
    broken: task => task.fargate && isSet(task.definition.ipcMode),
    text: unsupported('ipcMode')
  },
  {
    name: 'fargate-placement-constraints',
    broken: task => task.fargate && isSet(task.definition.placementConstraints),
    text: unsupported('constraints')
  },
  ...VOLUME_MEMBERS.map(
    ([member, read]): TaskRule => ({
      name: `fargate-volume-${member}`,
      broken: task => task.fargate && objects(task.definition.volumes).some(volume => isSet(read(volume))),
      text: unsupported(member)
    })
  ),
  ...LINUX_PARAMETERS.map(
    (member): ContainerRule => ({
      name: `fargate-${member}`,
      brokenBy: (container, task) => task.fargate && isSet(object(container.linuxParameters)[member]),
      text: unsupported(member)
    })
  ),
  {
    name: 'fargate-dockerSecurityOptions',
    brokenBy: (container, task) => task.fargate && isSet(container.dockerSecurityOptions),
    text: unsupported('dockerSecurityOptions')
  },
  {
    name: 'fargate-gpu',
    brokenBy: (container, task) =>
      task.fargate && objects(container.resourceRequirements).some(requirement => requirement.type === 'GPU'),
    text: 'Tasks using the Fargate launch type do not support GPU resource requirements'
  },
  {
    name: 'fargate-stop-timeout',
    brokenBy: (container, task) => task.fargate && (number(container.stopTimeout) ?? 0) > MOST_TIMEOUT,
    text: 'Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.'
  },
  {
    name: 'fargate-start-timeout',
    brokenBy: (container, task) => task.fargate && (number(container.startTimeout) ?? 0) > MOST_TIMEOUT,
    text: 'Tasks using the Fargate launch type must have a container start timeout of less than 120 seconds.'
  },
  ...['startTimeout', 'stopTimeout'].map(
    (member): ContainerRule => ({
      name: `${member}-minimum`,
      brokenBy: (container, task) => task.fargate && (number(container[member]) ?? LEAST_TIMEOUT) < LEAST_TIMEOUT,
      text: (container: JsonObject) =>
        `The '${member}' setting for container '${nameOf(container)}' must be at least 2 seconds.`
    })
  ),
  {
    name: 'ec2-ephemeral-storage',
    broken: task =>
      !task.fargate &&
      strings(task.definition.requiresCompatibilities).includes('EC2') &&
      task.definition.ephemeralStorage !== undefined,
    text: 'Tasks using the EC2 launch type do not support EphemeralStorage'
  }
]
