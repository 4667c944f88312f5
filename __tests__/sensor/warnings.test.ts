import { describe, expect, test } from '@jest/globals'
import type { Task } from '../../src/sensor/rule.ts'
import { WARNINGS } from '../../src/sensor/warnings.ts'
import type { Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition, unsizedDefinition } from '../fixtures/definitions.ts'

const SENSOR = { name: 'levo-pcap-sensor', image: 'mirror.example/pcap-sensor:1', cpu: 256, memory: 200 }

function warningsFor(definition: Definition, sensor: JsonObject = {}, servicesOnFargate?: boolean) {
  const own = { ...SENSOR, ...sensor }
  const task = { definition, app: definition.containerDefinitions, sensor: own, servicesOnFargate }
  return WARNINGS.flatMap(({ code, says }) => {
    const text = says(task)
    return text === undefined ? [] : [{ code, text }]
  })
}

const withPorts = (...portMappings: readonly JsonObject[]) =>
  fargateDefinition({ containerDefinitions: [appContainer({ portMappings })] })

const withImages = (...images: readonly string[]) =>
  fargateDefinition({
    containerDefinitions: images.map((image, index) => appContainer({ name: `part${index}`, image, cpu: 256 }))
  })

const PUBLIC = 'levoai/pcap-sensor:1'
const PRIVATE = 'registry.corp.example:5000/tap:1'
const ECR = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1'

test('nothing is said about a plain Fargate task', () => {
  expect(warningsFor(fargateDefinition())).toEqual([])
})

test.each([
  ['said', unsizedDefinition(), true, ['several-launch-types']],
  ['not said of a definition for Fargate', fargateDefinition(), true, []],
  ['not said where all are alike', unsizedDefinition(), false, []]
])('services on Fargate and elsewhere: %s', (_name, definition, servicesOnBoth, codes) => {
  const task = {
    definition,
    app: definition.containerDefinitions,
    sensor: SENSOR,
    servicesOnFargate: true,
    servicesOnBoth
  }
  expect(WARNINGS.filter(({ says }) => says(task) !== undefined).map(({ code }) => code)).toEqual(codes)
})

