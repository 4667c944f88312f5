import { isFargate, isObject, textOf } from '../task-definition/definition.ts'
import { isPrivateEcr } from './image.ts'
import type { Place, Rule, Task } from './rule.ts'

/** Tasks in which a sensor would see nothing or could not run at all. */
export const BLIND_PLACES: readonly Rule<Place>[] = [
  { code: 'refused-windows', says: windows },
  { code: 'refused-network-mode', says: blindNetworkMode }
]

/**
 * What ECS would refuse at registration because of the sensor, and of nothing else in the definition (API reference,
 * RegisterTaskDefinition; the texts of ECS name the container only sometimes).
 */
export const CONFLICTS: readonly Rule<Task>[] = [
  { code: 'needs-execution-role', says: secretsWithoutRole },
  { code: 'needs-execution-role', says: privateImageWithoutRole },
  { code: 'log-driver', says: unusableLogDriver }
]

function windows({ definition }: Place): string | undefined {
  const platform = isObject(definition.runtimePlatform)
    ? textOf(definition.runtimePlatform.operatingSystemFamily)
    : undefined
  if (platform === undefined || !/^windows/i.test(platform)) return undefined
  return `it runs on ${platform}, and the sensor's image is for Linux. Leave this task out`
}

function blindNetworkMode({ definition, servicesOnFargate }: Place): string | undefined {
  const mode = textOf(definition.networkMode)
  if (mode === 'none') return 'networkMode "none" gives the containers no network, so there is no traffic to see'
  const seesOnlyItself = 'each container has a network of its own there, so the sensor would see only itself'
  const remedy = 'Use awsvpc (or host), or install the sensor on the instance instead of beside the container'
  if (mode === 'bridge') return `networkMode is "bridge": ${seesOnlyItself}. ${remedy}`
  if (mode !== undefined && mode !== 'default') return undefined
  if (isFargate(definition, servicesOnFargate)) return undefined
  return `networkMode is ${mode === undefined ? 'not set' : `"${mode}"`}, which ECS takes as bridge: ${seesOnlyItself}. ${remedy}`
}

const ADD_ROLE = 'Add an executionRoleArn to the task definition'

function secretsWithoutRole({ definition, sensor }: Task): string | undefined {
  if (textOf(definition.executionRoleArn) !== undefined) return undefined
  if (sensor.secrets !== undefined) return `secrets need an execution role that may read them. ${ADD_ROLE}`
  if (sensor.repositoryCredentials === undefined) return undefined
  return `repository-credentials need an execution role that may read them. ${ADD_ROLE}`
}

function privateImageWithoutRole({ definition, sensor, servicesOnFargate }: Task): string | undefined {
  if (textOf(definition.executionRoleArn) !== undefined || !isFargate(definition, servicesOnFargate)) return undefined
  const image = textOf(sensor.image)
  if (image === undefined || !isPrivateEcr(image)) return undefined
  return `Fargate pulls ${image} from ECR with the task's execution role only. ${ADD_ROLE}`
}

/** The log drivers of Fargate tasks (API reference, LogConfiguration `logDriver`). */
const FARGATE_DRIVERS = ['awslogs', 'splunk', 'awsfirelens']

function unusableLogDriver({ definition, app, sensor, servicesOnFargate }: Task): string | undefined {
  const driver = isObject(sensor.logConfiguration) ? textOf(sensor.logConfiguration.logDriver) : undefined
  if (driver === undefined) return undefined
  if (isFargate(definition, servicesOnFargate) && !FARGATE_DRIVERS.includes(driver)) {
    return `log-configuration-log-driver ${driver} does not exist on Fargate. Use one of ${FARGATE_DRIVERS.join(', ')}`
  }
  if (driver !== 'awsfirelens' || app.some(container => isObject(container.firelensConfiguration))) return undefined
  return 'the log driver awsfirelens needs a container with a firelensConfiguration, and the task has none. Use another driver'
}
