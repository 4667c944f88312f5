import type { SensorOptions } from '../../src/sensor/container.ts'
import type { Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, awslogs, fargateDefinition, oldSensor, unsizedDefinition } from '../fixtures/definitions.ts'

export type Outcome = 'renders' | 'does-not-fit' | 'no-essential-container' | StepCode
type StepCode =
  | 'needs-execution-role'
  | 'log-driver'
  | 'image'
  | 'memory'
  | 'depends-on-sensor'
  | 'input'
  | 'name-taken'

export interface Row {
  /** The rule of ECS that a sidecar pasted in with `members` breaks. */
  readonly rule: string
  readonly definition: Definition
  readonly members?: JsonObject
  /** What comes of it with the inputs that ask for the same. */
  readonly inputs?: Partial<SensorOptions>
  readonly outcome: Outcome
}

const units = (number: number) => ({ kind: 'units', units: number }) as const
const withApp = (app: JsonObject, task: JsonObject = {}) =>
  fargateDefinition({ cpu: '1024', memory: '2048', containerDefinitions: [appContainer(app)], ...task })
const noRole = fargateDefinition({
  executionRoleArn: undefined,
  containerDefinitions: [appContainer({ image: 'nginx:1' })]
})
const ecr = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/pcap-sensor:1'
const many = (count: number) =>
  fargateDefinition({
    containerDefinitions: Array.from({ length: count }, (_, index) =>
      appContainer({ name: `c${index}`, cpu: 0, memory: 9 })
    )
  })

