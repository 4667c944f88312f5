import { describe, expect, test } from '@jest/globals'
import type { FaultKind } from '../../../stand-in/faults.ts'
import { codeDeployFails, codeDeploySucceeds, taskFailsToStart, together } from '../../../stand-in/scripts.ts'
import { useDelivered } from '../../support/code-deploy.ts'
import type { Scene } from '../../support/flow-scene.ts'
import { script, sent, WAITING } from '../../support/rollout.ts'

const scene = useDelivered()

test('a look that fails in passing is said once, and made again', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 60 }))
  s.standIn.fault({ operation: 'GetDeployment', kind: 'throttle', skip: 1, times: 3 })
  await s.succeed(WAITING)
  expect(s.moments().filter(text => text.includes('a look was not answered'))).toHaveLength(1)
})

test.each(['GetDeployment', 'DescribeServices'])(
  '%s is denied: it ends at once, and nothing is put back',
  async denied => {
    const s = scene()
    script(s, codeDeploySucceeds({ after: 600 }))
    s.standIn.fault({ operation: denied, kind: 'deny', skip: 3, times: Infinity })
    const { code, message, report } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
    expect(code).toBe('access-denied')
    expect(message).toContain('CodeDeploy deployment d-')
    expect(message).toContain('could not be followed')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(s.bodies('CreateDeployment')).toHaveLength(1)
    expect(s.slept.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThan(60)
  }
)

describe('the last look at the service, after CodeDeploy succeeded', () => {
  /** The first look at the service once GetDeployment has told the end. */
  function failLast(s: Scene, fault: FaultKind, times = 1): void {
    let isPlanned = false
    s.standIn.fault({
      operation: 'GetDeployment',
      kind: 'answer',
      times: Infinity,
      change: answer => {
        const { status } = answer.deploymentInfo as { status: string }
        if (status === 'Succeeded' && !isPlanned) s.standIn.fault({ operation: 'DescribeServices', times, ...fault })
        isPlanned ||= status === 'Succeeded'
        return answer
      }
    })
  }

  test('is not answered: nothing is judged by an older one, and it is made again', async () => {
    const s = scene()
    script(s, codeDeploySucceeds({ after: 20 }))
    failLast(s, { kind: 'throttle' })
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { running: 2 } } }])
    expect(s.moments().filter(text => text.includes('a look was not answered'))).toHaveLength(1)
  })

  test('is denied: that is what is said', async () => {
    const s = scene()
    script(s, codeDeploySucceeds({ after: 20 }))
    failLast(s, { kind: 'deny' }, Infinity)
    const { code, message } = await s.fail(WAITING)
    expect(code).toBe('access-denied')
    expect(message).toContain('could not be followed: ecs:DescribeServices on web')
  })
})

test('credentials that run out say so', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 600 }))
  const expired = { status: 400, code: 'ExpiredTokenException', message: 'The security token is expired' }
  s.standIn.fault({ operation: 'GetDeployment', kind: 'error', ...expired, skip: 2, times: Infinity })
  const { message, report } = await s.fail(WAITING)
  expect(message).toContain('was under way when the credentials ceased to be valid')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
})

test('the service is deleted meanwhile', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 600 }))
  const act = () => {
    for (const service of s.account.services.values()) service.status = 'INACTIVE'
  }
  s.standIn.fault({ operation: 'GetDeployment', kind: 'before', skip: 3, act })
  const { code, message } = await s.fail(WAITING)
  expect(code).toBe('service-not-active')
  expect(message).toContain('the service is INACTIVE')
})

test('why its tasks stopped is looked into', async () => {
  const s = scene()
  const stoppedReason = 'CannotPullContainerError: pull image manifest has been retried 1 time(s): not found'
  script(s, together(codeDeployFails({ after: 120 }), taskFailsToStart({ stoppedReason })))
  const { message, report } = await s.fail(WAITING)
  expect(message).toContain('CannotPullContainerError')
  expect(message).toContain('Likely cause')
  expect(report.services).toMatchObject([
    { deployment: { findings: [{ stoppedReason }], deploymentId: expect.any(String) } }
  ])
  expect(sent(s)).toEqual(['RegisterTaskDefinition', 'CreateDeployment', 'TagResource'])
})
