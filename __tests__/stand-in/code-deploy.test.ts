import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import {
  codeDeployFails,
  codeDeployIsStopped,
  codeDeploySucceeds,
  codeDeployWaits,
  completes,
  sensorStops,
  together
} from '../../stand-in/scripts.ts'
import { rawCall } from './raw-call.ts'
import { sensorOf, useStage, WEB } from './stage.ts'

const stage = useStage({ deploymentController: { type: 'CODE_DEPLOY' } })
const GROUP = { applicationName: 'AppECS-prod-web', deploymentGroupName: 'DgpECS-prod-web' }

async function call(operation: string, request: Record<string, unknown>) {
  const headers = { 'x-amz-target': `CodeDeploy_20141006.${operation}` }
  return (await rawCall(stage().standIn, operation, request, headers)).body
}

function addGroup(): void {
  const { account, serviceArn } = stage()
  account.addDeploymentGroup({
    application: GROUP.applicationName,
    group: GROUP.deploymentGroupName,
    service: serviceArn,
    readyWaitMinutes: 7
  })
}

function appSpec(taskDefinition: string): string {
  const LoadBalancerInfo = { ContainerName: 'app', ContainerPort: 8080 }
  const Properties = { TaskDefinition: taskDefinition, LoadBalancerInfo }
  return JSON.stringify({ version: 0, Resources: [{ TargetService: { Type: 'AWS::ECS::Service', Properties } }] })
}

function request(content = appSpec(`${WEB}:2`), changes: Record<string, unknown> = {}): Record<string, unknown> {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { ...GROUP, revision: { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } }, ...changes }
}

async function create(): Promise<string> {
  return String((await call('CreateDeployment', request())).deploymentId)
}

async function info(deploymentId: string): Promise<Record<string, unknown>> {
  return (await call('GetDeployment', { deploymentId })).deploymentInfo as Record<string, unknown>
}

async function taskSets(): Promise<string[]> {
  return ((await stage().service()).taskSets ?? []).map(
    ({ status, taskDefinition = '', runningCount, stabilityStatus }) =>
      `${status} ${taskDefinition.replace(/.*\//, '')} ${runningCount} ${stabilityStatus}`
  )
}

test('GetDeploymentGroup gives the waits and the service', async () => {
  addGroup()
  expect(await call('GetDeploymentGroup', GROUP)).toMatchObject({
    deploymentGroupInfo: {
      ...GROUP,
      computePlatform: 'ECS',
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 7 },
        terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 }
      },
      ecsServices: [{ clusterName: 'prod', serviceName: 'web' }]
    }
  })
})

test('codeDeploySucceeds: the replacement runs, takes over, and the original goes', async () => {
  const s = stage()
  addGroup()
  s.script(codeDeploySucceeds({ after: 120 }))
  const id = await create()
  expect(id).toMatch(/^d-[A-Z\d]{9}$/)
  expect(await info(id)).toMatchObject({ ...GROUP, deploymentId: id, status: 'Created', createTime: 50_000 })
  expect(await info(id)).toHaveProperty('revision.appSpecContent', { content: null, sha256: expect.any(String) })
  expect(await call('GetDeploymentGroup', GROUP)).toMatchObject({
    deploymentGroupInfo: { lastAttemptedDeployment: { deploymentId: id, status: 'Created' } }
  })
  expect(await taskSets()).toEqual(['PRIMARY web:1 2 STEADY_STATE'])
  s.at(40)
  expect(await info(id)).toMatchObject({ status: 'InProgress', startTime: 50_002 })
  expect(await taskSets()).toEqual(['PRIMARY web:1 2 STEADY_STATE', 'ACTIVE web:2 2 STEADY_STATE'])
  const service = await s.service()
  expect(service.taskSets?.[1]).toMatchObject({ startedBy: 'CODE_DEPLOY', externalId: id, computedDesiredCount: 2 })
  expect(service.deployments).toEqual([])
  const tasks = await s.tasks()
  expect(tasks.map(({ startedBy }) => startedBy)).toEqual([service.taskSets?.[1]?.id, service.taskSets?.[1]?.id])
  s.at(60)
  expect((await info(id)).status).toBe('Ready')
  s.at(80)
  expect(await taskSets()).toEqual(['PRIMARY web:2 2 STEADY_STATE', 'ACTIVE web:1 2 STEADY_STATE'])
  expect((await s.service()).taskDefinition).toBe(`${WEB}:2`)
  s.at(120)
  expect(await info(id)).toMatchObject({ status: 'Succeeded', completeTime: 50_120 })
  expect(await taskSets()).toEqual(['PRIMARY web:2 2 STEADY_STATE'])
  expect(await s.tasks('STOPPED', `${WEB}:1`)).toHaveLength(2)
})

test('what happens to containers happens here too', async () => {
  const s = stage()
  addGroup()
  s.script(together(codeDeploySucceeds({ after: 60 }), sensorStops({ after: 50 })))
  await create()
  s.at(50)
  expect((await s.tasks()).map(task => sensorOf(task).lastStatus)).toEqual(['STOPPED', 'STOPPED'])
})

test('codeDeployWaits: Ready, until somebody reroutes the traffic', async () => {
  const s = stage()
  addGroup()
  s.script(codeDeployWaits({ after: 120 }))
  const id = await create()
  s.at(36_000)
  expect((await info(id)).status).toBe('Ready')
  expect((await taskSets())[0]).toBe('PRIMARY web:1 2 STEADY_STATE')
})

