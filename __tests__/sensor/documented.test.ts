import { describe, expect, test } from '@jest/globals'
import { buildContainer } from '../../src/sensor/container.ts'
import type { ProfileName } from '../../src/sensor/profiles.ts'
import { fargateDefinition } from '../fixtures/definitions.ts'
import { createSensorOptions } from '../support/options.ts'

const REGION = 'us-west-2'
const GROUP = '/ecs/your-application-pcap'

function build(profile: ProfileName, image: string, flags: Record<string, string> = {}) {
  const definition = fargateDefinition({ cpu: '4096', memory: '8192' })
  const options = createSensorOptions({
    profile,
    image,
    logs: { kind: 'group', group: GROUP, streamPrefix: 'ecs-pcap' },
    flags: {
      'satellite-url': 'https://satellite.example.com:9999',
      'levo-env': 'staging',
      'levoai-org-id': 'org-7f3a',
      ...flags
    }
  })
  return buildContainer(options, definition, definition.containerDefinitions, { region: REGION }).container
}

const tail = {
  environment: [{ name: 'LEVO_AWS_REGION', value: REGION }],
  mountPoints: [],
  volumesFrom: [],
  logConfiguration: {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': GROUP,
      'awslogs-create-group': 'true',
      'awslogs-region': REGION,
      'awslogs-stream-prefix': 'ecs-pcap'
    }
  }
}

const program = [
  './bin/init',
  'apidump',
  '--satellite-url',
  'https://satellite.example.com:9999',
  '--levo-env',
  'staging',
  '--levoai-org-id',
  'org-7f3a'
]

const STANDARD = {
  name: 'levo-pcap-sensor',
  image: 'levoai/pcap-sensor:0.1.9',
  cpu: 512,
  memory: 512,
  portMappings: [],
  essential: false,
  entryPoint: [...program, '--rate-limit', '1000'],
  ...tail
}

const LOW_RESOURCE = {
  name: 'levo-pcap-sensor',
  image: 'levoai/pcap-sensor:0.2.1',
  cpu: 256,
  memory: 200,
  portMappings: [],
  essential: false,
  entryPoint: [
    ...program,
    '--rate-limit',
    '100',
    '--trace-export-interval',
    '1.0',
    '--stream-timeout-seconds',
    '2.0',
    '--max-http-length',
    '1000000'
  ],
  ...tail
}

/** The defaults of the documented Terraform: 5 % of 4096 CPU units and of 8192 MiB, rounded down. */
const PROPORTIONAL = {
  ...STANDARD,
  cpu: 204,
  memory: 409,
  entryPoint: [...program, '--rate-limit', '50.0', '--trace-export-interval', '1.0', '--stream-timeout-seconds', '1.0']
}

describe('with the documented values the container is the documented object', () => {
  test.each([
    ['standard', build('standard', 'levoai/pcap-sensor:0.1.9', { 'rate-limit': '1000' }), STANDARD],
    ['low-resource', build('low-resource', 'levoai/pcap-sensor:0.2.1'), LOW_RESOURCE],
    ['proportional', build('proportional', 'levoai/pcap-sensor:0.1.9'), PROPORTIONAL]
  ])('%s, member for member and in that order', (_profile, built, documented) => {
    expect(built).toStrictEqual(documented)
    expect(JSON.stringify(built, null, 4)).toBe(JSON.stringify(documented, null, 4))
  })

  test('standard leaves the rate limit to the sensor unless it is given', () => {
    expect(build('standard', 'levoai/pcap-sensor:0.1.9').entryPoint).toEqual(program)
  })

  test('a given flag replaces that of the profile where the profile has it', () => {
    const { entryPoint } = build('low-resource', 'levoai/pcap-sensor:0.2.1', { 'rate-limit': '7.50' })
    expect(entryPoint).toEqual(
      LOW_RESOURCE.entryPoint.map((word, index) => (index === program.length + 1 ? '7.50' : word))
    )
  })
})
