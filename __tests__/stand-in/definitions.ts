import type { JsonObject } from '../../stand-in/json.ts'

export const EXECUTION_ROLE = 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole'

function awslogs(prefix: string): JsonObject {
  return {
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': prefix }
  }
}

/** Two containers on Fargate that ECS takes as they are; a new object each time, to be changed at will. */
export function fargate(changes: JsonObject = {}): JsonObject {
  return {
    family: 'web',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '1024',
    memory: '2048',
    executionRoleArn: EXECUTION_ROLE,
    taskRoleArn: 'arn:aws:iam::123456789012:role/service/web',
    containerDefinitions: [app(), helper()],
    ...changes
  }
}

export function app(changes: JsonObject = {}): JsonObject {
  return {
    name: 'app',
    image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1.2',
    cpu: 512,
    memory: 1024,
    portMappings: [{ containerPort: 8080 }],
    environment: [
      { name: 'FIRST', value: '1' },
      { name: 'SECOND', value: '' }
    ],
    logConfiguration: awslogs('web'),
    ...changes
  }
}

export function helper(changes: JsonObject = {}): JsonObject {
  return { name: 'helper', image: 'public.ecr.aws/example/helper:2', essential: false, ...changes }
}

export function ec2Bridge(changes: JsonObject = {}): JsonObject {
  return {
    family: 'bridged',
    requiresCompatibilities: ['EC2'],
    networkMode: 'bridge',
    containerDefinitions: [
      { name: 'app', image: 'nginx', memory: 256, memoryReservation: 256, portMappings: [{ containerPort: 80 }] }
    ],
    ...changes
  }
}

export function ec2Host(changes: JsonObject = {}): JsonObject {
  return {
    family: 'hosted',
    requiresCompatibilities: ['EC2'],
    networkMode: 'host',
    pidMode: 'host',
    cpu: '512',
    memory: '512',
    containerDefinitions: [
      {
        name: 'app',
        image: 'nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
        portMappings: [{ containerPort: 80, hostPort: 80 }],
        privileged: true,
        linuxParameters: { capabilities: { add: ['NET_ADMIN'] }, sharedMemorySize: 64 }
      }
    ],
    volumes: [{ name: 'data', host: { sourcePath: '/data' } }],
    ...changes
  }
}
