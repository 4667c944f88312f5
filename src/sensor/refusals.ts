import type { Path } from '../errors.ts'
import { isEssential, isFargate, isObject, objectsOf, textOf } from '../task-definition/definition.ts'
import { containerMemory, containerReservation, LEAST_MEMORY, taskMemory } from '../task-definition/sizes.ts'
import { imageFault, isPrivateEcr } from './image.ts'
import { type Place, pathOf, type Rule, type Task } from './rule.ts'

/** Tasks in which a sensor would see nothing or could not run at all. */
export const BLIND_PLACES: readonly Rule<Place>[] = [
  { code: 'refused-windows', says: windows, at: () => ['runtimePlatform', 'operatingSystemFamily'] },
  { code: 'refused-network-mode', says: blindNetworkMode, at: () => ['networkMode'] }
]

const role = (): Path => ['executionRoleArn']

/**
 * What ECS would refuse at registration because of the sensor, and of nothing else in the definition (API reference,
 * RegisterTaskDefinition; the texts of ECS name the container only sometimes).
 */
export const CONFLICTS: readonly Rule<Task>[] = [
  { code: 'needs-execution-role', says: secretsWithoutRole, at: role },
  { code: 'needs-execution-role', says: privateImageWithoutRole, at: role },
  { code: 'log-driver', says: unusableLogDriver },
  { code: 'needs-execution-role', says: awslogsWithoutRole, at: role },
  { code: 'log-driver', says: awslogsWithoutOptions },
  { code: 'image', says: unusableImage },
  { code: 'memory', says: unusableMemory },
  { code: 'no-essential-container', says: onlyEssential, at: essential },
  {
    code: 'depends-on-sensor',
    says: task => impossibleWait(task)?.text,
    at: task => pathOf(task.definition, impossibleWait(task)?.container, 'dependsOn')
  }
]

function windows({ definition }: Place): string | undefined {
  const platform = isObject(definition.runtimePlatform)
    ? textOf(definition.runtimePlatform.operatingSystemFamily)
    : undefined
  if (platform === undefined || !/^windows/i.test(platform)) return undefined
  return `it runs on ${platform}, and the sensor's image is for Linux. Leave this task out`
}

function blindNetworkMode({ definition, servicesOnFargate, servicesOnBoth }: Place): string | undefined {
  const mode = textOf(definition.networkMode)
  if (mode === 'none') return 'networkMode "none" gives the containers no network, so there is no traffic to see'
  const seesOnlyItself = 'each container has a network of its own there, so the sensor would see only itself'
  const remedy = 'Use awsvpc (or host), or install the sensor on the instance instead of beside the container'
  if (mode === 'bridge') return `networkMode is "bridge": ${seesOnlyItself}. ${remedy}`
  if (mode !== undefined && mode !== 'default') return undefined
  if (isFargate(definition, servicesOnFargate) && servicesOnBoth !== true) return undefined
  return `networkMode is ${mode === undefined ? 'not set' : `"${mode}"`}, which ECS takes as bridge: ${seesOnlyItself}. ${remedy}`
}

const ADD_ROLE = 'Add an executionRoleArn to the task definition'

function secretsWithoutRole({ definition, sensor }: Task): string | undefined {
  if (textOf(definition.executionRoleArn) !== undefined) return undefined
  if (objectsOf(sensor.secrets).length > 0) return `secrets need an execution role that may read them. ${ADD_ROLE}`
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

function awslogsWithoutRole({ definition, sensor, servicesOnFargate }: Task): string | undefined {
  if (!isObject(sensor.logConfiguration) || sensor.logConfiguration.logDriver !== 'awslogs') return undefined
  if (textOf(definition.executionRoleArn) !== undefined || !isFargate(definition, servicesOnFargate)) return undefined
  return `the log driver awslogs needs an execution role on Fargate. ${ADD_ROLE}`
}

function awslogsWithoutOptions({ definition, sensor, servicesOnFargate }: Task): string | undefined {
  const logs = isObject(sensor.logConfiguration) ? sensor.logConfiguration : {}
  if (logs.logDriver !== 'awslogs') return undefined
  const options = isObject(logs.options) ? logs.options : {}
  const needed = isFargate(definition, servicesOnFargate) ? [...AWSLOGS_NEEDS, 'awslogs-stream-prefix'] : AWSLOGS_NEEDS
  const lacking = needed.filter(option => textOf(options[option]) === undefined)
  return lacking.length === 0 ? undefined : `the sensor's log driver awslogs needs the options ${lacking.join(', ')}`
}

const AWSLOGS_NEEDS = ['awslogs-region', 'awslogs-group']

function unusableImage({ sensor }: Task): string | undefined {
  const image = textOf(sensor.image) ?? ''
  const fault = imageFault(image)
  if (fault === 'characters') return `the image "${image}" has characters that ECS does not take in one`
  return fault === 'length' ? 'the image has more than the 255 characters before its digest that ECS takes' : undefined
}

function unusableMemory({ definition, sensor }: Task): string | undefined {
  const [limit, reservation] = [containerMemory(sensor), containerReservation(sensor)]
  if (limit !== undefined && limit < LEAST_MEMORY) {
    return `the sensor's memory is ${limit} MiB, and a container needs at least ${LEAST_MEMORY}`
  }
  if (limit !== undefined || reservation !== undefined || taskMemory(definition) !== undefined) return undefined
  return 'without a task-level memory the sensor needs memory or memory-reservation'
}

/** A sensor that somebody made essential is not any more, and nothing else was. */
function onlyEssential({ definition, app, sensor }: Task): string | undefined {
  if (!definition.containerDefinitions.some(isEssential) || [...app, sensor].some(isEssential)) return undefined
  return (
    'the sensor that is there is the only essential container, and the sensor must not be one: ECS takes no definition without. ' +
    'Make a container of the application essential'
  )
}

function essential({ definition }: Task): Path {
  return pathOf(definition, definition.containerDefinitions.find(isEssential)?.name, 'essential')
}

/** Who waits for the sensor, since before it was adopted, must be able to go on. */
function impossibleWait({ app, sensor }: Task): { readonly container: string; readonly text: string } | undefined {
  for (const { name: container, dependsOn } of app) {
    for (const { containerName, condition } of objectsOf(dependsOn)) {
      if (containerName !== sensor.name) continue
      const waits = `${container} depends on ${sensor.name} with the condition ${condition}`
      const remedy = 'Take that dependsOn out, or let it wait for START'
      if (condition === 'HEALTHY' && !isObject(sensor.healthCheck))
        return { container, text: `${waits}, and the sensor has no health check. ${remedy}` }
      if ((condition === 'SUCCESS' || condition === 'COMPLETE') && isEssential(sensor))
        return { container, text: `${waits}, and an essential container never ends. ${remedy}` }
    }
  }
  return undefined
}
