import { DescribeTasksCommand, ListTasksCommand, type ListTasksRequest, paginateListTasks } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { imageDigest } from '../../stand-in/identifiers.ts'
import { completes } from '../../stand-in/scripts.ts'
import { fargate } from './definitions.ts'
import { one, PREFIX, SENSOR, seconds, sensorOf, useStage } from './stage.ts'

const stage = useStage({ tags: [{ key: 'team', value: 'a' }], propagateTags: 'SERVICE', enableECSManagedTags: true })

const list = async (request: ListTasksRequest = {}) =>
  (await stage().client.send(new ListTasksCommand({ cluster: 'prod', ...request }))).taskArns ?? []
const describeTasks = (tasks: string[], include?: ['TAGS']) =>
  stage().client.send(new DescribeTasksCommand({ cluster: 'prod', tasks, ...(include && { include }) }))

describe('ListTasks', () => {
  test('gives what is to run, by service, family, launch type and deployment', async () => {
    const s = stage()
    s.account.addTaskDefinition(fargate({ family: 'api' }))
    s.account.addService({ cluster: 'prod', name: 'api', taskDefinition: 'api', desiredCount: 1 })
    s.account.addService({ cluster: 'test', name: 'web', taskDefinition: 'web:1', desiredCount: 4 })
    expect(await list()).toHaveLength(3)
    expect(await list({ serviceName: 'web' })).toHaveLength(2)
    expect(await list({ serviceName: s.serviceArn })).toHaveLength(2)
    expect(await list({ family: 'api' })).toHaveLength(1)
    expect(await list({ family: 'ap' })).toHaveLength(0)
    expect(await list({ launchType: 'EC2' })).toHaveLength(0)
    expect(await list({ launchType: 'FARGATE' })).toHaveLength(3)
    expect(await list({ desiredStatus: 'PENDING' })).toHaveLength(0)
    expect(await list({ containerInstance: 'x' })).toHaveLength(0)
    expect(await list({ startedBy: (await s.service()).deployments?.[0]?.id })).toHaveLength(2)
    expect((await list())[0]).toMatch(/^arn:aws:ecs:us-east-1:123456789012:task\/prod\/[\da-f]{32}$/)
  })

  test.each([
    { serviceName: 'web' },
    { family: 'web' },
    { desiredStatus: 'STOPPED' as const },
    { launchType: 'FARGATE' as const }
  ])('refuses startedBy beside %j', async filter => {
    await expect(list({ startedBy: 'x', ...filter })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('refuses what is not there, and a status that is none', async () => {
    await expect(list({ cluster: 'none' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' })
    await expect(list({ serviceName: 'none' })).rejects.toMatchObject({ name: 'ServiceNotFoundException' })
    await expect(list({ desiredStatus: 'GONE' as 'STOPPED' })).rejects.toMatchObject({
      name: 'InvalidParameterException'
    })
  })

  test('gives a hundred at most, and pages', async () => {
    const s = stage()
    s.account.addService({ cluster: 'prod', name: 'big', taskDefinition: 'web:1', desiredCount: 120 })
    expect(await list({ serviceName: 'big' })).toHaveLength(100)
    await expect(list({ maxResults: 101 })).rejects.toMatchObject({ name: 'InvalidParameterException' })
    const found = new Set<string>()
    const request = { cluster: 'prod', serviceName: 'big' }
    for await (const { taskArns = [] } of paginateListTasks({ client: s.client, pageSize: 50 }, request)) {
      for (const arn of taskArns) found.add(arn)
    }
    expect(found.size).toBe(120)
  })

  test('a stopped task is there for an hour', async () => {
    const s = stage()
    s.script(completes({ after: 60 }))
    await s.update()
    s.at(50)
    const stopped = await list({ desiredStatus: 'STOPPED' })
    expect(stopped).toHaveLength(2)
    s.at(50 + 3599)
    expect((await describeTasks(stopped)).tasks).toHaveLength(2)
    s.at(50 + 3600)
    expect(await list({ desiredStatus: 'STOPPED' })).toEqual([])
    expect((await describeTasks(stopped)).failures).toHaveLength(2)
  })
})

describe('DescribeTasks', () => {
  test('gives a running task with a container for each definition', async () => {
    const s = stage()
    s.script(completes({ after: 60 }))
    const { deployments } = await s.update()
    s.at(60)
    const task = one((await s.tasks())[0])
    expect(task).toMatchObject({
      clusterArn: `${PREFIX}:cluster/prod`,
      group: 'service:web',
      startedBy: deployments?.[0]?.id,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      cpu: '1024',
      memory: '2048',
      healthStatus: 'UNKNOWN',
      tags: []
    })
    expect([task.createdAt, task.startedAt].map(seconds)).toEqual([1, 20])
    expect(task).not.toHaveProperty('stopCode')
    const container = sensorOf(task)
    expect(container).toMatchObject({
      taskArn: task.taskArn,
      name: SENSOR,
      image: 'levoai/pcap-sensor:0.2.1',
      imageDigest: imageDigest('levoai/pcap-sensor:0.2.1'),
      lastStatus: 'RUNNING',
      healthStatus: 'UNKNOWN'
    })
    expect(container.containerArn).toMatch(/:container\/prod\/[\da-f]{32}\/[\da-f-]{36}$/)
    expect(container.runtimeId).toMatch(/^[\da-f]{32}-\d+$/)
  })

  test('takes ARNs and identifiers, and names the missing ones', async () => {
    const [arn = ''] = await list()
    const { tasks, failures } = await describeTasks([arn.replace(/.*\//, ''), arn, 'none'])
    expect(tasks?.map(({ taskArn }) => taskArn)).toEqual([arn, arn])
    expect(failures).toEqual([{ arn: `${PREFIX}:task/prod/none`, reason: 'MISSING' }])
  })

  test('gives tags only when asked', async () => {
    const [arn = ''] = await list()
    const { tasks } = await describeTasks([arn], ['TAGS'])
    expect(tasks?.[0]?.tags).toEqual([
      { key: 'team', value: 'a' },
      { key: 'aws:ecs:clusterName', value: 'prod' },
      { key: 'aws:ecs:serviceName', value: 'web' }
    ])
  })

  test('refuses none, more than a hundred, and what is no task of the cluster', async () => {
    const [arn = ''] = await list()
    const refused = { name: 'InvalidParameterException' }
    await expect(describeTasks([])).rejects.toMatchObject(refused)
    await expect(describeTasks(Array.from({ length: 101 }, () => arn))).rejects.toMatchObject(refused)
    await expect(describeTasks([stage().serviceArn])).rejects.toMatchObject(refused)
    await expect(describeTasks([arn.replace('/prod/', '/test/')])).rejects.toMatchObject({
      ...refused,
      message: 'Invalid identifier: Identifier is for cluster test. Your cluster is prod'
    })
  })
})
