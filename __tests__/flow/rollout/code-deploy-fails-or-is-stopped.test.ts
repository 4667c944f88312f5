import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../../stand-in/json.ts'
import { codeDeployFails, codeDeployIsStopped } from '../../../stand-in/scripts.ts'
import { codeDeployId, useDelivered } from '../../support/code-deploy.ts'
import type { Scene } from '../../support/flow-scene.ts'
import { script, sent, WAITING } from '../../support/rollout.ts'

const scene = useDelivered()
const BEGUN = ['RegisterTaskDefinition', 'CreateDeployment', 'TagResource']

/** What CodeDeploy tells of its own rollback with each look. */
function tellsOfRollback(s: Scene, rollbackInfo: JsonObject): void {
  const change = ({ deploymentInfo }: JsonObject) => ({
    deploymentInfo: { ...(deploymentInfo as object), rollbackInfo }
  })
  s.standIn.fault({ operation: 'GetDeployment', kind: 'answer', times: Infinity, change })
}

describe('it fails', () => {
  test('with its reason, and what the service runs', async () => {
    const s = scene()
    script(s, codeDeployFails({ after: 60, code: 'HEALTH_CONSTRAINTS', message: 'It never became healthy.' }))
    const { code, message, report } = await s.fail(WAITING)
    expect(code).toBe('deployment-failed')
    expect(message).toContain(
      `web: CodeDeploy deployment ${codeDeployId(s)} to ${s.arn('task-definition/shop:2')} failed: ` +
        `HEALTH_CONSTRAINTS: It never became healthy; the service's PRIMARY task set runs ${s.arn('task-definition/shop:1')}`
    )
    expect(message).not.toContain('ECS did not')
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'failed', codeDeployDeploymentId: codeDeployId(s) } }
    ])
  })

  test('and rollback-on-failure leaves it to the settings of the group', async () => {
    const s = scene()
    script(s, codeDeployFails({ after: 60 }))
    const { message, report } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
    expect(message).toContain(
      'The service was not put back: whether CodeDeploy goes back after a failure is set in its deployment group.'
    )
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(sent(s)).toEqual(BEGUN)
  })

  test('and CodeDeploy rolls it back', async () => {
    const s = scene()
    script(s, codeDeployFails({ after: 60 }))
    tellsOfRollback(s, { rollbackDeploymentId: 'd-BACK00001', rollbackMessage: 'Rollback succeeded.' })
    const { code, message, report } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
    expect(code).toBe('rolled-back')
    expect(message).toContain('failed, and CodeDeploy put the service back on what ran before: HEALTH_CONSTRAINTS')
    expect(message).toContain('by deployment d-BACK00001 (Rollback succeeded.)')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(sent(s)).toEqual(BEGUN)
  })

  test('and a rollback that can not be is none', async () => {
    const s = scene()
    script(s, codeDeployFails({ after: 60 }))
    tellsOfRollback(s, { rollbackMessage: 'There is nothing to roll back to.' })
    const { code, message } = await s.fail(WAITING)
    expect(code).toBe('deployment-failed')
    expect(message).toContain('(There is nothing to roll back to.)')
  })
})

describe('it is stopped', () => {
  test('by somebody, and nothing more is sent', async () => {
    const s = scene()
    script(s, codeDeployIsStopped({ after: 60 }))
    const { code, message, report } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
    expect(code).toBe('stopped')
    expect(message).toContain('was stopped: MANUAL_STOP: The deployment was stopped by a user; the')
    expect(message).toContain('Nothing more was sent.')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'stopped' } }])
    expect(sent(s)).toEqual(BEGUN)
  })

  test('by somebody who also had it rolled back: that is theirs', async () => {
    const s = scene()
    script(s, codeDeployIsStopped({ after: 60 }))
    tellsOfRollback(s, { rollbackDeploymentId: 'd-BACK00001' })
    expect((await s.fail(WAITING)).code).toBe('stopped')
  })
})

test('it succeeds, and somebody deployed right after', async () => {
  const s = scene()
  script(s, codeDeployFails({ after: 60 }))
  const change = ({ deploymentInfo }: JsonObject) => ({
    deploymentInfo: { ...(deploymentInfo as object), status: 'Succeeded' }
  })
  s.standIn.fault({ operation: 'GetDeployment', kind: 'answer', times: Infinity, skip: 3, change })
  const { code, message } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
  expect(code).toBe('superseded')
  expect(message).toContain("CodeDeploy succeeded, but the service's PRIMARY task set runs")
  expect(sent(s)).toEqual(BEGUN)
})

test('it goes on when the time is over', async () => {
  const s = scene()
  script(s, codeDeployFails({ after: 36_000 }))
  const { code, message, report } = await s.fail({
    ...WAITING,
    'wait-for-minutes': '4',
    'rollback-on-failure': 'true'
  })
  expect(code).toBe('timed-out')
  expect(message).toContain("the 9 minutes of wait-for-minutes and the deployment group's own waits are over")
  expect(message).toContain('The service was not put back: the deployment goes on in CodeDeploy')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
  expect(sent(s)).toEqual(BEGUN)
})
