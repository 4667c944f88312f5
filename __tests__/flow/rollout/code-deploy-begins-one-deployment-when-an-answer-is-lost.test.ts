import { expect, test } from '@jest/globals'
import { nextSteps } from '../../../src/report/next-steps.ts'
import { beginCodeDeployment } from '../../../stand-in/code-deploy.ts'
import { codeDeployFails, codeDeploySucceeds } from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import { codeDeployId, useDelivered } from '../../support/code-deploy.ts'
import { script, WAITING } from '../../support/rollout.ts'

const scene = useDelivered()

/** Somebody else has the group deploy what the service runs already. */
function somebodyBegins(account: Account): void {
  const [group] = account.deploymentGroups
  const [service] = account.services.values()
  const revision = { revisionType: 'AppSpecContent', appSpecContent: { content: '{}', sha256: '0' } }
  if (group && service) beginCodeDeployment(account, group, service.taskDefinition, { revision })
}

test.each([
  ['the connection is gone after it was carried out', { kind: 'lose-answer' } as const],
  ['CodeDeploy fails after it was carried out', { kind: 'server-error', carriedOut: true } as const]
])('%s: what was begun is found', async (_, fault) => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 60 }))
  s.standIn.fault({ operation: 'CreateDeployment', ...fault })
  const report = await s.succeed(WAITING)
  expect(report.services).toMatchObject([
    { deployment: { outcome: 'deployed', begun: true, codeDeployDeploymentId: codeDeployId(s) } }
  ])
  expect(s.bodies('CreateDeployment')).toHaveLength(1)
  expect(s.account.codeDeployments.size).toBe(1)
})

test.each([
  ['the connection is gone before it was carried out', { kind: 'reset' } as const],
  ['CodeDeploy fails before it was carried out', { kind: 'server-error', carriedOut: false } as const]
])('%s: it is sent again', async (_, fault) => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 60 }))
  s.standIn.fault({ operation: 'CreateDeployment', ...fault })
  await s.succeed(WAITING)
  expect(s.bodies('CreateDeployment')).toHaveLength(2)
  expect(s.account.codeDeployments.size).toBe(1)
})

test('it is sent three times at most', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'CreateDeployment', kind: 'reset', times: Infinity })
  const { code, message } = await s.fail(WAITING)
  expect(code).toBe('answer-lost')
  expect(message).toContain('codedeploy:CreateDeployment on AppECS-default-web/DgpECS-default-web failed')
  expect(s.bodies('CreateDeployment')).toHaveLength(3)
  expect(s.account.codeDeployments.size).toBe(0)
})

test('it appears only when it is sent again', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 60 }))
  s.standIn.fault({ operation: 'CreateDeployment', kind: 'lose-answer' })
  // One look before it is sent, one while nothing is under way, and two after the loss that do not show it yet.
  s.standIn.fault({
    operation: 'ListDeployments',
    kind: 'answer',
    skip: 2,
    times: 2,
    change: () => ({ deployments: [] })
  })
  await s.succeed(WAITING)
  expect(s.bodies('CreateDeployment')).toHaveLength(2)
  expect(s.account.codeDeployments.size).toBe(1)
})

test.each([
  ['the list of deployments', 'ListDeployments', 2],
  ['the deployment itself', 'GetDeployment', 0]
])('it can not be looked for by %s: that nobody knows is said everywhere', async (_, operation, skip) => {
  const s = scene()
  s.standIn.fault({ operation: 'CreateDeployment', kind: 'lose-answer' })
  s.standIn.fault({ operation, kind: 'deny', skip, times: Infinity })
  const { code, message, report } = await s.fail(WAITING)
  expect(code).toBe('answer-lost')
  expect(message).toMatch(/codedeploy:CreateDeployment on AppECS-default-web\/DgpECS-default-web failed/)
  expect(message).toMatch(
    new RegExp(`not known, since looking for it failed too: codedeploy:${operation} .*AccessDenied`)
  )
  expect(nextSteps(report)).toEqual([expect.stringContaining('whether web was moved onto it is not known')])
  expect(s.said.join()).toContain('web: it failed, and whether it was moved is not known')
  expect(s.said.join()).not.toMatch(/not moved|no service was moved/)
  expect(s.bodies('CreateDeployment')).toHaveLength(1)
})

test("somebody else's is not taken for it", async () => {
  const s = scene()
  s.standIn.fault({ operation: 'CreateDeployment', kind: 'before', act: somebodyBegins })
  s.standIn.fault({ operation: 'CreateDeployment', kind: 'reset' })
  const { code, message } = await s.fail(WAITING)
  expect(code).toBe('deployment-in-progress')
  expect(message).toContain(`already has an active Deployment '${codeDeployId(s)}'`)
  expect(s.account.codeDeployments.size).toBe(1)
})

test('an earlier one to the same revision is not taken for it', async () => {
  const s = scene()
  script(s, codeDeployFails({ after: 30 }), codeDeploySucceeds({ after: 60 }))
  await s.file('shop.json', { family: 'shop', ...definitionOf(s.account) })
  const inputs = { ...WAITING, 'task-definition': 'shop.json' }
  await s.fail(inputs)
  s.standIn.fault({ operation: 'CreateDeployment', kind: 'lose-answer' })
  const report = await s.succeed(inputs)
  expect(s.revisions('shop')).toBe(2)
  expect(report.services).toMatchObject([{ deployment: { codeDeployDeploymentId: codeDeployId(s, 1) } }])
  expect(s.account.codeDeployments.size).toBe(2)
})

function definitionOf(account: Account) {
  const { taskDefinitionArn: _arn, revision: _revision, ...definition } = account.families.get('shop')?.[0] ?? {}
  return definition
}
