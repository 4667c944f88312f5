import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { breakerRollsBack, completes, neverEnds } from '../../../stand-in/scripts.ts'
import { script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
/** The tasks run between two looks, so no task is looked at before the deployment has completed. */
const COMPLETES = completes({ after: 60, running: 59 })
const WITH_ROLLBACK = { ...WAITING, 'rollback-on-failure': 'true' }
const EXPIRED = {
  kind: 'error',
  status: 400,
  code: 'ExpiredTokenException',
  message: 'The security token included in the request is expired',
  times: Infinity
} as const

/** Nothing was sent after the service was moved. */
function expectNothingSent(): void {
  const s = scene()
  expect(s.bodies('UpdateService')).toHaveLength(1)
  expect(s.calls()).not.toContain('StopServiceDeployment')
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
}

describe('while the deployment is followed', () => {
  test.each([
    ['DescribeServices', 4],
    ['DescribeServiceDeployments', 2]
  ])('%s', async (operation, skip) => {
    const s = scene()
    script(s, neverEnds())
    s.standIn.fault({ operation, skip, ...EXPIRED })
    const { code, message, report } = await s.fail(WITH_ROLLBACK)
    expect(code).toBe('bad-credentials')
    expect(message).toContain('web: deployment ')
    expect(message).toContain('credentials')
    expect(message).toContain('is expired')
    expect(message).toContain('role-duration-seconds')
    expect(message).not.toContain('Region')
    expect(message).toContain('The deployment goes on in ECS; a rerun of this step attaches to it.')
    expect(message).toContain('The service was not put back: rollback-on-failure acts only on a failure that is seen.')
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'timed-out', changed: 'true' })
    expect(s.slept).toHaveLength(3)
    expectNothingSent()
  })

  test('nothing is put back, although the deployment failed behind it', async () => {
    const s = scene()
    script(s, breakerRollsBack({ after: 20, rollback: false }))
    for (const operation of ['DescribeServices', 'DescribeServiceDeployments']) {
      s.standIn.fault({ operation, skip: operation === 'DescribeServices' ? 4 : 2, ...EXPIRED })
    }
    const { report } = await s.fail(WITH_ROLLBACK)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
    expectNothingSent()
  })
})

describe('while the sensor is watched', () => {
  test('it is timed-out, and the service stays where it is', async () => {
    const s = scene()
    script(s, COMPLETES)
    // The trial before registering and the first look of the window pass.
    s.standIn.fault({ operation: 'ListTasks', skip: 2, ...EXPIRED })
    const { code, report } = await s.fail(WITH_ROLLBACK)
    expect(code).toBe('bad-credentials')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
    expectNothingSent()
  })

  test('the message does not make the deployment one that was under way', async () => {
    const s = scene()
    script(s, COMPLETES)
    s.standIn.fault({ operation: 'ListTasks', skip: 2, ...EXPIRED })
    const { message } = await s.fail(WITH_ROLLBACK)
    expect(message).toContain('completed')
    expect(message).not.toContain('was under way')
    expect(message).toContain(`The service stays on ${s.arn('task-definition/shop:2')}`)
    expect(message).not.toContain('goes on')
  })

  test('under warn it is deployed, with a warning', async () => {
    const s = scene()
    script(s, COMPLETES)
    s.standIn.fault({ operation: 'ListTasks', skip: 2, ...EXPIRED })
    const report = await s.succeed({ ...WITH_ROLLBACK, 'verify-sensor': 'warn' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
    expect(s.warnings(report)).toContainEqual(expect.stringContaining('is expired'))
  })
})

test('on the way back: what was begun is named, and that it is not known how it ends', async () => {
  const s = scene()
  script(s, breakerRollsBack({ after: 90, rollback: false }), neverEnds())
  // Two looks before the move, nine until the failure is seen, one right before the way back, and its first two.
  s.standIn.fault({ operation: 'DescribeServices', skip: 14, ...EXPIRED })
  const { code, message, report } = await s.fail(WITH_ROLLBACK)
  expect(code).toBe('deployment-failed')
  expect(message).toContain(`Putting the service back on ${s.arn('task-definition/shop:1')} failed`)
  expect(message).toContain('is expired')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
  expect(s.bodies('UpdateService')).toHaveLength(2)
})

test('before anything is registered it is an error of its own', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'ListTasks', ...EXPIRED })
  const { code, report } = await s.fail(WITH_ROLLBACK)
  expect(code).toBe('bad-credentials')
  expect(report.registration).toBeUndefined()
  expect(s.calls()).not.toContain('UpdateService')
})