/** One row or more for each registration rule that a sidecar can violate. */
export const ROWS: readonly Row[] = [
  { rule: 'cpu-sum', definition: withApp({ cpu: 1024 }), outcome: 'renders' },
  { rule: 'cpu-sum', definition: withApp({ cpu: 1024 }), inputs: { profile: 'standard' }, outcome: 'does-not-fit' },
  {
    rule: 'cpu-sum',
    definition: withApp({ cpu: 1024 }),
    inputs: { profile: 'standard', taskSize: 'unchecked' },
    outcome: 'does-not-fit'
  },
  {
    rule: 'cpu-sum',
    definition: withApp({ cpu: 1024 }),
    inputs: { profile: 'standard', taskSize: 'grow' },
    outcome: 'renders'
  },
  {
    rule: 'reservation-sum',
    definition: withApp({ memory: 2048, memoryReservation: 2000 }),
    members: { memoryReservation: 512 },
    inputs: { memoryReservation: 150, taskSize: 'unchecked' },
    outcome: 'does-not-fit'
  },
  {
    rule: 'reservation-sum',
    definition: withApp(
      {},
      {
        containerDefinitions: [
          appContainer({ cpu: 0, memory: 2000, memoryReservation: 2000 }),
          appContainer({ name: 'helper', cpu: 0, memory: 1000 })
        ]
      }
    ),
    members: { memoryReservation: 512 },
    inputs: { memoryReservation: 100, taskSize: 'unchecked' },
    outcome: 'does-not-fit'
  },
  {
    rule: 'memory-above-task',
    definition: withApp({ memory: 100 }),
    members: { memory: 4096 },
    inputs: { memory: units(4096), memoryReservation: 6, taskSize: 'unchecked' },
    outcome: 'does-not-fit'
  },
  { rule: 'memory-missing', definition: unsizedDefinition(), members: { memory: undefined }, outcome: 'renders' },
  {
    rule: 'memory-missing',
    definition: unsizedDefinition(),
    members: { memory: undefined },
    inputs: { overrides: { memory: null } },
    outcome: 'memory'
  },
  {
    rule: 'memory-minimum',
    definition: fargateDefinition({
      cpu: '256',
      memory: '512',
      containerDefinitions: [appContainer({ cpu: 1, memory: 9 })]
    }),
    members: { cpu: 1, memory: 5 },
    inputs: { cpu: units(0), memory: { kind: 'share', percent: 1 } },
    outcome: 'input'
  },
  {
    rule: 'memory-minimum',
    definition: fargateDefinition(),
    members: { memory: 5 },
    inputs: { overrides: { memory: 5 } },
    outcome: 'memory'
  },
  {
    rule: 'reservation-above-memory',
    definition: fargateDefinition(),
    members: { memoryReservation: 600 },
    inputs: { memoryReservation: 600, taskSize: 'unchecked' },
    outcome: 'does-not-fit'
  },
  { rule: 'fargate-awslogs-execution-role', definition: noRole, outcome: 'renders' },
  {
    rule: 'fargate-awslogs-execution-role',
    definition: noRole,
    inputs: { logs: { kind: 'group', group: '/x', streamPrefix: 'y' } },
    outcome: 'renders'
  },
  {
    rule: 'fargate-awslogs-execution-role',
    definition: noRole,
    inputs: { overrides: { logConfiguration: awslogs('/x') } },
    outcome: 'needs-execution-role'
  },
  {
    rule: 'fargate-ecr-execution-role',
    definition: noRole,
    members: { image: ecr, logConfiguration: undefined },
    inputs: { image: ecr },
    outcome: 'needs-execution-role'
  },
  {
    rule: 'secrets-without-execution-role',
    definition: unsizedDefinition(),
    members: { secrets: [{ name: 'A', valueFrom: 'arn' }] },
    inputs: { secrets: new Map([['A', 'arn']]) },
    outcome: 'needs-execution-role'
  },
  {
    rule: 'awslogs-options',
    definition: fargateDefinition(),
    members: { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-stream-prefix': 'x' } } },
    inputs: { logs: { kind: 'whole', logDriver: 'awslogs', options: { 'awslogs-stream-prefix': 'x' } } },
    outcome: 'log-driver'
  },
  {
    rule: 'fargate-awslogs-stream-prefix',
    definition: fargateDefinition(),
    members: { logConfiguration: awslogs('/x', { 'awslogs-stream-prefix': '' }) },
    inputs: { logs: { kind: 'whole', logDriver: 'awslogs', options: { 'awslogs-group': 'x', 'awslogs-region': 'y' } } },
    outcome: 'log-driver'
  },
  {
    rule: 'fargate-log-driver',
    definition: fargateDefinition(),
    members: { logConfiguration: { logDriver: 'journald' } },
    inputs: { logs: { kind: 'whole', logDriver: 'journald', options: {} } },
    outcome: 'log-driver'
  },
  {
    rule: 'awsfirelens-router',
    definition: fargateDefinition(),
    members: { logConfiguration: { logDriver: 'awsfirelens' } },
    inputs: { logs: { kind: 'whole', logDriver: 'awsfirelens', options: {} } },
    outcome: 'log-driver'
  },
  {
    rule: 'container-names-unique',
    definition: fargateDefinition({
      containerDefinitions: [appContainer({ cpu: 0 }), oldSensor({ name: 'levo-pcap-sensor' })]
    }),
    outcome: 'renders'
  },
  {
    rule: 'container-names-unique',
    definition: fargateDefinition({ containerDefinitions: [appContainer({ name: 'levo-pcap-sensor' })] }),
    outcome: 'name-taken'
  },
  { rule: 'containers-too-many', definition: many(10), outcome: 'does-not-fit' },
  { rule: 'containers-too-many', definition: many(10), inputs: { taskSize: 'unchecked' }, outcome: 'does-not-fit' },
  {
    rule: 'fargate-capability-add',
    definition: fargateDefinition(),
    members: { linuxParameters: { capabilities: { add: ['NET_RAW'] } } },
    outcome: 'renders'
  },
  {
    rule: 'awsvpc-ports',
    definition: fargateDefinition(),
    members: { portMappings: [{ containerPort: 80, hostPort: 81 }] },
    outcome: 'renders'
  },
  {
    rule: 'image-characters',
    definition: fargateDefinition(),
    members: { image: 'levoai/pcap-sensor:1+2' },
    inputs: { image: 'levoai/pcap-sensor:1+2' },
    outcome: 'image'
  },
  {
    rule: 'image-length',
    definition: fargateDefinition(),
    members: { image: `${'x/'.repeat(130)}pcap-sensor` },
    inputs: { image: `${'x/'.repeat(130)}pcap-sensor` },
    outcome: 'image'
  },
  {
    rule: 'restart-attempt-period',
    definition: fargateDefinition(),
    members: { restartPolicy: { enabled: true, restartAttemptPeriod: 59 } },
    inputs: { restartAttemptPeriod: 60 },
    outcome: 'renders'
  },
  {
    rule: 'definition-size',
    definition: fargateDefinition({ containerDefinitions: [appContainer({ command: ['x'.repeat(65000)] })] }),
    outcome: 'does-not-fit'
  }
]