test.each([
  ['Failed', codeDeployFails({ after: 90 }), 'HEALTH_CONSTRAINTS'],
  ['Stopped', codeDeployIsStopped({ after: 90 }), 'MANUAL_STOP']
])('%s: the replacement is taken down', async (status, script, code) => {
  const s = stage()
  addGroup()
  s.script(script)
  const id = await create()
  s.at(89)
  expect((await info(id)).status).toBe('InProgress')
  expect(await s.tasks()).toHaveLength(2)
  s.at(90)
  const errorInformation = { code, message: expect.any(String) }
  expect(await info(id)).toMatchObject({ status, errorInformation, completeTime: 50_090 })
  expect(await taskSets()).toEqual(['PRIMARY web:1 2 STEADY_STATE'])
  expect((await s.service()).taskDefinition).toBe(`${WEB}:1`)
  expect(await s.tasks('STOPPED')).toHaveLength(2)
})

test('a deployment after the last script succeeds', async () => {
  const s = stage()
  addGroup()
  s.script(codeDeployFails({ after: 10 }))
  await create()
  s.at(10)
  const id = await create()
  s.at(130)
  expect((await info(id)).status).toBe('Succeeded')
})

test('a deployment without a script stays Created', async () => {
  addGroup()
  stage().account.everyRollout = completes()
  const id = await create()
  stage().at(36_000)
  expect((await info(id)).status).toBe('Created')
})

describe('CreateDeployment refuses', () => {
  const spec = (change: (text: string) => string) => request(change(appSpec(`${WEB}:2`)))
  const wrongHash = { content: appSpec(`${WEB}:2`), sha256: 'x' }
  test.each([
    ['no application', { ...request(), applicationName: undefined }, 'ApplicationNameRequiredException'],
    ['another application', { ...request(), applicationName: 'x' }, 'ApplicationDoesNotExistException'],
    ['no group', { ...request(), deploymentGroupName: undefined }, 'DeploymentGroupNameRequiredException'],
    ['another group', { ...request(), deploymentGroupName: 'x' }, 'DeploymentGroupDoesNotExistException'],
    ['no revision', { ...request(), revision: undefined }, 'RevisionRequiredException'],
    ['a revision in S3', { ...request(), revision: { revisionType: 'S3' } }, 'InvalidRevisionException'],
    [
      'another hash',
      { ...request(), revision: { revisionType: 'AppSpecContent', appSpecContent: wrongHash } },
      'InvalidRevisionException'
    ],
    ['no JSON', request('version: 0'), 'InvalidRevisionException'],
    ['another type', spec(text => text.replace('AWS::ECS::Service', 'x')), 'InvalidRevisionException'],
    ['no container name', spec(text => text.replace('ContainerName', 'x')), 'InvalidRevisionException'],
    ['no revision of that number', spec(text => text.replace('web:2', 'web:9')), 'InvalidRevisionException'],
    ['no whole ARN', request(appSpec('web:2')), 'InvalidRevisionException'],
    ['too long a description', request(undefined, { description: 'x'.repeat(513) }), 'DescriptionTooLongException']
  ])('%s', async (_, body, code) => {
    addGroup()
    expect(await call('CreateDeployment', body)).toMatchObject({ __type: code, message: expect.any(String) })
    expect(await call('ListDeployments', GROUP)).toEqual({ deployments: [] })
  })

  test('a second one of a group until the first one has ended', async () => {
    const s = stage()
    addGroup()
    s.script(codeDeployFails({ after: 90 }))
    const id = await create()
    expect(await call('CreateDeployment', request())).toEqual({
      __type: 'DeploymentLimitExceededException',
      message: `The Deployment Group 'DgpECS-prod-web' already has an active Deployment '${id}'`
    })
    s.at(90)
    expect(await create()).toMatch(/^d-/)
  })
})

test('keys of an AppSpec may be capitalised otherwise', async () => {
  addGroup()
  const content = appSpec(`${WEB}:2`)
    .replace('Resources', 'resources')
    .replace('Properties', 'properties')
    .replace('TaskDefinition', 'taskDefinition')
  expect(await call('CreateDeployment', request(content))).toEqual({ deploymentId: expect.any(String) })
})

test('GetDeployment refuses an unknown one', async () => {
  expect(await call('GetDeployment', { deploymentId: 'd-000000000' })).toEqual({
    __type: 'DeploymentDoesNotExistException',
    message: 'The deployment d-000000000 could not be found'
  })
})

test('ListDeployments gives the newest first, by status and time', async () => {
  const s = stage()
  addGroup()
  s.script(codeDeployFails({ after: 90 }), codeDeployWaits())
  const first = await create()
  s.at(100)
  const second = await create()
  s.at(300)
  const list = async (filter: Record<string, unknown> = {}) =>
    (await call('ListDeployments', { ...GROUP, ...filter })).deployments
  expect(await list()).toEqual([second, first])
  expect(await list({ includeOnlyStatuses: ['Failed', 'Stopped'] })).toEqual([first])
  expect(await list({ createTimeRange: { start: 50_050 } })).toEqual([second])
  expect(await call('ListDeployments', { applicationName: 'x' })).toMatchObject({
    __type: 'ApplicationDoesNotExistException'
  })
})

test('faults meet CodeDeploy, under its own actions', async () => {
  const { standIn } = stage()
  addGroup()
  standIn.fault({ operation: 'CreateDeployment', kind: 'lose-answer' })
  await expect(create()).rejects.toThrow('fetch failed')
  expect((await call('ListDeployments', GROUP)).deployments).toHaveLength(1)
  standIn.fault({ operation: 'GetDeploymentGroup', kind: 'deny' })
  expect(await call('GetDeploymentGroup', GROUP)).toMatchObject({
    message: expect.stringContaining('codedeploy:GetDeploymentGroup')
  })
})
