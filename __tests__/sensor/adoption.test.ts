import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lostBy } from '../../src/sensor/adoption.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { type Rendering, render } from '../../src/sensor/render.ts'
import type { Container, Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { toBody, toRegistrable } from '../../src/task-definition/registrable.ts'
import { Account } from '../../stand-in/state.ts'
import { appContainer, awslogs, fargateDefinition, oldSensor } from '../fixtures/definitions.ts'
import { sensorOptions } from '../support/arbitraries.ts'
import { createSensorOptions } from '../support/options.ts'

const install = (definition: Definition, options: Partial<SensorOptions> = {}) =>
  render(definition, { kind: 'install', sensor: createSensorOptions(options) }, { region: 'eu-west-1' })

const names = ({ after }: Rendering) => after.containerDefinitions.map(({ name }) => name)
const containers = (...containerDefinitions: readonly Container[]) => fargateDefinition({ containerDefinitions })
const lossesIn = ({ notes }: Rendering) => notes.filter(({ text }) => text.includes('loses it')).map(({ text }) => text)

const DIGEST = `sha256:${'0a'.repeat(32)}`
const pcap = { entryPoint: ['./bin/init', 'apidump'] }

describe('found, replaced where it stands and not doubled is a sensor', () => {
  const mirror = 'corp.example:5000/security/tap:2'
  test.each<[string, JsonObject, Partial<SensorOptions>]>([
    ['as documented, by hand', { name: 'levo-pcap-sensor', image: 'levoai/pcap-sensor:0.1.9', ...pcap }, {}],
    ['of the documented Terraform', { name: 'levo-pcap-sensor', image: 'levoai/pcap-sensor:0.2.1', ...pcap }, {}],
    ['under another name', { name: 'api-tap', image: 'levoai/pcap-sensor:0.1.9', ...pcap }, {}],
    ['of Docker Hub by its whole name', { image: 'docker.io/levoai/pcap-sensor:1', entryPoint: undefined }, {}],
    ['from a mirror', { image: 'public.ecr.aws/x/levoai/pcap-sensor:1', entryPoint: undefined }, {}],
    ['by digest', { image: `levoai/pcap-sensor@${DIGEST}`, entryPoint: undefined }, {}],
    ['by tag and digest', { image: `levoai/pcap-sensor:1@${DIGEST}`, entryPoint: undefined }, {}],
    ['of a registry with a port', { image: 'corp.example:5000/pcap-sensor', entryPoint: undefined }, {}],
    ['of the image that is given', { image: 'corp.example:5000/security/tap', entryPoint: ['x'] }, { image: mirror }],
    ['of the same, given with its registry', { image: 'corp/tap:1', entryPoint: [] }, { image: 'docker.io/corp/tap' }],
    ['by what it runs', { image: 'corp/base:1', entryPoint: ['sh', '-c', 'exec /levoai/bin/init apidump -x'] }, {}]
  ])('%s', (_name, members, options) => {
    const sensor = { ...oldSensor(), ...members }
    const others = [appContainer(), appContainer({ name: 'last', essential: false })]
    const rendering = install(containers(others[0] ?? sensor, sensor, others[1] ?? sensor), options)
    expect(names(rendering)).toEqual(['shop', 'levo-pcap-sensor', 'last'])
    expect(rendering.replaced).toEqual(sensor)
    expect(rendering.sensor?.image).toBe(options.image ?? 'levoai/pcap-sensor:0.1.9')
  })

  test.each([
    ['levoai/pcap-sensor-ui:1', ['./bin/init', 'serve']],
    ['corp/tap:1', ['tap']]
  ])('but not %s', (image, entryPoint) => {
    expect(names(install(containers(appContainer(), oldSensor({ image, entryPoint }))))).toHaveLength(3)
  })
})

const BEFORE: Container = { name: 'tap', image: 'levoai/pcap-sensor:1', entryPoint: ['./bin/init', 'apidump'] }
const AFTER: Container = { ...BEFORE, name: 'levo-pcap-sensor', portMappings: [], essential: false }

describe('lost is', () => {
  const flags = (...words: string[]) => ({ entryPoint: [...(pcap.entryPoint ?? []), ...words] })
  const logs = (options: JsonObject, more: JsonObject = {}) => ({
    logConfiguration: { ...awslogs('/a', options), ...more }
  })

  test.each<[string, JsonObject, JsonObject, string[]]>([
    ['an environment variable', { environment: [{ name: 'A', value: 's3' }] }, {}, ['environment variable A']],
    [
      'one of two',
      { environment: [{ name: 'A' }, { name: 'B' }] },
      { environment: [{ name: 'B' }] },
      ['environment variable A']
    ],
    ['a secret', { secrets: [{ name: 'T', valueFrom: 's3' }] }, {}, ['secret T']],
    ['a flag', flags('--rate-limit', 's3'), {}, ['flag --rate-limit']],
    ['a flag without a value', flags('--debug', '--x', 's3'), flags('--x', 's3'), ['flag --debug']],
    ['a flag with =', flags('--x=s3'), {}, ['flag --x']],
    ['a flag in the command', { command: ['--x', 's3'] }, {}, ['flag --x']],
    ['a flag in a shell', { entryPoint: ['sh', '-c', 'bin/init apidump --x s3'] }, {}, ['flag --x']],
    ['another value of a flag', flags('--x', 's3'), flags('--x', 'other'), ['the value of flag --x']],
    ['one of its values', flags('--x', 's3', '--x', 'b'), flags('--x', 'b'), ['the value of flag --x']],
    ['cpu', { cpu: 64 }, { cpu: 256 }, ['cpu 64 (now 256)']],
    ['memory', { memory: '512' }, { memory: 200 }, ['memory 512 (now 200)']],
    ['a reservation', { memoryReservation: 64 }, {}, ['memoryReservation 64']],
    ['logs', logs({}), {}, ['log configuration to /a, stream prefix shop']],
    ['another driver', { logConfiguration: { logDriver: 'splunk' } }, logs({}), ['log configuration splunk']],
    ['a log option', logs({ mode: 's3' }), logs({}), ['log option mode']],
    [
      'a secret log option',
      logs({}, { secretOptions: [{ name: 'token', valueFrom: 's3' }] }),
      logs({}),
      ['log option token']
    ],
    ['a user', { user: 's3' }, {}, ['user']],
    ['a health check', { healthCheck: { command: ['s3'] } }, {}, ['healthCheck']],
    ['ports', { portMappings: [{ containerPort: 80 }] }, {}, ['portMappings']],
    ['mounts', { mountPoints: [{ sourceVolume: 's3' }] }, { mountPoints: [] }, ['mountPoints']],
    ['what nobody knows', { xNew: { deep: 's3' } }, {}, ['xNew']],
    ['a label', { dockerLabels: { a: 's3', b: 's3' } }, { dockerLabels: { b: 'x' } }, ['dockerLabels.a']],
    ['the only label', { dockerLabels: { a: 's3' } }, {}, ['dockerLabels.a']],
    [
      'a member of a member',
      { restartPolicy: { enabled: true, ignoredExitCodes: [1] } },
      { restartPolicy: { enabled: true } },
      ['restartPolicy.ignoredExitCodes']
    ]
  ])('%s', (_name, before, after, lost) => {
    const found = lostBy({ ...BEFORE, ...before }, { ...AFTER, ...after }, new Set())
    expect(found).toEqual(lost)
    expect(found.join()).not.toContain('s3')
  })

  test.each<[string, JsonObject, JsonObject, string[]]>([
    ['a flag that is given', flags('--rate-limit', '1'), flags('--rate-limit', '2'), ['rate-limit']],
    ['a flag that is given as none', flags('--filter', '1'), {}, ['filter']],
    ['a size that is given', { cpu: 64, memory: 1 }, { cpu: 1, memory: 2 }, ['cpu', 'memory']],
    ['a size that was none', { cpu: 0 }, { cpu: 256, memory: 200 }, []],
    ['a log configuration that is given', logs({}), { logConfiguration: {} }, ['logConfiguration']],
    ['a member that is given', { user: '0' }, {}, ['user']],
    ['what is empty', { environment: [], dockerLabels: {}, user: '', privileged: false, systemControls: [] }, {}, []],
    ['our own labels', { dockerLabels: { 'levoai.task-size.before': '1/2' } }, {}, []],
    ['a value of the same variable', { environment: [{ name: 'A', value: 1 }] }, { environment: [{ name: 'A' }] }, []],
    ['the order of values', flags('--x', 'a', '--x', 'b'), flags('--x', 'b', '--x', 'a'), []]
  ])('but not %s', (_name, before, after, given) => {
    expect(lostBy({ ...BEFORE, ...before }, { ...AFTER, ...after }, new Set(given))).toEqual([])
  })
})

describe('the rendering says what is lost', () => {
  const own = oldSensor({
    environment: [{ name: 'OLD', value: 'hunter2' }],
    entryPoint: ['./bin/init', 'apidump', '--levo-env', 'production', '--domain', 'hunter2'],
    logConfiguration: awslogs('/old'),
    user: '0'
  })

  test('as a warning, without a value', () => {
    const rendering = install(containers(appContainer(), own))
    expect(rendering.notes).toContainEqual({
      level: 'warning',
      text: expect.stringMatching(
        /loses it: environment variable OLD, flag --domain, cpu 64 \(now 512\), memory 128 \(now 512\), log configuration to \/old, stream prefix shop, user$/
      ),
      at: ['containerDefinitions', 1]
    })
    expect(JSON.stringify(rendering.notes)).not.toContain('hunter2')
  })

  test('but nothing that the inputs give', () => {
    const rendering = install(containers(appContainer(), own), {
      environment: new Map([['OLD', 'x']]),
      extraArgs: ['--domain=hunter2'],
      cpu: { kind: 'units', units: 1 },
      memory: { kind: 'units', units: 200 },
      logs: { kind: 'group', group: '/new', streamPrefix: 'x' },
      overrides: { user: '1' }
    })
    expect(lossesIn(rendering)).toEqual([])
  })

  test('and what two become', () => {
    const rendering = install(containers(oldSensor({ name: 'a' }), appContainer(), oldSensor({ name: 'b' })))
    expect(names(rendering)).toEqual(['levo-pcap-sensor', 'shop'])
    const at = ['containerDefinitions', 2]
    expect(rendering.notes).toContainEqual({ level: 'warning', text: 'there were 2 sensors; b left out', at })
  })
})

test('of our own sensor nothing is lost with the same inputs, also after ECS has filled in its defaults', () => {
  let registered = 0
  const base = { family: 'shop', cpu: '2048', memory: '8192' }
  const apps = fc.constantFrom<JsonObject>({}, { cpu: 2048 }, { memory: 8192 }, { logConfiguration: awslogs('/shop') })
  fc.assert(
    fc.property(apps, sensorOptions, (members, options) => {
      const definition = fargateDefinition({ ...base, containerDefinitions: [appContainer(members)] })
      const once = tryInstall(definition, options)
      if (once === undefined) return
      registered += 1
      expect(lossesIn(install(once.after, options))).toEqual([])
      expect(lossesIn(install(described(once.after), options))).toEqual([])
    }),
    { numRuns: 1000 }
  )
  expect(registered).toBeGreaterThan(400)
})

function tryInstall(definition: Definition, options: SensorOptions): Rendering | undefined {
  try {
    return install(definition, options)
  } catch {
    return undefined
  }
}

/** The definition as it comes back from ECS. */
function described(definition: Definition): Definition {
  const account = new Account()
  const arn = account.addTaskDefinition({ ...toBody(definition, []) })
  const revision = account.findTaskDefinition(arn)
  if (revision === undefined) throw new Error('nothing was registered')
  const containerDefinitions = revision.containerDefinitions.map(container => ({
    ...container,
    name: String(container.name)
  }))
  return toRegistrable({ ...revision, containerDefinitions }).definition
}

test('an image that changes is said, with both', () => {
  const before = { ...fargateDefinition() }
  const old = {
    name: 'levo-pcap-sensor',
    image: 'mirror.example.com/levoai/pcap-sensor:0.2.1',
    essential: false,
    memory: 200
  }
  const definition = { ...before, containerDefinitions: [...before.containerDefinitions, old] }
  const notes = render(definition, { kind: 'install', sensor: createSensorOptions() }, { region: 'eu-west-1' }).notes
  expect(notes.map(({ text }) => text)).toContainEqual(
    expect.stringContaining(`; its image changes from ${old.image} to levoai/pcap-sensor:0.1.9`)
  )
})
