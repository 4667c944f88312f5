import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { say } from '../../../src/report/text.ts'
import { codeDeploySucceeds, codeDeployWaits } from '../../../stand-in/scripts.ts'
import { codeDeployId, useDelivered } from '../../support/code-deploy.ts'
import { script, sent, WAITING } from '../../support/rollout.ts'

const scene = useDelivered()

test('CodeDeploy moves the service, is followed to its end, and the sensor proven to run in each task', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 120 }))
  const report = await s.succeed(WAITING)
  const id = codeDeployId(s)
  expect(report.services).toMatchObject([
    {
      kind: 'moved',
      deployment: {
        outcome: 'deployed',
        codeDeployDeploymentId: id,
        previousArn: s.arn('task-definition/shop:1'),
        sensor: { verdict: 'proven', running: 2 }
      }
    }
  ])
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  expect(sent(s)).toEqual(['RegisterTaskDefinition', 'CreateDeployment', 'TagResource'])
  expect(s.calls().indexOf('GetDeploymentGroup')).toBeLessThan(s.calls().indexOf('RegisterTaskDefinition'))
  expect(s.account.tags.get(s.arn('service/default/web'))).toContainEqual({
    key: 'levoai:modified_by',
    value: 'fargate-pcap-action/test'
  })
})

test('the outputs name the deployment of CodeDeploy, and the task set that serves at the end', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 120 }))
  const report = await s.succeed(WAITING)
  expect(toOutputs(report, {})).toMatchObject({
    'codedeploy-deployment-id': codeDeployId(s),
    'deployment-id': expect.stringMatching(/^ecs-svc\//),
    'deployment-outcome': 'deployed',
    'sensor-running': '2/2'
  })
  const [result] = report.services ?? []
  const lines = result && say({ kind: 'service', result }, report, [])
  const text = `web: CodeDeploy deployment ${codeDeployId(s)} completed, runs ${s.arn('task-definition/shop:2')}, sensor in 2/2 tasks`
  expect(lines).toEqual([{ kind: 'line', text }])
})

test('each status and each event is said once', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 120 }))
  await s.succeed({ ...WAITING, 'wait-max-delay-seconds': '5' })
  const moments = s.moments()
  expect(moments).toContain('CodeDeploy: InProgress; 0/2 running, 2 pending')
  expect(moments).toContain('CodeDeploy: Ready; 2/2 running, 0 pending')
  expect(moments).toContain('CodeDeploy: Ready; 2/2 running, 0 pending; has the traffic')
  expect(moments).toContain('CodeDeploy: Succeeded; 2/2 running, 0 pending; has the traffic')
  expect(moments.filter(text => text.includes('has started 2 tasks'))).toHaveLength(1)
  expect(new Set(moments).size).toBe(moments.length)
})

test('the AppSpec goes out as JSON with the revision in it, with its hash', async () => {
  const s = scene()
  script(s, codeDeploySucceeds())
  await s.succeed(WAITING)
  const properties = {
    TaskDefinition: s.arn('task-definition/shop:2'),
    LoadBalancerInfo: { ContainerName: 'counter', ContainerPort: 8080 }
  }
  const content = JSON.stringify({
    version: 0,
    Resources: [{ TargetService: { Type: 'AWS::ECS::Service', Properties: properties } }]
  })
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(s.body('CreateDeployment')).toEqual({
    applicationName: 'AppECS-default-web',
    deploymentGroupName: 'DgpECS-default-web',
    revision: { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } }
  })
})

test('application, group, AppSpec, configuration and description are as given, the description cut', async () => {
  const s = scene()
  s.account.addDeploymentGroup({ application: 'shop', group: 'web', service: s.arn('service/default/web') })
  await s.file('deploy.json', {
    version: 0,
    resources: [
      {
        web: { type: 'AWS::ECS::Service', properties: { taskDefinition: '', loadBalancerInfo: { containerName: 'c' } } }
      }
    ]
  })
  script(s, codeDeploySucceeds())
  await s.succeed({
    ...WAITING,
    'codedeploy-application': 'shop',
    'codedeploy-deployment-group': 'web',
    'codedeploy-appspec': 'deploy.json',
    'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    'codedeploy-deployment-description': `the sensor\n${'x'.repeat(600)}`
  })
  expect(s.body('CreateDeployment')).toMatchObject({
    applicationName: 'shop',
    deploymentGroupName: 'web',
    deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    description: `the sensor\n${'x'.repeat(501)}`
  })
})

