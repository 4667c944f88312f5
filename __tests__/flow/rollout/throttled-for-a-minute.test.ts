import { describe, expect, test } from '@jest/globals'
import { ApiError } from '../../../stand-in/api-error.ts'
import type { FaultKind } from '../../../stand-in/faults.ts'
import { breakerRollsBack, completes, neverEnds, sensorStops, together } from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import type { Scene } from '../../support/flow-scene.ts'
import { script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
/** The plan's look and the one right before the move. */
const EARLIER_LOOKS = 2
const MAX_DELAY = 15

const TROUBLES: [string, FaultKind][] = [
  ['throttled', { kind: 'throttle' }],
  ['answered with 500', { kind: 'server-error', carriedOut: false }],
  ['cut off', { kind: 'reset' }]
]

/** Refuses every look from one second of the run to another. */
function outage(s: Scene, from: number, to: number): void {
  const began = s.account.seconds()
  const act = (account: Account) => {
    const seconds = account.seconds() - began
    if (seconds >= from && seconds < to) throw new ApiError('ThrottlingException', 'Rate exceeded')
  }
  for (const operation of ['DescribeServices', 'DescribeServiceDeployments', 'ListTasks', 'DescribeTasks']) {
    s.standIn.fault({ operation, kind: 'before', act, times: Infinity })
  }
}

/** When the log said something, in seconds of the run. */
function saidAt(s: Scene, text: string): number[] {
  return s.events.flatMap(event =>
    event.kind === 'moment' && event.moment.text.includes(text) ? [event.moment.seconds] : []
  )
}

describe('all looks, for a minute of the rollout', () => {
  test('it goes on, and knows the end within one gap of the first look that is answered', async () => {
    const s = scene()
    script(s, completes({ after: 60 }))
    outage(s, 20, 80)
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { running: 2 } } }])
    const [completedAt = 0] = saidAt(s, 'completed')
    expect(completedAt).toBeGreaterThanOrEqual(80)
    expect(completedAt).toBeLessThanOrEqual(80 + MAX_DELAY)
    expect(Math.max(...s.slept)).toBeLessThanOrEqual(MAX_DELAY)
  })

  test('one line says so, and another one only when looks are refused anew', async () => {
    const s = scene()
    script(s, completes({ after: 240 }))
    outage(s, 20, 80)
    outage(s, 150, 210)
    await s.succeed(WAITING)
    const said = s.moments().filter(text => text.includes('tried again'))
    expect(said).toHaveLength(2)
    expect(said[0]).toContain('Rate exceeded')
  })

  test('a failure behind it is found, and put back', async () => {
    const s = scene()
    script(s, breakerRollsBack({ after: 60, rollback: false }))
    outage(s, 20, 80)
    const { report } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:1'))
  })
})

describe('all looks, for a minute of the settle window', () => {
  test('it goes on, and the sensor counts as proven by the first look behind the window that is answered', async () => {
    const s = scene()
    script(s, completes({ after: 60 }))
    outage(s, 75, 140)
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { verdict: 'proven' } } }])
    const [provenAt = 0] = saidAt(s, 'the sensor runs in 2 of 2 tasks')
    expect(provenAt).toBeGreaterThanOrEqual(140)
    expect(provenAt).toBeLessThanOrEqual(140 + MAX_DELAY)
  })

  test('one line says so', async () => {
    const s = scene()
    script(s, completes({ after: 60 }))
    outage(s, 75, 140)
    await s.succeed(WAITING)
    expect(s.moments().filter(text => text.includes('tried again'))).toHaveLength(1)
  })

  test('a sensor that stopped behind it is found', async () => {
    const s = scene()
    script(s, together(completes({ after: 60 }), sensorStops({ after: 50, tasks: 1 })))
    outage(s, 60, 140)
    const { code } = await s.fail(WAITING)
    expect(code).toBe('sensor-not-running')
  })
})

describe.each(TROUBLES)('%s', (_name, trouble) => {
  test('the looks at the service, four times', async () => {
    const s = scene()
    script(s, completes({ after: 60 }))
    s.standIn.fault({ operation: 'DescribeServices', skip: EARLIER_LOOKS + 2, times: 4, ...trouble })
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { running: 2 } } }])
    expect(saidAt(s, 'tried again')).toHaveLength(1)
    // The looks come after 5, 12, 24, 39, 54, 69 and 84 seconds; each is one call, however many attempts max-retries allows.
    expect(saidAt(s, 'completed').slice(-1)).toEqual([84])
  })

  test('the looks at the service deployment, four times', async () => {
    const s = scene()
    script(s, completes({ after: 60 }))
    s.standIn.fault({ operation: 'DescribeServiceDeployments', skip: 2, times: 4, ...trouble })
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
    expect(report.notes).not.toContainEqual({ level: 'note', text: expect.stringContaining('cannot be looked at') })
    expect(saidAt(s, 'completed').slice(-1)).toEqual([69])
  })

  test('the looks at the tasks, four times', async () => {
    const s = scene()
    // The tasks run between two looks, so none is looked at before the deployment has completed.
    script(s, completes({ after: 60, running: 59 }))
    s.standIn.fault({ operation: 'ListTasks', skip: 2, times: 4, ...trouble })
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([{ deployment: { sensor: { verdict: 'proven', running: 2 } } }])
    // The trial before registering, the first look, the four, and the one that proves it.
    expect(s.bodies('ListTasks')).toHaveLength(7)
  })
})

describe('until the deadline', () => {
  test('it is timed-out, and does not claim to know how the deployment stands', async () => {
    const s = scene()
    script(s, completes({ after: 60 }))
    outage(s, 20, Infinity)
    const { code, message, report } = await s.fail({ ...WAITING, 'wait-for-minutes': '5' })
    expect(code).toBe('timed-out')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
    expect(message).not.toContain('it had not ended')
  })

  test('nothing is put back by guess', async () => {
    const s = scene()
    script(s, neverEnds())
    outage(s, 20, Infinity)
    const { message, report } = await s.fail({ ...WAITING, 'wait-for-minutes': '5', 'rollback-on-failure': 'true' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
    expect(message).toContain('Putting the service back')
    expect(message).toContain('Rate exceeded')
    expect(s.bodies('UpdateService')).toHaveLength(1)
    expect(s.calls()).not.toContain('StopServiceDeployment')
  })
})
