import type { Shape } from './shapes.ts'

const STRINGS: Shape = { list: 'string' }
const NAME_VALUE: Shape = { list: { members: { name: 'string', value: 'string' } } }
const NAME_VALUE_FROM: Shape = { list: { members: { name: 'string', valueFrom: 'string' } } }
export const TAGS: Shape = { list: { members: { key: 'string', value: 'string' } } }

const LINUX_PARAMETERS: Shape = {
  members: {
    capabilities: { members: { add: STRINGS, drop: STRINGS } },
    devices: { list: { members: { hostPath: 'string', containerPath: 'string', permissions: STRINGS } } },
    initProcessEnabled: 'boolean',
    sharedMemorySize: 'integer',
    tmpfs: { list: { members: { containerPath: 'string', size: 'integer', mountOptions: STRINGS } } },
    maxSwap: 'integer',
    swappiness: 'integer'
  }
}

const PORT_MAPPING: Shape = {
  members: {
    containerPort: 'integer',
    hostPort: 'integer',
    protocol: 'string',
    name: 'string',
    appProtocol: 'string',
    containerPortRange: 'string'
  }
}

const HEALTH_CHECK: Shape = {
  members: { command: STRINGS, interval: 'integer', timeout: 'integer', retries: 'integer', startPeriod: 'integer' }
}

const CONTAINER: Shape = {
  members: {
    name: 'string',
    image: 'string',
    repositoryCredentials: { members: { credentialsParameter: 'string' } },
    cpu: 'integer',
    memory: 'integer',
    memoryReservation: 'integer',
    links: STRINGS,
    portMappings: { list: PORT_MAPPING },
    essential: 'boolean',
    restartPolicy: {
      members: { enabled: 'boolean', ignoredExitCodes: { list: 'integer' }, restartAttemptPeriod: 'integer' }
    },
    entryPoint: STRINGS,
    command: STRINGS,
    environment: NAME_VALUE,
    environmentFiles: { list: { members: { value: 'string', type: 'string' } } },
    mountPoints: { list: { members: { sourceVolume: 'string', containerPath: 'string', readOnly: 'boolean' } } },
    volumesFrom: { list: { members: { sourceContainer: 'string', readOnly: 'boolean' } } },
    linuxParameters: LINUX_PARAMETERS,
    secrets: NAME_VALUE_FROM,
    dependsOn: { list: { members: { containerName: 'string', condition: 'string' } } },
    startTimeout: 'integer',
    stopTimeout: 'integer',
    versionConsistency: 'string',
    hostname: 'string',
    user: 'string',
    workingDirectory: 'string',
    disableNetworking: 'boolean',
    privileged: 'boolean',
    readonlyRootFilesystem: 'boolean',
    dnsServers: STRINGS,
    dnsSearchDomains: STRINGS,
    extraHosts: { list: { members: { hostname: 'string', ipAddress: 'string' } } },
    dockerSecurityOptions: STRINGS,
    interactive: 'boolean',
    pseudoTerminal: 'boolean',
    dockerLabels: { map: 'string' },
    ulimits: { list: { members: { name: 'string', softLimit: 'integer', hardLimit: 'integer' } } },
    logConfiguration: {
      members: { logDriver: 'string', options: { map: 'string' }, secretOptions: NAME_VALUE_FROM }
    },
    healthCheck: HEALTH_CHECK,
    systemControls: { list: { members: { namespace: 'string', value: 'string' } } },
    resourceRequirements: { list: { members: { value: 'string', type: 'string' } } },
    firelensConfiguration: { members: { type: 'string', options: { map: 'string' } } },
    credentialSpecs: STRINGS
  }
}

/** The members of RegisterTaskDefinition's request, by the ECS API reference. */
export const TASK_DEFINITION_MEMBERS: Record<string, Shape> = {
  family: 'string',
  taskRoleArn: 'string',
  executionRoleArn: 'string',
  networkMode: 'string',
  containerDefinitions: { list: CONTAINER },
  volumes: {
    list: {
      members: {
        name: 'string',
        host: { members: { sourcePath: 'string' } },
        dockerVolumeConfiguration: { members: {} },
        efsVolumeConfiguration: { members: {} },
        configuredAtLaunch: 'boolean'
      }
    }
  },
  placementConstraints: { list: { members: { type: 'string', expression: 'string' } } },
  requiresCompatibilities: STRINGS,
  cpu: 'string',
  memory: 'string',
  tags: TAGS,
  pidMode: 'string',
  ipcMode: 'string',
  proxyConfiguration: { members: { type: 'string', containerName: 'string', properties: NAME_VALUE } },
  ephemeralStorage: { members: { sizeInGiB: 'integer' } },
  runtimePlatform: { members: { cpuArchitecture: 'string', operatingSystemFamily: 'string' } },
  enableFaultInjection: 'boolean'
}
