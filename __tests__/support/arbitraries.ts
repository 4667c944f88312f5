import fc from 'fast-check'
import type { SensorOptions } from '../../src/sensor/container.ts'
import type { Container, Definition, JsonObject } from '../../src/task-definition/definition.ts'
import type { Shape } from '../../stand-in/shapes.ts'
import { TASK_DEFINITION_MEMBERS } from '../../stand-in/task-definition-shape.ts'
import { createSensorOptions } from './options.ts'

const json = fc.jsonValue({ maxDepth: 2 })

const unknownMembers = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^x[A-Za-z ]{1,8}$/), json), { selector: ([member]) => member, maxLength: 3 })
  .map((members): JsonObject => Object.fromEntries(members))

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'ä', '\u2028', '{"a":1}', 'a\nb')
)

/** A count as a number or as a string of digits. */
const count = (most: number) => fc.nat(most).chain(number => fc.constantFrom<unknown>(number, String(number)))

const named = (value: 'value' | 'valueFrom') =>
  fc
    .uniqueArray(fc.tuple(fc.stringMatching(/^[A-Z_]{1,8}$/), text), { selector: ([name]) => name, maxLength: 4 })
    .map(items => items.map(([name, content]) => ({ name, [value]: content })))

const port = fc.record(
  {
    containerPort: fc.integer({ min: 1, max: 65535 }),
    protocol: fc.constantFrom('tcp', 'udp'),
    name: fc.stringMatching(/^[a-z]{1,8}$/)
  },
  { requiredKeys: ['containerPort'] }
)

