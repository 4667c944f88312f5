// The definition that the cases of npm run test:moto begin with, and how two of them are compared.
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { type Json, listOf } from './moto-scene.ts'

const CONTAINER = 'levo-pcap-sensor'
/** What differs between two revisions of the same definition. */
export const OF_A_REVISION = ['taskDefinitionArn', 'revision']

/** A definition with every kind of member that moto keeps. */
export function definition(family: string): RegisterTaskDefinitionCommandInput {
  return {
    family,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '1024',
    memory: '2048',
    executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
    taskRoleArn: 'arn:aws:iam::123456789012:role/task',
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    ephemeralStorage: { sizeInGiB: 30 },
    pidMode: 'task',
    volumes: [{ name: 'scratch' }],
    containerDefinitions: [
      {
        name: 'web',
        image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:7',
        cpu: 512,
        memoryReservation: 512,
        essential: true,
        command: ['serve', '--port', '8080'],
        portMappings: [{ containerPort: 8080, protocol: 'tcp', name: 'http', appProtocol: 'http' }],
        environment: [{ name: 'EMPTY', value: '' }],
        secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/key' }],
        mountPoints: [{ sourceVolume: 'scratch', containerPath: '/scratch', readOnly: false }],
        healthCheck: { command: ['CMD-SHELL', 'true'], interval: 10 },
        ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 4096 }],
        dockerLabels: { owner: 'web' },
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' }
        }
      }
    ],
    tags: [{ key: 'team', value: 'payments' }]
  }
}

export function without(members: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)))
}

/** The containers beside the sensor, and the sensor. */
export function split({ containerDefinitions }: Json): { others: Json[]; sensor: Json | undefined } {
  const all = listOf(containerDefinitions)
  return { others: all.filter(({ name }) => name !== CONTAINER), sensor: all.find(({ name }) => name === CONTAINER) }
}
