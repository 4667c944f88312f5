import { beforeEach, describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { ApiError } from '../../../stand-in/api-error.ts'
import { beginDeployment } from '../../../stand-in/rollouts.ts'
import { blueGreenPausesAtHook, completes, neverEnds } from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import { requestStop, type StopType } from '../../../stand-in/stops.ts'
import { shop } from '../../support/flow-definitions.ts'
import type { Inputs, Scene } from '../../support/flow-scene.ts'
import { denyServiceDeployments, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true', 'wait-for-minutes': '5' }
const web = (s: Scene) => s.arn('service/default/web')

function stop(account: Account, stopType: StopType): void {
  const ours = [...account.serviceDeployments.values()].at(-1)
  if (ours?.status === 'IN_PROGRESS') requestStop(account, ours, stopType, completes())
}

/** No look at services is answered from so many seconds on, up to and with the one at the deadline. */
function blindFrom(s: Scene, from: number): void {
  const began = s.account.seconds()
  let over = false
  const act = (account: Account) => {
    const seconds = account.seconds() - began
    if (seconds < from || over) return
    over = seconds >= 300
    throw new ApiError('ThrottlingException', 'Rate exceeded')
  }
  s.standIn.fault({ operation: 'DescribeServices', kind: 'before', act, times: Infinity })
}

describe.each(['ROLLBACK', 'ABORT'] as const)('somebody stops it (%s)', stopType => {
  test('between the last look and the way back', async () => {
    const s = scene()
    script(s, neverEnds())
    let looks = 0
    const act = (account: Account) => {
      // The first time after the move is for the way back.
      if (s.bodies('UpdateService').length > 0 && looks++ === 0) stop(account, stopType)
    }
    s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'before', times: Infinity, act })
    const { message } = await s.fail(BACK)
    expect(sent(s)).toEqual(MOVED)
    expect(message).toContain('The service was not put back: meanwhile it was stopped')
  })

  test('while no look is answered', async () => {
    const s = scene()
    script(s, neverEnds())
    s.account.timeline.plan(120, 'somebody', () => stop(s.account, stopType))
    blindFrom(s, 100)
    await s.fail(BACK)
    expect(sent(s)).toEqual(MOVED)
  })
})

test('it completed while no look was answered: what is well is not put back', async () => {
  const s = scene()
  script(s, completes({ after: 200 }))
  blindFrom(s, 100)
  const { message } = await s.fail(BACK)
  expect(sent(s)).toEqual(MOVED)
  expect(message).toContain('meanwhile it completed')
})

test('somebody deploys while it is asked what ECS would go back to', async () => {
  const s = scene()
  for (const family of ['theirs', 'other']) s.account.addTaskDefinition(shop({ family }))
  // What is replaced makes a second source, so that a stop would not do.
  beginDeployment(s.account, web(s), s.arn('task-definition/other:1'), neverEnds())
  script(s, neverEnds())
  const act = (account: Account) =>
    void beginDeployment(account, web(s), s.arn('task-definition/theirs:1'), completes())
  s.standIn.fault({ operation: 'DescribeServiceRevisions', kind: 'before', act })
  await s.fail({ ...BACK, 'on-deployment-in-progress': 'replace' })
  expect(s.runs('web')).toBe(s.arn('task-definition/theirs:1'))
})

describe('a hook that waits for a person, where that can not be seen', () => {
  beforeEach(() => {
    const s = scene()
    const strategy = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 }
    Object.assign(s.account.services.get(web(s)) ?? {}, { deploymentConfiguration: strategy })
    script(s, blueGreenPausesAtHook({ hook: 'POST_TEST_TRAFFIC_SHIFT' }))
  })

  test('without the right to look at service deployments', async () => {
    const s = scene()
    denyServiceDeployments(s)
    await s.fail(BACK)
    expect(sent(s)).toEqual(MOVED)
  })

  test('one look at it that is refused is not the last', async () => {
    const s = scene()
    const refused = { status: 400, code: 'InvalidParameterException', message: 'x' }
    s.standIn.fault({ operation: 'DescribeServiceDeployments', kind: 'error', ...refused, skip: 3 })
    const { code } = await s.fail(BACK)
    expect(code).toBe('waits-for-a-person')
    expect(sent(s)).toEqual(MOVED)
  })
})

test.each([
  ['throttled', { kind: 'throttle' }],
  ['answered with 500', { kind: 'server-error', carriedOut: false }]
] as const)(
  'service deployments alone are %s for ever: the service tells, and nothing is put back',
  async (_name, fault) => {
    const s = scene()
    script(s, completes({ after: 60 }))
    s.standIn.fault({ operation: 'DescribeServiceDeployments', times: Infinity, ...fault })
    const report = await s.succeed(BACK)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '2/2' })
    expect(sent(s)).toEqual(MOVED)
  }
)

test('a window as long as the time there is: said before, and no reason to put anything back', async () => {
  const s = scene()
  script(s, completes({ after: 60 }))
  const { report, code } = await s.fail({ ...BACK, 'sensor-settle-seconds': '300' })
  expect(code).toBe('timed-out')
  expect(s.warnings(report)[0]).toContain('wait-for-minutes: 5 leaves no time')
  expect(sent(s)).toEqual(MOVED)
})
