import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { codeDeploySucceeds } from '../../../stand-in/scripts.ts'
import { APP_SPEC, addGroup, useDelivered } from '../../support/code-deploy.ts'
import { shop } from '../../support/flow-definitions.ts'
import { script, sent, WAITING } from '../../support/rollout.ts'

const scene = useDelivered('none')

afterEach(() => {
  expect(sent(scene())).toEqual([])
  expect(scene().revisions('shop')).toBe(1)
})

describe('the AppSpec', () => {
  beforeEach(() => addGroup(scene()))

  test('is not there', async () => {
    const { message } = await scene().reject({ ...WAITING, 'codedeploy-appspec': 'deploy/appspec.yml' })
    expect(message).toBe(
      'codedeploy-appspec: deploy/appspec.yml cannot be read: there is no such file ' +
        '(web is deployed by CodeDeploy, which takes an AppSpec)'
    )
  })

  test('has no place for the revision', async () => {
    const s = scene()
    await s.file('lambda.json', { version: 0, Resources: [{ f: { Type: 'AWS::Lambda::Function', Properties: {} } }] })
    const { message } = await s.reject({ ...WAITING, 'codedeploy-appspec': 'lambda.json' })
    expect(message).toContain('codedeploy-appspec: lambda.json has a resource without Properties.TaskDefinition, f;')
    expect(s.calls()).not.toContain('GetDeploymentGroup')
  })
})

describe('CodeDeploy', () => {
  test('has no such application', async () => {
    const { code, message } = await scene().fail(WAITING)
    expect(code).toBe('codedeploy-application-not-found')
    expect(message).toContain('No application found for name: AppECS-default-web')
    expect(message).toContain('Check codedeploy-application')
  })

  test('has no such group', async () => {
    addGroup(scene())
    const { code, message } = await scene().fail({ ...WAITING, 'codedeploy-deployment-group': 'canary' })
    expect(code).toBe('codedeploy-group-not-found')
    expect(message).toContain('No Deployment Group found for name: canary')
    expect(message).toContain('Check codedeploy-deployment-group')
  })

  test('has a group that deploys another service', async () => {
    const s = scene()
    s.account.addService({ name: 'api', taskDefinition: 'shop:1', deploymentController: { type: 'CODE_DEPLOY' } })
    addGroup(s, { application: 'shop', group: 'api', service: s.arn('service/default/api') })
    const inputs = { 'codedeploy-application': 'shop', 'codedeploy-deployment-group': 'api' }
    const { code, message } = await s.fail({ ...WAITING, ...inputs })
    expect(code).toBe('codedeploy-group-of-another-service')
    expect(message).toContain('the deployment group api of shop deploys default/api, not default/web.')
  })

  test.each(['GetDeploymentGroup', 'ListDeployments'])('denies %s', async operation => {
    const s = scene()
    addGroup(s)
    const resource = 'arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:AppECS-default-web/DgpECS-default-web'
    s.standIn.fault({ operation, kind: 'deny', resource })
    const { code, message } = await s.fail(WAITING)
    expect(code).toBe('access-denied')
    expect(message).toContain(`{"Effect":"Allow","Action":"codedeploy:${operation}","Resource":"${resource}"}`)
  })

  test('denies the looks that following takes', async () => {
    const s = scene()
    addGroup(s)
    script(s, codeDeploySucceeds())
    s.account.addTaskDefinition(shop({ family: 'other' }))
    await s.succeed({ service: 'web', 'task-definition-family': 'other' })
    await s.clock.sleep(200)
    s.standIn.requests.length = 0
    s.standIn.fault({ operation: 'GetDeployment', kind: 'deny', times: Infinity })
    const { code, message } = await s.fail(WAITING)
    expect(code).toBe('access-denied')
    expect(message).toContain('"Action":"codedeploy:GetDeployment"')
  })
})

describe('a dry run', () => {
  test('refuses the same', async () => {
    const { code } = await scene().fail({ service: 'web', 'dry-run': 'true' })
    expect(code).toBe('codedeploy-application-not-found')
  })

  test('lives without what it may not ask', async () => {
    const s = scene()
    s.standIn.fault({ operation: 'GetDeploymentGroup', kind: 'deny' })
    const report = await s.succeed({ service: 'web', 'dry-run': 'true' })
    expect(s.warnings(report).join()).toContain('not compared with what CodeDeploy has: codedeploy:GetDeploymentGroup')
  })
})

test('nothing of this is asked for another service', async () => {
  const s = scene()
  s.account.addService({ name: 'api', taskDefinition: 'shop:1' })
  await s.file('appspec.yaml', 'no: appspec')
  await s.succeed({ service: 'api', 'dry-run': 'true' })
  await s.file('appspec.yaml', APP_SPEC)
  expect(s.calls().filter(operation => /^(?:Get|List)/.test(operation))).toEqual([])
})