const containerMembers = fc.record(
  {
    image: fc.constantFrom('nginx', 'corp.example:5000/shop/web:2', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web'),
    cpu: count(200),
    memory: count(900),
    memoryReservation: count(300),
    essential: fc.constantFrom(true, false, null),
    entryPoint: fc.array(text, { maxLength: 3 }),
    command: fc.array(text, { maxLength: 3 }),
    environment: named('value'),
    secrets: named('valueFrom'),
    portMappings: fc.array(port, { maxLength: 3 }),
    mountPoints: fc.constantFrom([], [{ sourceVolume: 'data', containerPath: '/data', readOnly: null }]),
    dependsOn: fc.constantFrom([], [{ containerName: 'c0', condition: 'START' }]),
    dockerLabels: fc.dictionary(fc.stringMatching(/^[a-z.]{1,8}$/), text, { maxKeys: 3 }),
    linuxParameters: fc.constantFrom({}, { initProcessEnabled: true, capabilities: { drop: ['ALL'] } }),
    logConfiguration: fc.constantFrom<JsonObject>(
      { logDriver: 'awsfirelens', options: {} },
      { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/shop', 'awslogs-create-group': 'true' } }
    ),
    healthCheck: fc.constant({ command: ['CMD-SHELL', 'true'], interval: 30 })
  },
  { requiredKeys: ['image'] }
)

const containers = fc
  .array(fc.tuple(containerMembers, unknownMembers), { minLength: 1, maxLength: 9 })
  .map(items => items.map(([members, more], index): Container => ({ ...more, name: `c${index}`, ...members })))

/** Sizes that hold whatever the containers claim, in every spelling that ECS takes, or none at all on EC2. */
const sizes = fc.constantFrom<JsonObject>(
  { cpu: '4096', memory: '16384' },
  { cpu: '4 vCPU', memory: '16 GB' },
  { cpu: '4vcpu', memory: '16gb' },
  { cpu: 4096, memory: 16384 },
  { cpu: '65536', memory: '131072' },
  { cpu: '8192' },
  {}
)

/** Definitions of one to nine containers without a sensor, which one fits into. */
export const definitions: fc.Arbitrary<Definition> = fc
  .tuple(
    containers,
    sizes,
    unknownMembers,
    fc.record(
      {
        family: fc.constant('shop'),
        requiresCompatibilities: fc.constantFrom([], ['FARGATE'], ['FARGATE', 'EC2'], ['EC2']),
        executionRoleArn: fc.constant('arn:aws:iam::111122223333:role/shop'),
        taskRoleArn: fc.constant('arn:aws:iam::111122223333:role/shop'),
        volumes: fc.constantFrom(
          [],
          [{ name: 'data', host: {} }],
          [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }]
        ),
        placementConstraints: fc.constant([]),
        runtimePlatform: fc.constantFrom({ cpuArchitecture: 'X86_64' }, {}),
        ephemeralStorage: fc.constant({ sizeInGiB: 21 })
      },
      { requiredKeys: ['family'] }
    )
  )
  .map(([containerDefinitions, size, more, members]) => ({
    ...more,
    networkMode: 'awsvpc',
    ...members,
    ...size,
    containerDefinitions
  }))

/** Some of the members that the API has, each with a value of its type; now and then one that it has not. */
function someOf(members: Readonly<Record<string, Shape>>, most: number): fc.Arbitrary<JsonObject> {
  const known = Object.entries(members).map(([member, shape]) => fc.tuple(fc.constant(member), typed(shape)))
  const unknown = fc.tuple(fc.stringMatching(/^x[A-Za-z ]{1,8}$/), fc.jsonValue({ maxDepth: 4 }))
  return fc.array(fc.oneof(...known, unknown), { maxLength: most }).map(Object.fromEntries<unknown>)
}

function typed(shape: Shape): fc.Arbitrary<unknown> {
  if (shape === 'integer') return count(2000)
  if (shape === 'boolean') return fc.constantFrom(true, false, null)
  if (typeof shape === 'string') return text
  if ('list' in shape) return fc.array(typed(shape.list), { maxLength: 2 })
  if ('map' in shape) return fc.dictionary(text, typed(shape.map), { maxKeys: 2 })
  return someOf(shape.members, 3)
}

const { containerDefinitions: containerShape, ...definitionMembers } = TASK_DEFINITION_MEMBERS
const wholeContainer = typeof containerShape === 'object' && 'list' in containerShape ? containerShape.list : undefined
const wholeMembers = typeof wholeContainer === 'object' && 'members' in wholeContainer ? wholeContainer.members : {}
const { name: _name, image: _image, ...containerRest } = wholeMembers

/** Sizes in every spelling, legal on Fargate or not, and texts that are none. */
export const taskSizes = fc.constantFrom<JsonObject>(
  { cpu: '256', memory: '512' },
  { cpu: '.25 vcpu', memory: '0.5GB' },
  { cpu: 512, memory: 1024 },
  { cpu: 1024, memory: '2 GB' },
  { memory: '4096', cpu: '1 vCPU' },
  { cpu: '4096', memory: '30720' },
  { cpu: '8 vCPU', memory: '16 GB' },
  { cpu: '16384', memory: '122880' },
  { cpu: '1000', memory: '1000' },
  { cpu: 'large', memory: null },
  {}
)

/**
 * Definitions of one to ten containers without a sensor, with any member of the API at any depth and others; most of them are nothing
 * that ECS would take.
 */
export const wholeDefinitions: fc.Arbitrary<Definition> = fc
  .tuple(
    someOf(definitionMembers, 6),
    fc.constantFrom('awsvpc', 'awsvpc', 'host'),
    taskSizes,
    fc.array(fc.tuple(someOf(containerRest, 8), text), { minLength: 1, maxLength: 10 }),
    fc.constantFrom<JsonObject>({}, { requiresCompatibilities: ['FARGATE'] }, { requiresCompatibilities: ['EC2'] })
  )
  .map(([members, networkMode, size, parts, compatibilities]) => {
    const containerDefinitions = parts.map(([each, suffix], index): Container => {
      return { ...each, image: 'corp.example/web:1', name: `c${index}${suffix}` }
    })
    return { ...members, ...compatibilities, networkMode, containerDefinitions, ...size }
  })

const amounts = fc.constantFrom<SensorOptions['cpu']>(
  undefined,
  { kind: 'units', units: 6 },
  { kind: 'units', units: 700 },
  { kind: 'share', percent: 5 }
)

/** What inputs come to, of every kind; nothing in them makes the sensor a danger. */
export const sensorOptions: fc.Arbitrary<SensorOptions> = fc
  .record({
    profile: fc.constantFrom<SensorOptions['profile']>('auto', 'auto', 'low-resource', 'standard', 'proportional'),
    containerName: fc.constantFrom('levo-pcap-sensor', 'tap'),
    image: fc.constantFrom(
      'levoai/pcap-sensor:0.1.9',
      'registry.corp.example:5000/tools/tap:1',
      `111122223333.dkr.ecr.eu-west-1.amazonaws.com/levo/pcap-sensor@sha256:${'a'.repeat(64)}`
    ),
    cpu: amounts,
    memory: amounts,
    memoryReservation: fc.constantFrom(undefined, undefined, 6, 150),
    environment: fc.array(fc.tuple(fc.constantFrom('A', 'B'), text)).map(pairs => new Map(pairs)),
    secrets: fc.nat(3).map(number => new Map(number === 0 ? [['TOKEN', 'arn']] : [])),
    dockerLabels: fc.constantFrom(new Map<string, string>(), new Map([['team', 'shop']])),
    repositoryCredentials: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      'arn:aws:secretsmanager:eu-west-1:1:secret:x'
    ),
    logs: fc.oneof(
      { weight: 4, arbitrary: fc.constant<SensorOptions['logs']>({ kind: 'app', streamPrefix: 'ecs-pcap' }) },
      {
        weight: 4,
        arbitrary: fc.constant<SensorOptions['logs']>({ kind: 'group', group: '/ecs/pcap', streamPrefix: 'x' })
      },
      {
        weight: 2,
        arbitrary: fc
          .constantFrom('splunk', 'awsfirelens', 'fluentd')
          .map((logDriver): SensorOptions['logs'] => ({ kind: 'whole', logDriver, options: { tag: 'x' } }))
      }
    ),
    taskSize: fc.constantFrom<SensorOptions['taskSize']>('keep', 'grow', 'grow', 'unchecked'),
    excludeSidecarPorts: fc.boolean(),
    restartAttemptPeriod: fc.constantFrom(undefined, 60, 1800),
    overrides: fc.constantFrom(
      undefined,
      undefined,
      { user: '0', dockerLabels: { own: 'x' }, stopTimeout: 30 },
      { healthCheck: { command: ['CMD', 'true'] }, dockerLabels: null },
      { memory: 300, cpu: null }
    )
  })
  .map(createSensorOptions)

/** Freezes a JSON value all the way down, so that an attempt to change it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
