import type { JsonObject } from '../../stand-in/json.ts'

export const EXECUTION_ROLE = 'arn:aws:iam::123456789012:role/shop-execution'
export const TASK_ROLE = 'arn:aws:iam::123456789012:role/shop-task'

/** A shop of one container on Fargate, with room for a sensor; a new object each time. */
export function shop(changes: JsonObject = {}): JsonObject {
  return {
    family: 'shop',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '2048',
    memory: '4096',
    executionRoleArn: EXECUTION_ROLE,
    taskRoleArn: TASK_ROLE,
    containerDefinitions: [counter()],
    ...changes
  }
}

export function counter(changes: JsonObject = {}): JsonObject {
  return {
    name: 'counter',
    image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/counter:3',
    cpu: 1024,
    memory: 2048,
    essential: true,
    portMappings: [{ containerPort: 8080 }],
    environment: [
      { name: 'LANGUAGE', value: 'en' },
      { name: 'CURRENCY', value: 'EUR' },
      { name: 'BANNER', value: '' },
      { name: 'PASSWORD', value: 'planted-app-value' },
      { name: 'DATABASE_URL', value: 'postgres://shop:planted-in-url@db.shop.internal/shop' }
    ],
    dockerLabels: { owner: 'planted-label' },
    secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/planted-app-secret' }],
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/shop', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'counter' }
    },
    ...changes
  }
}

/** A list member as objects, for looking into a recorded body. */
export function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? (value as JsonObject[]) : []
}

export function containerOf(body: JsonObject, name: string): JsonObject {
  const found = listOf(body.containerDefinitions).find(container => container.name === name)
  if (found === undefined) throw new Error(`no container ${name}`)
  return found
}

export function tagsOf(body: JsonObject): Record<string, unknown> {
  return Object.fromEntries(listOf(body.tags).map(({ key, value }) => [String(key), value]))
}
