import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type JsonObject, object, objects } from '../../stand-in/json.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { app, EXECUTION_ROLE, ec2Bridge, ec2Host, fargate, helper } from './definitions.ts'
import { rawCall } from './raw-call.ts'
import { sdkClient } from './sdk-client.ts'

let standIn: StandIn
let client: ECSClient
beforeEach(async () => {
  standIn = await startStandIn({ region: 'eu-west-1', accountId: '111122223333' })
  client = sdkClient(standIn)
})
afterEach(async () => {
  client.destroy()
  await standIn.close()
})

async function registered(definition: JsonObject): Promise<JsonObject> {
  const { status, body } = await rawCall(standIn, 'RegisterTaskDefinition', definition)
  expect({ status, body }).toMatchObject({ status: 200 })
  return object(body.taskDefinition)
}

test('the SDK registers and describes', async () => {
  const { taskDefinition, tags } = await client.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'nginx', memory: 128 }],
      tags: [{ key: 'team', value: 'a' }]
    })
  )
  expect(taskDefinition?.taskDefinitionArn).toBe('arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1')
  expect(taskDefinition?.registeredAt?.getTime()).toBeCloseTo(Date.now(), -4)
  expect(tags).toEqual([{ key: 'team', value: 'a' }])
  const again = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web', include: ['TAGS'] }))
  expect(again.taskDefinition).toEqual(taskDefinition)
  expect(again.tags).toEqual(tags)
})

test('the answer holds what ECS adds', async () => {
  standIn.account.now = () => 1_700_000_000_123
  const { requiresAttributes, ...definition } = await registered(fargate({ containerDefinitions: [app()] }))
  expect(definition).toEqual({
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1',
    family: 'web',
    revision: 1,
    status: 'ACTIVE',
    registeredAt: 1_700_000_000.123,
    registeredBy: 'arn:aws:sts::111122223333:assumed-role/deployer/session',
    compatibilities: ['EC2', 'FARGATE'],
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '1024',
    memory: '2048',
    executionRoleArn: EXECUTION_ROLE,
    taskRoleArn: 'arn:aws:iam::123456789012:role/service/web',
    volumes: [],
    placementConstraints: [],
    containerDefinitions: [
      {
        ...app(),
        essential: true,
        portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
        environment: [
          { name: 'SECOND', value: '' },
          { name: 'FIRST', value: '1' }
        ],
        mountPoints: [],
        volumesFrom: [],
        systemControls: []
      }
    ]
  })
  expect(requiresAttributes).toContainEqual({ name: 'com.amazonaws.ecs.capability.logging-driver.awslogs' })
  expect(requiresAttributes).toContainEqual({ name: 'ecs.capability.task-eni' })
})

test('a bare container gets its defaults, given values stay', async () => {
  const { containerDefinitions } = await registered(fargate())
  expect(objects(containerDefinitions)[1]).toEqual({
    ...helper(),
    cpu: 0,
    portMappings: [],
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: []
  })
})

test('compatibilities follow what the definition could run on', async () => {
  expect((await registered(ec2Bridge())).compatibilities).toEqual(['EXTERNAL', 'EC2'])
  expect((await registered(ec2Host())).compatibilities).toEqual(['EXTERNAL', 'EC2'])
  const privileged = { requiresCompatibilities: ['EC2'], containerDefinitions: [app({ privileged: true })] }
  expect((await registered(fargate(privileged))).compatibilities).toEqual(['EC2'])
})

test.each([
  ['1 vCPU', '2GB', '1024', '2048'],
  ['.25 vcpu', '0.5GB', '256', '512'],
  ['2vCPU', '4 gb', '2048', '4096']
])('task sizes are kept as whole numbers: %s and %s', async (cpu, memory, units, mib) => {
  const definition = fargate({ cpu, memory, containerDefinitions: [{ name: 'app', image: 'nginx' }] })
  expect(await registered(definition)).toMatchObject({ cpu: units, memory: mib })
})

test('members that nobody knows yet survive, at every depth', async () => {
  const unknown = { newThing: { deep: [1, null, { more: 'x' }] } }
  const container = app({ ...unknown, logConfiguration: { logDriver: 'splunk', options: {}, ...unknown } })
  await registered(fargate({ ...unknown, containerDefinitions: [container] }))
  const { body } = await rawCall(standIn, 'DescribeTaskDefinition', { taskDefinition: 'web' })
  const described = object(body.taskDefinition)
  expect(described).toMatchObject(unknown)
  expect(objects(described.containerDefinitions)[0]).toMatchObject({ ...unknown, logConfiguration: unknown })
})

test('what only an answer holds is not taken from a request', async () => {
  const described = await registered(fargate())
  const again = await registered({ ...described, status: 'INACTIVE', deregisteredAt: 1, deleteRequestedAt: 2 })
  expect(again).toMatchObject({ revision: 2, status: 'ACTIVE' })
  expect(again).not.toHaveProperty('deregisteredAt')
  expect(again).not.toHaveProperty('deleteRequestedAt')
})

test('null counts as absent, digits in a string as a number', async () => {
  const definition = await registered(
    ec2Bridge({ cpu: null, containerDefinitions: [{ ...helper(), memory: '64', essential: null }] })
  )
  expect(definition).not.toHaveProperty('cpu')
  expect(objects(definition.containerDefinitions)[0]).toMatchObject({ memory: 64, essential: true })
})

