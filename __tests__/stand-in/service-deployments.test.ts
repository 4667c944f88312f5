import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  type ListServiceDeploymentsRequest
} from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { imageDigest } from '../../stand-in/identifiers.ts'
import { completes } from '../../stand-in/scripts.ts'
import { PREFIX, SENSOR, useStage, WEB } from './stage.ts'

const breaker = {
  deploymentCircuitBreaker: { enable: true, rollback: true },
  alarms: { enable: true, alarmNames: ['a'] }
}
const stage = useStage({ deploymentConfiguration: breaker, desiredCount: 9 })

const list = async (request: Partial<ListServiceDeploymentsRequest> = {}) => {
  const command = new ListServiceDeploymentsCommand({ cluster: 'prod', service: 'web', ...request })
  return stage().client.send(command)
}
const describeThem = (serviceDeploymentArns: string[]) =>
  stage().client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }))
const describeRevisions = (serviceRevisionArns: string[]) =>
  stage().client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }))

describe('ListServiceDeployments', () => {
  test('gives the newest first, by status and by time', async () => {
    const s = stage()
    s.script(completes({ after: 30 }), completes({ after: 300 }))
    s.at(10)
    const { currentServiceDeployment: second } = await s.update()
    s.at(100)
    const { currentServiceDeployment: third } = await s.update('web:1')
    s.at(110)
    const { serviceDeployments = [] } = await list()
    expect(serviceDeployments.map(({ serviceDeploymentArn, status }) => [serviceDeploymentArn, status])).toEqual([
      [third, 'IN_PROGRESS'],
      [second, 'SUCCESSFUL'],
      [expect.any(String), 'SUCCESSFUL']
    ])
    expect(serviceDeployments[1]).toMatchObject({
      serviceArn: s.serviceArn,
      clusterArn: `${PREFIX}:cluster/prod`,
      createdAt: new Date(50_010_000),
      startedAt: new Date(50_011_000),
      finishedAt: new Date(50_040_000),
      targetServiceRevisionArn: expect.stringMatching(/:service-revision\/prod\/web\/\d{19}$/)
    })
    const found = async (request: Partial<ListServiceDeploymentsRequest>) =>
      (await list(request)).serviceDeployments?.map(({ serviceDeploymentArn }) => serviceDeploymentArn)
    expect(await found({ status: ['IN_PROGRESS', 'PENDING'] })).toEqual([third])
    expect(await found({ createdAt: { after: new Date(50_005_000), before: new Date(50_050_000) } })).toEqual([second])
  })

  test('gives twenty if not asked for more', async () => {
    const s = stage()
    for (let index = 0; index < 21; index += 1) await s.update(index % 2 === 0 ? 'web:2' : 'web:1')
    const { serviceDeployments, nextToken } = await list()
    expect(serviceDeployments).toHaveLength(20)
    expect((await list({ nextToken })).serviceDeployments).toHaveLength(2)
    expect((await list({ maxResults: 100 })).serviceDeployments).toHaveLength(22)
    await expect(list({ maxResults: 101 })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('refuses what is not there, and a time that is none', async () => {
    await expect(list({ service: 'none' })).rejects.toMatchObject({ name: 'ServiceNotFoundException' })
    await expect(list({ cluster: 'none' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' })
  })
})

describe('DescribeServiceDeployments', () => {
  test('gives counts of both revisions, the breaker and the alarms', async () => {
    const s = stage()
    s.script(completes({ after: 60 }))
    await s.update()
    s.at(30)
    const underWay = await s.serviceDeployment()
    expect(underWay).toMatchObject({
      targetServiceRevision: { requestedTaskCount: 9, runningTaskCount: 9, pendingTaskCount: 0 },
      sourceServiceRevisions: [{ requestedTaskCount: 9, runningTaskCount: 9, pendingTaskCount: 0 }],
      deploymentConfiguration: breaker,
      deploymentCircuitBreaker: { status: 'MONITORING', failureCount: 0, threshold: 5 },
      alarms: { status: 'MONITORING', alarmNames: ['a'], triggeredAlarmNames: [] }
    })
    expect(underWay).not.toHaveProperty('lifecycleStage')
    expect(underWay).not.toHaveProperty('rollback')
    const { currentServiceRevisions } = await s.service()
    expect(currentServiceRevisions?.[0]).toEqual(underWay.targetServiceRevision)
    s.at(60)
    expect(await s.serviceDeployment()).toMatchObject({
      sourceServiceRevisions: [{ requestedTaskCount: 0, runningTaskCount: 0 }],
      deploymentCircuitBreaker: { status: 'MONITORING_COMPLETE' },
      alarms: { status: 'MONITORING_COMPLETE' }
    })
  })

  test('names the missing ones, and takes from one to twenty', async () => {
    const arn = (await stage().service()).currentServiceDeployment ?? ''
    const { serviceDeployments, failures } = await describeThem([arn, `${arn}x`])
    expect(serviceDeployments).toHaveLength(1)
    expect(failures).toEqual([{ arn: `${arn}x`, reason: 'MISSING' }])
    const refused = { name: 'InvalidParameterException' }
    await expect(describeThem(Array.from({ length: 21 }, () => arn))).rejects.toMatchObject(refused)
    await expect(describeThem([])).rejects.toMatchObject(refused)
  })
})

describe('DescribeServiceRevisions', () => {
  test('tells the task definition and the images of a deployment', async () => {
    const s = stage()
    await s.update()
    const { targetServiceRevision } = await s.serviceDeployment()
    const { serviceRevisions } = await describeRevisions([targetServiceRevision?.arn ?? ''])
    const image = 'levoai/pcap-sensor:0.2.1'
    expect(serviceRevisions).toMatchObject([
      {
        serviceArn: s.serviceArn,
        taskDefinition: `${WEB}:2`,
        launchType: 'FARGATE',
        containerImages: [{ containerName: 'app' }, { containerName: SENSOR, image, imageDigest: imageDigest(image) }],
        guardDutyEnabled: false
      }
    ])
  })

  test('names the missing ones, and takes at most twenty', async () => {
    const { failures } = await describeRevisions(['x'])
    expect(failures).toEqual([{ arn: 'x', reason: 'MISSING' }])
    await expect(describeRevisions(Array.from({ length: 21 }, () => 'x'))).rejects.toMatchObject({
      name: 'InvalidParameterException'
    })
  })
})