test('without waiting it is only started', async () => {
  const s = scene()
  script(s, codeDeploySucceeds())
  const report = await s.succeed({ service: 'web' })
  const id = codeDeployId(s)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'started', codeDeployDeploymentId: id } }])
  const outputs = toOutputs(report, {})
  expect(outputs).toMatchObject({ 'codedeploy-deployment-id': id, 'deployment-outcome': 'started' })
  expect(outputs).not.toHaveProperty('deployment-id')
  expect(s.calls()).not.toContain('GetDeployment')
  const [result] = report.services ?? []
  const [one, two] = [s.arn('task-definition/shop:1'), s.arn('task-definition/shop:2')]
  const text = `web: CodeDeploy deployment ${id} started, ${one} -> ${two}`
  expect(result && say({ kind: 'service', result }, report, [])).toEqual([{ kind: 'line', text }])
})

test('a service that runs the revision already is looked at alone', async () => {
  const s = scene()
  script(s, codeDeploySucceeds())
  await s.succeed(WAITING)
  const before = sent(s).length
  const report = await s.succeed(WAITING)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'already-running', sensor: { verdict: 'proven' } } }])
  expect(sent(s)).toHaveLength(before)
})

test('force-new-deployment begins another one to the same revision', async () => {
  const s = scene()
  script(s, codeDeploySucceeds(), codeDeploySucceeds())
  await s.succeed(WAITING)
  const report = await s.succeed({ ...WAITING, 'force-new-deployment': 'true' })
  expect(report.services).toMatchObject([
    { deployment: { outcome: 'deployed', codeDeployDeploymentId: codeDeployId(s, 1), sensor: { running: 2 } } }
  ])
})

test('what ECS itself takes of a service under CodeDeploy is sent to ECS, without a revision', async () => {
  const s = scene()
  script(s, codeDeploySucceeds())
  await s.succeed({ ...WAITING, 'desired-count': '3', 'propagate-tags': 'SERVICE' })
  expect(s.body('UpdateService')).toEqual({
    cluster: 'default',
    service: 'web',
    desiredCount: 3,
    propagateTags: 'SERVICE'
  })
})

test('the waits of the group are added to wait-for-minutes, up to six hours', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 240 }))
  const group = s.account.deploymentGroups[0]
  Object.assign(group?.info ?? {}, {
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 2 },
      terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 3 }
    }
  })
  const report = await s.succeed({ ...WAITING, 'wait-for-minutes': '1' })
  expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
  expect(s.moments().join()).toContain('reroute the traffic, for at most 2 minutes')
})

test('the AppSpec is not asked for where ECS deploys', async () => {
  const s = scene()
  s.account.addService({ name: 'api', taskDefinition: 'shop:1' })
  await s.succeed({ service: 'api', 'codedeploy-appspec': 'nowhere.yaml' })
  expect(s.calls().filter(operation => /Deployment/.test(operation))).toEqual([])
})

test('mode: verify judges the task set that serves', async () => {
  const s = scene()
  script(s, codeDeploySucceeds())
  await s.succeed(WAITING)
  s.standIn.requests.length = 0
  const report = await s.succeed({ ...WAITING, mode: 'verify' })
  expect(report.services).toMatchObject([{ deployment: { outcome: 'already-running', sensor: { running: 2 } } }])
  expect(s.calls()).not.toContain('GetDeploymentGroup')
})

test('a group that reroutes the traffic by itself waits for nobody, also when it never does', async () => {
  const s = scene()
  script(s, codeDeployWaits({ after: 60 }))
  const { code, message } = await s.fail({ ...WAITING, 'wait-for-minutes': '2' })
  expect(code).toBe('timed-out')
  expect(message).toContain('The deployment goes on in CodeDeploy.')
  expect(message + s.moments().join('\n')).not.toMatch(/somebody|Reroute/)
})
