import {
  architectureIn,
  type Container,
  type Definition,
  isEssential,
  isFargate,
  isObject,
  type JsonObject,
  stringsOf,
  textOf
} from '../task-definition/definition.ts'
import { containerCpu, containerMemory, wholeNumber } from '../task-definition/sizes.ts'
import { DEFAULT_IMAGE, isPrivateEcr, isPublicRegistry, registryOf, sameImage } from './image.ts'
import { portRange } from './packet-filter.ts'
import { SMALLEST_MEMORY, smallestEssentialCpu } from './profiles.ts'
import { pathOf, type Rule, type Task } from './rule.ts'

/** Where a sensor runs, but sees less or costs more than one might think. */
export const WARNINGS: readonly Rule<Task>[] = [
  { code: 'network-mode-host', says: hostNetwork, at: () => ['networkMode'] },
  { code: 'several-launch-types', says: severalLaunchTypes },
  { code: 'network-mode-unknown', says: unknownNetworkMode, at: () => ['networkMode'] },
  { code: 'encrypted-port', says: encryptedPort, at: task => findTls(task)?.at ?? [] },
  { code: 'http2', says: http2, at: task => [...(findHttp2(task)?.at ?? []), 'appProtocol'] },
  { code: 'arm64-default-image', says: arm64, at: () => ['runtimePlatform', 'cpuArchitecture'] },
  { code: 'public-registry', says: publicRegistry },
  { code: 'no-public-address', says: noPublicAddress },
  { code: 'anonymous-docker-hub', says: anonymousDockerHub },
  { code: 'small-memory', says: smallMemory },
  { code: 'outweighs', says: outweighs, at: ({ definition, app }) => pathOf(definition, lightest(app)?.name, 'cpu') }
]

function hostNetwork({ definition }: Task): string | undefined {
  if (definition.networkMode !== 'host') return undefined
  return 'networkMode is "host": the sensor sees the traffic of the whole instance, of other tasks too. Use filter to narrow it'
}

function severalLaunchTypes({ definition, servicesOnBoth }: Task): string | undefined {
  if (servicesOnBoth !== true || stringsOf(definition.requiresCompatibilities).includes('FARGATE')) return undefined
  return 'some of the services run on Fargate and some do not: what Fargate asks of a definition is asked for all of them'
}

function unknownNetworkMode({ definition, servicesOnFargate }: Task): string | undefined {
  const mode = textOf(definition.networkMode)
  if (mode === 'awsvpc' || mode === 'host') return undefined
  if (isFargate(definition, servicesOnFargate))
    return 'Fargate takes networkMode awsvpc only: ECS will refuse this definition'
  return `networkMode "${mode}" is not known to this version; the sensor sees the traffic of a shared network only`
}

function ports({ definition, app }: Task) {
  return app.flatMap(({ name, portMappings }) =>
    (Array.isArray(portMappings) ? portMappings : []).flatMap((port: unknown, index) =>
      isObject(port) ? [{ container: name, port, at: pathOf(definition, name, 'portMappings', index) }] : []
    )
  )
}

function findTls(task: Task) {
  return ports(task).find(({ port }) => TLS_PORTS.some(tls => holdsPort(port, tls)))
}

function encryptedPort(task: Task): string | undefined {
  const found = findTls(task)
  if (found === undefined) return undefined
  const { containerPort, containerPortRange } = found.port
  return (
    `${found.container} listens on port ${containerPort ?? containerPortRange}, as for TLS: the sensor reads clear text only. ` +
    'End TLS at the load balancer to have its traffic seen'
  )
}

const TLS_PORTS = [443, 8443]

function holdsPort(mapping: JsonObject, wanted: number): boolean {
  if (wholeNumber(mapping.containerPort) === wanted) return true
  const range = portRange(mapping.containerPortRange)
  return range !== undefined && range.from <= wanted && wanted <= range.to
}

function findHttp2(task: Task) {
  return ports(task).find(({ port }) => port.appProtocol === 'http2' || port.appProtocol === 'grpc')
}

function http2(task: Task): string | undefined {
  const found = findHttp2(task)
  if (found === undefined) return undefined
  return `${found.container} speaks ${found.port.appProtocol}: the sensor reads HTTP/1 only and will not see that traffic`
}

function arm64({ definition, sensor, asksRegistry = false }: Task): string | undefined {
  return asksRegistry ? undefined : mayLackArm64(definition, sensor)
}

/** What can be told of the default image without asking its registry. */
export function mayLackArm64(definition: Definition, sensor: Container): string | undefined {
  if (architectureIn(definition) !== 'ARM64' || !sameImage(String(sensor.image), DEFAULT_IMAGE)) return undefined
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

function noPublicAddress({ sensor, publicAddresses }: Task): string | undefined {
  const image = textOf(sensor.image)
  if (publicAddresses !== false || image === undefined || !isPublicRegistry(image)) return undefined
  return (
    `the tasks get no public address, and ${image} comes from a public registry: without a NAT gateway they cannot pull it, and do ` +
    'not start. Copy it to ECR and give that copy as image'
  )
}

/** Docker Hub allows few pulls without an account, and every Fargate task pulls (Docker, "Pull usage and limits"). */
const MOST_ANONYMOUS_PULLS = 10

const DOCKER_HUB = ['docker.io', 'index.docker.io', 'registry-1.docker.io']

function anonymousDockerHub({ sensor, tasks = 0 }: Task): string | undefined {
  const image = textOf(sensor.image)
  if (tasks <= MOST_ANONYMOUS_PULLS || image === undefined || !DOCKER_HUB.includes(registryOf(image))) return undefined
  if (sensor.repositoryCredentials !== undefined) return undefined
  return (
    `${tasks} tasks pull ${image} from Docker Hub without an account, which limits such pulls by address: some may not start. ` +
    'Give repository-credentials, or copy it to ECR and give that copy as image'
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

/** The essential container with the least to live on beside the sensor. */
function lightest(app: readonly Container[]): Container | undefined {
  const smallest = smallestEssentialCpu(app)
  return app.filter(isEssential).find(container => (containerCpu(container) || 2) === smallest)
}

function outweighs({ app, sensor }: Task): string | undefined {
  const [cpu, smallest] = [containerCpu(sensor), smallestEssentialCpu(app)]
  if (cpu <= smallest || !app.some(isEssential)) return undefined
  const light = lightest(app)
  const has = light === undefined || containerCpu(light) === 0 ? 'none, which counts as 2' : String(smallest)
  return (
    `the sensor reserves ${cpu} CPU units, the essential container ${light?.name} ${has}: when the CPU is short the sensor ` +
    'comes first. Use sensor-profile: auto or a smaller cpu'
  )
}