test.each([
  ['containerDefinitions', fargate({ containerDefinitions: 'app' }), 'Expected list or null'],
  ['a container', fargate({ containerDefinitions: ['app'] }), 'Expected structure or null'],
  [
    'log options',
    fargate({ containerDefinitions: [app({ logConfiguration: { options: [] } })] }),
    'Expected map or null'
  ],
  [
    'container cpu',
    fargate({ containerDefinitions: [app({ cpu: '1 vCPU' })] }),
    'STRING_VALUE can not be converted to an Integer'
  ],
  [
    'container memory',
    fargate({ containerDefinitions: [app({ memory: '5%' })] }),
    'STRING_VALUE can not be converted to an Integer'
  ],
  ['task cpu', fargate({ cpu: 1024 }), 'NUMBER_VALUE can not be converted to a String'],
  [
    'essential',
    fargate({ containerDefinitions: [app({ essential: 'true' })] }),
    'STRING_VALUE can not be converted to a Boolean'
  ],
  [
    'a label',
    fargate({ containerDefinitions: [app({ dockerLabels: { a: true } })] }),
    'TRUE_VALUE can not be converted to a String'
  ],
  [
    'image',
    fargate({ containerDefinitions: [app({ image: {} })] }),
    'Start of structure or map found where not expected.'
  ],
  ['family', fargate({ family: ['web'] }), 'Start of list found where not expected']
])('a wrong JSON type is refused: %s', async (_, definition, message) => {
  const answer = await rawCall(standIn, 'RegisterTaskDefinition', definition)
  expect(answer).toMatchObject({ status: 400, body: { __type: 'SerializationException', message } })
  expect(standIn.account.families.size).toBe(0)
})

describe('revisions', () => {
  beforeEach(() => {
    for (let count = 0; count < 3; count += 1) standIn.account.addTaskDefinition(fargate())
  })
  const describeRevision = (taskDefinition: string) =>
    client.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
  const unknown = { name: 'ClientException', message: 'Unable to describe task definition.' }

  test('are described by family, number and ARN', async () => {
    expect((await describeRevision('web')).taskDefinition?.revision).toBe(3)
    expect((await describeRevision('web:2')).taskDefinition?.revision).toBe(2)
    const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1'
    expect((await describeRevision(arn)).taskDefinition?.taskDefinitionArn).toBe(arn)
    expect(await describeRevision('web')).not.toHaveProperty('tags')
  })

  test.each(['none', 'web:4', 'web:02', 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1'])(
    '%s is unknown',
    async reference => {
      await expect(describeRevision(reference)).rejects.toMatchObject(unknown)
    }
  )

  test('stay when deregistered, are never reused, and a family means an ACTIVE one', async () => {
    const { taskDefinition } = await client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:3' }))
    expect(taskDefinition).toMatchObject({ status: 'INACTIVE', revision: 3 })
    expect((await describeRevision('web')).taskDefinition?.revision).toBe(2)
    expect((await describeRevision('web:3')).taskDefinition).toMatchObject({ status: 'INACTIVE' })
    expect((await describeRevision('web:3')).taskDefinition?.deregisteredAt).toBeInstanceOf(Date)
    expect((await registered(fargate())).revision).toBe(4)
    for (const number of [1, 2, 4]) standIn.account.deregister(`web:${number}`)
    await expect(describeRevision('web')).rejects.toMatchObject(unknown)
  })

  test('are deregistered by number only', async () => {
    const deregister = (taskDefinition: string) => client.send(new DeregisterTaskDefinitionCommand({ taskDefinition }))
    await expect(deregister('web')).rejects.toMatchObject({
      name: 'ClientException',
      message: /^Invalid revision number/
    })
    await expect(deregister('web:9')).rejects.toThrow('The specified task definition does not exist.')
  })
})

describe('seeding', () => {
  test('keeps the rules', () => {
    expect(() => standIn.account.addTaskDefinition(fargate({ networkMode: 'host' }))).toThrow('Fargate only supports')
  })

  test('may leave the rules aside, and says who registered it when', async () => {
    const seed = {
      unchecked: true,
      registeredBy: 'arn:aws:iam::1:user/a',
      registeredAt: 5,
      status: 'INACTIVE'
    } as const
    const tags = [{ key: 'aws:cloudformation:stack-name', value: 'web' }]
    const arn = standIn.account.addTaskDefinition(fargate({ networkMode: 'host' }), { ...seed, tags })
    const { body } = await rawCall(standIn, 'DescribeTaskDefinition', { taskDefinition: arn, include: ['TAGS'] })
    expect(body.tags).toEqual(tags)
    expect(body.taskDefinition).toMatchObject({ registeredBy: seed.registeredBy, registeredAt: 5, status: 'INACTIVE' })
    expect(body.taskDefinition).not.toHaveProperty('tags')
  })

  test.each([true, false])('takes a copy, unchecked: %s', unchecked => {
    const unknown = { member: 'given' }
    standIn.account.addTaskDefinition(fargate({ unknown }), { unchecked })
    unknown.member = 'changed'
    expect(standIn.account.findTaskDefinition('web')?.unknown).toEqual({ member: 'given' })
  })
})
