import fc from 'fast-check'
import type { Container, Definition, JsonObject } from '../../src/task-definition/definition.ts'

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

/** Freezes a JSON value all the way down, so that an attempt to change it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
