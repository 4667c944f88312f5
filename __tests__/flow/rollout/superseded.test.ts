import { beforeEach, describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { beginDeployment, primaryOf } from '../../../stand-in/rollouts.ts'
import {
  breakerRollsBack,
  completes,
  neverEnds,
  sensorStops,
  supersededBy,
  together
} from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import { shop } from '../../support/flow-definitions.ts'
import type { Inputs, Scene } from '../../support/flow-scene.ts'
import { denyServiceDeployments, elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const PUTTING_BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true' }
const IN_TIME: Inputs = { ...PUTTING_BACK, 'wait-for-minutes': '5' }
const web = (s: Scene) => s.arn('service/default/web')
const theirs = (s: Scene) => s.arn('task-definition/theirs:1')

beforeEach(() => {
  scene().account.addTaskDefinition(shop({ family: 'theirs' }))
})

/** Somebody deploys a revision of theirs. */
function deploys(s: Scene): (account: Account) => void {
  return account => void beginDeployment(account, web(s), theirs(s), completes())
}

function primaryId(s: Scene): string {
  const service = s.account.services.get(web(s))
  return service === undefined ? '' : primaryOf(service).id
}

describe.each([
  ['while it rolls out', neverEnds(), 50],
  ['while the sensors settle', completes({ after: 60 }), 80]
] as const)('%s', (_name, course, after) => {
  test.each([
    ['by another revision', 'theirs:1'],
    ['by the same revision, forced', 'shop:2']
  ])('%s: the run ends there, and nothing is sent', async (_by, revision) => {
    const s = scene()
    script(s, together(course, supersededBy(revision, { after })))
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('superseded')
    expect(message).toContain('was superseded')
    expect(message).toContain(primaryId(s))
    expect(message).not.toContain('put back')
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'superseded' })
    expect(report.services).not.toMatchObject([{ deployment: { deploymentId: primaryId(s) } }])
    expect(elapsed(s)).toBeGreaterThanOrEqual(after)
    expect(elapsed(s)).toBeLessThanOrEqual(after + 15)
    expect(sent(s)).toEqual(MOVED)
    expect(s.runs('web')).toBe(s.arn(`task-definition/${revision}`))
  })

  test('without the right to look at service deployments too', async () => {
    const s = scene()
    denyServiceDeployments(s)
    script(s, together(course, supersededBy('theirs:1', { after })))
    const { report, code } = await s.fail(PUTTING_BACK)
    expect(code).toBe('superseded')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'superseded' } }])
    expect(sent(s)).toEqual(MOVED)
  })
})

describe('after it failed, before anybody looked', () => {
  test.each([
    ['with', () => undefined],
    ['without', denyServiceDeployments]
  ] as const)('it is not taken for a way back of ECS (%s the right to look)', async (_name, prepare) => {
    const s = scene()
    prepare(s)
    script(s, breakerRollsBack({ after: 90, rollback: false }))
    s.account.timeline.plan(94, 'somebody', () => deploys(s)(s.account))
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(s.runs('web')).toBe(theirs(s))
    expect(message).not.toContain('ECS put the service back')
    expect(code).toBe('superseded')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'superseded' } }])
    expect(sent(s)).toEqual(MOVED)
  })

  test('nor for the end of one that had begun', async () => {
    const s = scene()
    script(s, breakerRollsBack({ after: 90, back: neverEnds() }))
    s.account.timeline.plan(94, 'somebody', () => deploys(s)(s.account))
    const { report, message } = await s.fail(PUTTING_BACK)
    expect(message).not.toContain('ECS put the service back')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'superseded' } }])
  })
})

describe('while ECS puts the service back', () => {
  beforeEach(() => {
    const s = scene()
    script(s, breakerRollsBack({ after: 90, back: neverEnds() }))
    s.account.timeline.plan(120, 'somebody', () => deploys(s)(s.account))
  })

  test('the outcome is superseded, and nothing is sent', async () => {
    const s = scene()
    const { report, code } = await s.fail(PUTTING_BACK)
    expect(code).toBe('superseded')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'superseded' } }])
    expect(elapsed(s)).toBeLessThanOrEqual(120 + 15)
    expect(sent(s)).toEqual(MOVED)
  })

  test('the last that the log says is not that ECS still does so', async () => {
    const s = scene()
    await s.fail(PUTTING_BACK)
    expect(s.moments().at(-1)).not.toContain('ECS is putting the service back')
  })
})

describe('right before it is to be put back', () => {
  test('the service is left to them', async () => {
    const s = scene()
    script(s, together(completes({ after: 30 }), sensorStops({ runningFor: 40 })))
    // The log is read last before anything is sent.
    s.standIn.fault({ operation: 'GetLogEvents', kind: 'before', act: deploys(s) })
    const { message } = await s.fail(PUTTING_BACK)
    expect(s.runs('web')).toBe(theirs(s))
    expect(message).toContain('The service was not put back')
    expect(sent(s)).toEqual(MOVED)
  })

  test('also when that is why ECS refuses to stop ours', async () => {
    const s = scene()
    script(s, neverEnds())
    s.standIn.fault({ operation: 'StopServiceDeployment', kind: 'before', act: deploys(s) })
    await s.fail(IN_TIME)
    expect(s.runs('web')).toBe(theirs(s))
    expect(sent(s)).toEqual([...MOVED, 'StopServiceDeployment'])
  })
})

test('while it is put back: nothing more is sent, and it is not said to be back', async () => {
  const s = scene()
  script(s, neverEnds())
  s.account.timeline.plan(320, 'somebody', () => deploys(s)(s.account))
  const { message } = await s.fail(IN_TIME)
  expect(message).toContain('another deployment took its place')
  expect(message).not.toContain('put the service back')
  expect(sent(s)).toEqual([...MOVED, 'StopServiceDeployment'])
  expect(s.runs('web')).toBe(theirs(s))
})
