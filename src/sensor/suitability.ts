import {
  type Container,
  type Definition,
  isEssential,
  isFargate,
  isObject,
  objectsOf,
  textOf
} from '../task-definition/definition.ts'
import { containerCpu, containerMemory, wholeNumber } from '../task-definition/sizes.ts'
import { DEFAULT_IMAGE, isPrivateEcr, isPublicRegistry } from './image.ts'
import { SMALLEST_MEMORY, smallestEssentialCpu } from './profiles.ts'

/** Where a sensor is to go. */
export interface Place {
  readonly definition: Definition
  readonly servicesOnFargate?: boolean | undefined
}

export interface Task extends Place {
  /** Every container but the sensor. */
  readonly app: readonly Container[]
  readonly sensor: Container
}

interface Rule<T> {
  readonly code: string
  /** The sentence to print when the rule applies, with what to do instead. */
  readonly says: (task: T) => string | undefined
}

/** Where a sensor would see nothing or could not run at all. */
export const REFUSALS: readonly Rule<Place>[] = [
  { code: 'refused-windows', says: windows },
  { code: 'refused-network-mode', says: blindNetworkMode }
]

/** Where a sensor runs, but sees less or costs more than one might think. */
export const WARNINGS: readonly Rule<Task>[] = [
  { code: 'network-mode-host', says: hostNetwork },
  { code: 'network-mode-unknown', says: unknownNetworkMode },
  { code: 'encrypted-port', says: encryptedPort },
  { code: 'http2', says: http2 },
  { code: 'arm64-default-image', says: arm64 },
  { code: 'public-registry', says: publicRegistry },
  { code: 'small-memory', says: smallMemory },
  { code: 'outweighs', says: outweighs }
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

function hostNetwork({ definition }: Task): string | undefined {
  if (definition.networkMode !== 'host') return undefined
  return 'networkMode is "host": the sensor sees the traffic of the whole instance, of other tasks too. Use filter to narrow it'
}

function unknownNetworkMode({ definition, servicesOnFargate }: Task): string | undefined {
  const mode = textOf(definition.networkMode)
  if (mode === 'awsvpc' || mode === 'host') return undefined
  if (isFargate(definition, servicesOnFargate))
    return 'Fargate takes networkMode awsvpc only: ECS will refuse this definition'
  return `networkMode "${mode}" is not known to this version; the sensor sees the traffic of a shared network only`
}

function ports(app: readonly Container[]) {
  return app.flatMap(container => objectsOf(container.portMappings).map(port => ({ container: container.name, port })))
}

function encryptedPort({ app }: Task): string | undefined {
  const found = ports(app).find(({ port }) => [443, 8443].includes(wholeNumber(port.containerPort) ?? 0))
  if (found === undefined) return undefined
  return (
    `${found.container} listens on port ${found.port.containerPort}, as for TLS: the sensor reads clear text only. ` +
    'End TLS at the load balancer to have its traffic seen'
  )
}

function http2({ app }: Task): string | undefined {
  const found = ports(app).find(({ port }) => port.appProtocol === 'http2' || port.appProtocol === 'grpc')
  if (found === undefined) return undefined
  return `${found.container} speaks ${found.port.appProtocol}: the sensor reads HTTP/1 only and will not see that traffic`
}

function arm64({ definition, sensor }: Task): string | undefined {
  const platform = definition.runtimePlatform
  if (!isObject(platform) || platform.cpuArchitecture !== 'ARM64' || sensor.image !== DEFAULT_IMAGE) return undefined
  return `the task runs on ARM64, for which ${DEFAULT_IMAGE} may have no image: give image a multi-architecture one`
}

function publicRegistry({ app, sensor }: Task): string | undefined {
  const images = app.map(container => textOf(container.image)).filter(image => image !== undefined)
  const image = textOf(sensor.image)
  if (image === undefined || !isPublicRegistry(image)) return undefined
  if (images.length === 0 || !images.every(isPrivateEcr)) return undefined
  return (
    `every other image comes from private ECR, ${image} from a public registry: tasks without a way to the internet ` +
    'cannot pull it. Copy it to ECR and give that copy as image'
  )
}

function smallMemory({ sensor }: Task): string | undefined {
  const memory = containerMemory(sensor)
  if (memory === undefined || memory >= SMALLEST_MEMORY) return undefined
  return (
    `the sensor has ${memory} MiB of memory, less than the ${SMALLEST_MEMORY} of the low-resource profile: it may be killed ` +
    'under load (the application is not). Give memory a higher value'
  )
}

function outweighs({ app, sensor }: Task): string | undefined {
  const [cpu, smallest] = [containerCpu(sensor), smallestEssentialCpu(app)]
  if (cpu <= smallest || !app.some(isEssential)) return undefined
  const light = app.filter(isEssential).find(container => (containerCpu(container) || 2) === smallest)
  const has = light === undefined || containerCpu(light) === 0 ? 'none, which counts as 2' : String(smallest)
  return (
    `the sensor reserves ${cpu} CPU units, the essential container ${light?.name} ${has}: when the CPU is short the sensor ` +
    'comes first. Use sensor-profile: auto or a smaller cpu'
  )
}
