import type { Environment } from '../../src/options/options.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { DEFAULT_IMAGE } from '../../src/sensor/image.ts'

/** What the inputs come to when only the required ones are given. */
export function createSensorOptions(overrides: Partial<SensorOptions> = {}): SensorOptions {
  return {
    flags: {
      'satellite-url': 'https://satellite.example.com',
      'levo-env': 'staging',
      'levoai-org-id': 'org-7f3a'
    },
    extraArgs: [],
    profile: 'auto',
    image: DEFAULT_IMAGE,
    containerName: 'levo-pcap-sensor',
    environment: new Map(),
    secrets: new Map(),
    dockerLabels: new Map(),
    logs: { kind: 'app', streamPrefix: 'ecs-pcap' },
    taskSize: 'keep',
    excludeSidecarPorts: false,
    restartAttemptPeriod: undefined,
    overrides: undefined,
    ...overrides
  }
}

/** A workflow with a Region and credentials. */
export function createEnvironment(overrides: Partial<Environment> = {}): Environment {
  return {
    region: 'eu-west-1',
    profileRegion: async () => undefined,
    hasCredentials: true,
    workspace: '/workspace',
    fileExists: () => true,
    provenance: { createdBy: 'fargate-pcap-action/test' },
    ...overrides
  }
}

/** The least that installs a sensor from a file, as the runner hands it over. */
export function createRaw(overrides: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'task-definition': 'task-definition.json',
    'satellite-url': 'https://satellite.example.com',
    'levo-env': 'staging',
    'levoai-org-id': 'org-7f3a',
    ...overrides
  }
}
