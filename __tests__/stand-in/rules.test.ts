import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { RULES, violations } from '../../stand-in/rules.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { CONTAINERS } from './broken/containers.ts'
import { FARGATE } from './broken/fargate.ts'
import { LOGGING } from './broken/logging.ts'
import { RESOURCES } from './broken/resources.ts'
import { STRUCTURE } from './broken/structure.ts'
import { TAGS } from './broken/tags.ts'
import { app, ec2Bridge, ec2Host, fargate, helper } from './definitions.ts'
import { rawCall } from './raw-call.ts'

const BROKEN = [...STRUCTURE, ...TAGS, ...FARGATE, ...RESOURCES, ...LOGGING, ...CONTAINERS]

let standIn: StandIn
beforeAll(async () => {
  standIn = await startStandIn()
})
afterAll(() => standIn.close())

test('every rule has a definition that breaks it', () => {
  expect(BROKEN.map(([rule]) => rule).sort()).toEqual(RULES.map(({ name }) => name).sort())
})

test.each(BROKEN)('%s refuses', async (rule, definition, text, also = []) => {
  const answer = await rawCall(standIn, 'RegisterTaskDefinition', definition)
  expect(answer).toMatchObject({ status: 400, body: { __type: 'ClientException', message: text } })
  expect(violations(definition).map(violation => violation.rule)).toEqual([rule, ...also])
})

test.each([
  ['Fargate', fargate()],
  ['EC2, bridge', ec2Bridge()],
  ['EC2, host', ec2Host()]
])('a good definition breaks none: %s', async (_, definition) => {
  const answer = await rawCall(standIn, 'RegisterTaskDefinition', definition)
  expect(answer.status).toBe(200)
})

describe('limits are passed as they stand', () => {
  const dependent = helper({ dependsOn: [{ containerName: 'app', condition: 'HEALTHY' }] })
  const checked = app({ healthCheck: { command: ['CMD', 'true'], interval: 300, retries: 10 } })
  const rows = [
    ['ten containers', [app(), ...Array.from({ length: 9 }, (_, i) => helper({ name: `h${i}` }))]],
    ['all of the CPU', [app(), helper({ cpu: 512 })]],
    ['a sum of hard limits above the task', [app({ memory: 2048 }), helper({ memory: 2048 })]],
    [
      'a sum of reservations that fills the task',
      [app({ memoryReservation: 1024 }), helper({ memoryReservation: 1024 })]
    ],
    ['a reservation that equals the limit', [app({ memoryReservation: 1024 })]],
    ['SYS_PTRACE on Fargate', [app({ linuxParameters: { capabilities: { add: ['SYS_PTRACE'], drop: ['ALL'] } } })]],
    ['a host port that equals the container port', [app({ portMappings: [{ containerPort: 80, hostPort: 80 }] })]],
    ['a stop timeout of 120 seconds', [app({ stopTimeout: 120 })]],
    ['a restart attempt period of 60 seconds', [app({ restartPolicy: { enabled: true, restartAttemptPeriod: 60 } })]],
    ['a wait for a container with a health check', [checked, dependent]],
    ['settings that are there but empty', [app({ links: [], privileged: false, dnsServers: [], mountPoints: [] })]],
    [
      'firelens with its router',
      [
        app({ logConfiguration: { logDriver: 'awsfirelens' } }),
        helper({ firelensConfiguration: { type: 'fluentbit' } })
      ]
    ]
  ] as const
  test.each(rows)('%s', (_, containerDefinitions) => {
    expect(violations(fargate({ containerDefinitions }))).toEqual([])
  })
})

describe('Fargate sizes', () => {
  const size = (cpu: string, memory: string, windows = false) =>
    violations({
      family: 'sized',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu,
      memory,
      containerDefinitions: [{ name: 'app', image: 'nginx' }],
      ...(windows && { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } })
    }).map(({ rule }) => rule)

  test.each([
    ['256', '512'],
    ['.25 vCPU', '0.5GB'],
    ['4096', '30720'],
    ['8 vcpu', '60GB'],
    ['16384', '122880'],
    ['32 vCPU', '244 GB']
  ])('%s with %s is one', (cpu, memory) => {
    expect(size(cpu, memory)).toEqual([])
  })

  test.each([
    ['256', '3072'],
    ['8192', '17408'],
    ['16384', '36864'],
    ['32768', '65536'],
    ['768', '2048']
  ])('%s with %s is none', (cpu, memory) => {
    expect(size(cpu, memory)).toEqual(['fargate-size'])
  })

  test('Windows begins at one vCPU and ends at four', () => {
    expect(size('512', '1024', true)).toEqual(['fargate-size'])
    expect(size('1024', '2048', true)).toEqual([])
    expect(size('8192', '16384', true)).toEqual(['fargate-size'])
  })
})
