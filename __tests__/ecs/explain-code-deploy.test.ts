import { expect, test } from '@jest/globals'
import { explain } from '../../src/ecs/explain.ts'

const GROUP = 'AppECS-prod-web/DgpECS-prod-web'

test.each<[string, string, RegExp]>([
  ['ApplicationDoesNotExistException', 'codedeploy-application-not-found', /Check codedeploy-application .*aws-region/],
  ['InvalidApplicationNameException', 'codedeploy-application-not-found', /Check codedeploy-application/],
  ['DeploymentGroupDoesNotExistException', 'codedeploy-group-not-found', /Check codedeploy-deployment-group/],
  ['InvalidDeploymentGroupNameException', 'codedeploy-group-not-found', /Check codedeploy-deployment-group/],
  ['DeploymentConfigDoesNotExistException', 'codedeploy-config-not-found', /Check codedeploy-deployment-config/],
  ['InvalidDeploymentConfigNameException', 'codedeploy-config-not-found', /Check codedeploy-deployment-config/],
  ['DeploymentLimitExceededException', 'deployment-in-progress', /one deployment of a group at a time/],
  ['InvalidRevisionException', 'bad-appspec', /Check what codedeploy-appspec names/],
  ['RevisionRequiredException', 'bad-appspec', /codedeploy-appspec/],
  ['InvalidRoleException', 'codedeploy-group-at-fault', /deployment group itself/],
  ['InvalidLoadBalancerInfoException', 'codedeploy-group-at-fault', /deployment group itself/]
])('%s', (name, code, hint) => {
  const error = Object.assign(new Error('CodeDeploy said so.'), { name, $metadata: { httpStatusCode: 400 } })
  const explained = explain(error, 'CreateDeployment', GROUP)
  expect(explained.code).toBe(code)
  expect(explained.message).toContain(`codedeploy:CreateDeployment on ${GROUP} failed: ${name}: CodeDeploy said so.`)
  expect(explained.message).toMatch(hint)
})

test('a denial that names no resource is told with that of the group', () => {
  const error = Object.assign(new Error('No.'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } })
  expect(explain(error, 'CreateDeployment', GROUP).message).toContain(
    `"Action":"codedeploy:CreateDeployment","Resource":"arn:aws:codedeploy:REGION:ACCOUNT:deploymentgroup:${GROUP}"`
  )
})
