import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { beginDeployment, primaryOf } from '../../../stand-in/rollouts.ts'
import {
  breakerRollsBack,
  completes,
  neverEnds,
  sensorStops,
  stalls,
  supersededBy,
  together
} from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import { elapsed, script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const revision = (number: number) => scene().arn(`task-definition/shop:${number}`)
const INPUTS = { ...WAITING, 'rollback-on-failure': 'true' }
const FAILS = breakerRollsBack({ after: 90, rollback: false })

describe('the update of the way back', () => {
  test('is denied: both failures are in the message, with the statement to add', async () => {
    const s = scene()
    script(s, FAILS)
    s.standIn.fault({ operation: 'UpdateService', kind: 'deny', skip: 1, times: Infinity })
    const { code, message, report } = await s.fail(INPUTS)
    expect(code).toBe('deployment-failed')
    expect(message).toContain(`to ${revision(2)} failed`)
    expect(message).toContain('tasks failed to start')
    expect(message).toContain(`Putting the service back on ${revision(1)} failed`)
    expect(message).toContain('"Action":"ecs:UpdateService"')
    expect(message.split('\n').at(-1)).toBe(
      `The service is still on ${revision(2)}. Deploy ${revision(1)} to put it back.`
    )
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', changed: 'true' })
    expect(s.bodies('UpdateService')).toHaveLength(2)
    expect(s.runs('web')).toBe(revision(2))
  })

  test('is refused in the words of ECS', async () => {
    const s = scene()
    script(s, FAILS)
    const refusal = { status: 400, code: 'InvalidParameterException', message: 'The subnet is gone.' } as const
    s.standIn.fault({ operation: 'UpdateService', kind: 'error', skip: 1, ...refusal })
    const { message, report } = await s.fail(INPUTS)
    expect(message).toContain('The subnet is gone.')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
  })

  test('is denied as well as stopping is', async () => {
    const s = scene()
    script(s, neverEnds())
    s.standIn.fault({ operation: 'StopServiceDeployment', kind: 'deny', times: Infinity })
    s.standIn.fault({ operation: 'UpdateService', kind: 'deny', skip: 1, times: Infinity })
    const { code, message, report } = await s.fail({ ...INPUTS, 'wait-for-minutes': '5' })
    expect(code).toBe('timed-out')
    expect(message).toContain('5 minutes')
    expect(message).toContain(`Putting the service back on ${revision(1)} failed`)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(s.bodies('StopServiceDeployment')).toHaveLength(1)
  })
})

describe('the way back', () => {
  test('fails as well, and ECS leaves it at that', async () => {
    const s = scene()
    script(s, FAILS, breakerRollsBack({ after: 60, rollback: false, stoppedReason: 'No more addresses' }))
    const { code, message, report } = await s.fail(INPUTS)
    expect(code).toBe('deployment-failed')
    expect(message).toContain(`Putting the service back on ${revision(1)} failed`)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(s.bodies('UpdateService')).toHaveLength(2)
  })

  test('never ends: it has as long as the deployment had, and no longer', async () => {
    const s = scene()
    script(s, FAILS, stalls())
    const { message, report } = await s.fail({ ...INPUTS, 'wait-for-minutes': '10' })
    expect(message).toContain(`Putting the service back on ${revision(1)} failed`)
    expect(message).toContain('failed: after 10 minutes it had not ended.')
    expect(message).toContain('Likely cause: there is no capacity for the task')
    expect(message).not.toContain('See in the ECS console')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(elapsed(s)).toBeGreaterThanOrEqual(90 + 600)
    expect(elapsed(s)).toBeLessThanOrEqual(105 + 600)
  })

  test('through a stop that ECS never finishes', async () => {
    const s = scene()
    script(s, neverEnds(), stalls())
    const { code, message, report } = await s.fail({ ...INPUTS, 'wait-for-minutes': '5' })
    expect(code).toBe('timed-out')
    expect(message).toContain(`Putting the service back on ${revision(1)} failed`)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(s.bodies('StopServiceDeployment')).toHaveLength(1)
    expect(s.bodies('UpdateService')).toHaveLength(1)
  })

  test('can not be looked at to its end: the message says which call failed, and why', async () => {
    const s = scene()
    script(s, FAILS, stalls())
    s.standIn.fault({ operation: 'DescribeServices', kind: 'throttle', from: s.clock.now() + 120_000, times: Infinity })
    const { message } = await s.fail({ ...INPUTS, 'wait-for-minutes': '10' })
    expect(message).toMatch(
      /failed: after 10 minutes it could not be looked at any more, so how it stands is not known: ecs:DescribeServices on web .*failed: ThrottlingException/
    )
  })

  test('through a stop, which service deployments do not show any more', async () => {
    const s = scene()
    script(s, neverEnds(), completes({ after: 60 }))
    s.standIn.fault({
      operation: 'StopServiceDeployment',
      kind: 'before',
      act: () => s.standIn.fault({ operation: 'DescribeServiceDeployments', kind: 'deny', times: Infinity })
    })
    const { message, report } = await s.fail({ ...INPUTS, 'wait-for-minutes': '5' })
    expect(message).toContain(`This run put the service back on ${revision(1)}`)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(s.bodies('StopServiceDeployment')).toHaveLength(1)
    expect(s.bodies('UpdateService')).toHaveLength(1)
  })

  test('is taken over by somebody else, who is left alone', async () => {
    const s = scene()
    script(s, FAILS, together(neverEnds(), supersededBy('shop:2', { after: 20 })))
    const { message, report } = await s.fail(INPUTS)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(message).toContain(`Putting the service back on ${revision(1)} failed`)
    expect(message).toMatch(/See who deployed that\.$/)
    expect(s.bodies('UpdateService')).toHaveLength(2)
    expect(s.runs('web')).toBe(revision(2))
  })

  test('is not begun when somebody was quicker', async () => {
    const s = scene()
    script(s, FAILS)
    const deployFirst = (account: Account) => {
      const service = account.services.get(s.arn('service/default/web'))
      if (service === undefined || primaryOf(service).rolloutState !== 'FAILED') return
      beginDeployment(account, service.serviceArn, revision(2), completes())
    }
    // The last call before the service is looked at once more.
    s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'before', act: deployFirst, times: Infinity })
    const { message, report } = await s.fail(INPUTS)
    expect(message).toContain('The service was not put back')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(s.bodies('UpdateService')).toHaveLength(1)
  })

  test('can not be looked at any more', async () => {
    const s = scene()
    script(s, FAILS, completes())
    // Two looks before the move, nine until the failure is seen, one right before the way back, and its first one.
    s.standIn.fault({ operation: 'DescribeServices', kind: 'deny', skip: 13, times: Infinity })
    const { message, report } = await s.fail(INPUTS)
    expect(s.bodies('UpdateService')).toHaveLength(2)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(message).toContain(`Putting the service back on ${revision(1)} failed`)
    expect(message).toContain('"Action":"ecs:DescribeServices"')
  })

  test('fails after a negative verdict on the sensor: the verdict is still there, task by task', async () => {
    const s = scene()
    script(s, together(completes(), sensorStops({ after: 40, tasks: 1, exitCode: 1 })), FAILS)
    const { code, message, report } = await s.fail(INPUTS)
    expect(code).toBe('sensor-not-running')
    expect(message).toContain('sensor STOPPED, exit code 1')
    expect(message).toContain(`Putting the service back on ${revision(1)} failed`)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '1/2' })
  })
})

test('what was said of the deployment is not said again on its way back', async () => {
  const s = scene()
  // The events of the service's first deployment are to be older than the one that is followed.
  await s.clock.sleep(600)
  script(s, neverEnds())
  await s.fail({ ...INPUTS, 'wait-for-minutes': '5' })
  const events = s.moments().filter(text => /\((task|deployment) /.test(text))
  expect(events.length).toBeGreaterThan(1)
  expect(events.filter((text, index) => events.indexOf(text) !== index)).toEqual([])
})

test('a service that is left half-way: why in words, and then what to do', async () => {
  const s = scene()
  script(s, FAILS, stalls())
  const { message } = await s.fail(INPUTS)
  // `failed: timed-out: …` is the code speaking.
  expect(message).not.toMatch(/failed: (timed-out|failed|superseded|stopped)\b/)
  expect(message.split('\n').at(-1)).not.toContain('Putting the service back')
})