describe('warned about is', () => {
  test.each([
    ['host mode', unsizedDefinition({ networkMode: 'host' }), 'network-mode-host', /whole instance/],
    ['Fargate without awsvpc', fargateDefinition({ networkMode: undefined }), 'network-mode-unknown', /awsvpc only/],
    ['a mode of the future', unsizedDefinition({ networkMode: 'mesh' }), 'network-mode-unknown', /"mesh" is not known/],
    [
      'port 443',
      withPorts({ containerPort: 80 }, { containerPort: 443 }),
      'encrypted-port',
      /shop listens on port 443/
    ],
    ['port 8443', withPorts({ containerPort: 8443 }), 'encrypted-port', /8443.*clear text/],
    [
      'a range with 443',
      withPorts({ containerPortRange: '400-500' }),
      'encrypted-port',
      /shop listens on port 400-500/
    ],
    ['a range that begins at 443', withPorts({ containerPortRange: '443-500' }), 'encrypted-port', /443-500/],
    ['a range that ends at 8443', withPorts({ containerPortRange: '8440-8443' }), 'encrypted-port', /8440-8443/],
    ['port 443 as text', withPorts({ containerPort: '443' }), 'encrypted-port', /443/],
    ['http2', withPorts({ containerPort: 80, appProtocol: 'http2' }), 'http2', /shop speaks http2.*HTTP\/1/],
    ['grpc', withPorts({ containerPort: 80, appProtocol: 'grpc' }), 'http2', /shop speaks grpc/]
  ])('%s', (_name, definition, code, text) => {
    expect(warningsFor(definition)).toEqual([{ code, text: expect.stringMatching(text) }])
  })

  test.each([
    ['a host port', withPorts({ containerPort: 80, hostPort: 443 })],
    ['port 8444', withPorts({ containerPort: 8444 })],
    ['a range below 443', withPorts({ containerPortRange: '400-442' })],
    ['a range above 443', withPorts({ containerPortRange: '444-8442' })],
    ['a range above 8443', withPorts({ containerPortRange: '8444-9000' })],
    ['what is no range', withPorts({ containerPortRange: '443' }, { containerPortRange: 443 })],
    ['http', withPorts({ containerPort: 80, appProtocol: 'http' })],
    ['no ports', fargateDefinition({ containerDefinitions: [appContainer({ portMappings: undefined })] })]
  ])('but not %s', (_name, definition) => {
    expect(warningsFor(definition)).toEqual([])
  })

  test.each([
    ['ARM64', 'levoai/pcap-sensor:0.1.9', true],
    ['ARM64', 'levoai/pcap-sensor:0.2.1', false],
    ['X86_64', 'levoai/pcap-sensor:0.1.9', false]
  ])('%s with %s: %s', (cpuArchitecture, image, warned) => {
    const found = warningsFor(fargateDefinition({ runtimePlatform: { cpuArchitecture } }), { image })
    expect(found.some(({ code }) => code === 'arm64-default-image')).toBe(warned)
  })

  test.each([
    ['every other image is private ECR', withImages(ECR, ECR), 'levoai/pcap-sensor:1', true],
    ['the copy is in ECR too', withImages(ECR), '111122223333.dkr.ecr.eu-west-1.amazonaws.com/pcap-sensor:1', false],
    ['another image is public', withImages(ECR, 'nginx'), 'levoai/pcap-sensor:1', false],
    ['the registry is a private one', withImages(ECR), 'registry.corp.example/pcap-sensor:1', false]
  ])('an image of a public registry where %s: %s %s', (_name, definition, image, warned) => {
    const found = warningsFor(definition, { image })
    expect(found.map(({ code }) => code)).toEqual(warned ? ['public-registry'] : [])
  })

  test.each<[string, string, Partial<Task>, JsonObject, string[]]>([
    ['no public address', PUBLIC, { publicAddresses: false }, {}, ['no-public-address']],
    ['no public address, from AWS', 'public.ecr.aws/x/tap:1', { publicAddresses: false }, {}, ['no-public-address']],
    ['no public address, from a private registry', PRIVATE, { publicAddresses: false }, {}, []],
    ['no public address, from ECR', ECR, { publicAddresses: false }, {}, []],
    ['public addresses', PUBLIC, { publicAddresses: true }, {}, []],
    ['addresses that nobody knows', PUBLIC, {}, {}, []],
    ['11 tasks', PUBLIC, { tasks: 11 }, {}, ['anonymous-docker-hub']],
    ['11 tasks, spelled out', 'docker.io/x/tap:1', { tasks: 11 }, {}, ['anonymous-docker-hub']],
    ['11 tasks, spelled otherwise', 'index.docker.io/x/tap:1', { tasks: 11 }, {}, ['anonymous-docker-hub']],
    ['10 tasks', PUBLIC, { tasks: 10 }, {}, []],
    ['no tasks that are known', PUBLIC, {}, {}, []],
    ['11 tasks with an account', PUBLIC, { tasks: 11 }, { repositoryCredentials: {} }, []],
    ['11 tasks, from AWS', 'public.ecr.aws/x/tap:1', { tasks: 11 }, {}, []],
    ['11 tasks, from a private registry', PRIVATE, { tasks: 11 }, {}, []],
    ['both', PUBLIC, { tasks: 11, publicAddresses: false }, {}, ['no-public-address', 'anonymous-docker-hub']]
  ])('services with %s: %s', (_name, image, facts, members, codes) => {
    const definition = withImages('nginx')
    const sensor = { ...SENSOR, image, ...members }
    const task: Task = { definition, app: definition.containerDefinitions, sensor, ...facts }
    expect(WARNINGS.flatMap(({ code, says }) => (says(task) === undefined ? [] : [code]))).toEqual(codes)
  })

  test.each([
    [199, true],
    [200, false],
    [undefined, false]
  ])('a sensor with %s MiB: %s', (memory, warned) => {
    expect(warningsFor(fargateDefinition(), { memory }).map(({ code }) => code)).toEqual(warned ? ['small-memory'] : [])
  })
})

describe('a sensor that outweighs the application', () => {
  const app = (...parts: readonly JsonObject[]) =>
    fargateDefinition({
      containerDefinitions: parts.map((part, index) => appContainer({ name: `part${index}`, ...part }))
    })

  test.each([
    [
      'more than an essential container',
      app({ cpu: 512 }, { cpu: 255 }),
      256,
      /reserves 256 CPU units, the essential container part1 255/
    ],
    ['more than the 2 that none counts as', app({ cpu: 512 }, { cpu: undefined }), 3, /part1 none, which counts as 2/],
    ['more than the 2 that 0 counts as', app({ cpu: 0 }), 3, /part0 none, which counts as 2/]
  ])('has %s', (_name, definition, cpu, text) => {
    expect(warningsFor(definition, { cpu })).toEqual([{ code: 'outweighs', text: expect.stringMatching(text) }])
  })

  test.each([
    ['as much', app({ cpu: 256 }), 256],
    ['2 beside none', app({ cpu: undefined }), 2],
    ['more than a helper only', app({ cpu: 512 }, { cpu: 1, essential: false }), 512],
    ['all there is', app({ cpu: 1, essential: false }), 512]
  ])('does not when it has %s', (_name, definition, cpu) => {
    expect(warningsFor(definition, { cpu })).toEqual([])
  })
})
