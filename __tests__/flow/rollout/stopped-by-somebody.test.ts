import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { completes, neverEnds, stoppedBySomebody, together } from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import { requestStop, type StopType } from '../../../stand-in/stops.ts'
import type { Inputs } from '../../support/flow-scene.ts'
import { denyServiceDeployments, elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const PUTTING_BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true' }
const STOP_TYPES: StopType[] = ['ROLLBACK', 'ABORT']

describe.each(STOP_TYPES)('%s', stopType => {
  // The looks are 15 s apart, one of them after 53.75 s; what a request leads to comes a second later.
  test.each([
    ['carried out already', 50],
    ['requested right before the look', 53.5]
  ])('%s: the run ends there, and nothing is sent', async (_name, after) => {
    const s = scene()
    script(s, together(neverEnds(), stoppedBySomebody({ after, stopType })))
    const { report, code, message } = await s.fail(PUTTING_BACK)
    expect(code).toBe('stopped')
    expect(message).toContain('was stopped')
    expect(message).toMatch(/request|asked/)
    expect(message).toContain('Nothing more was sent')
    expect(message).toContain('See who stopped it, and why. Run again if')
    expect(message).not.toContain('put back')
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'stopped' })
    expect(elapsed(s)).toBeLessThanOrEqual(after + 15)
    expect(sent(s)).toEqual(MOVED)
  })

  test('the error reads as sentences', async () => {
    const s = scene()
    script(s, together(neverEnds(), stoppedBySomebody({ after: 50, stopType })))
    const { message } = await s.fail(WAITING)
    expect(message).not.toMatch(/\.\./)
  })

  test('without the right to look at service deployments nothing is sent either', async () => {
    const s = scene()
    denyServiceDeployments(s)
    script(s, together(neverEnds(), stoppedBySomebody({ after: 50, stopType })))
    const { report } = await s.fail(PUTTING_BACK)
    expect(sent(s)).toEqual(MOVED)
    const outcomes = stopType === 'ABORT' ? ['stopped'] : ['stopped', 'rolled-back']
    expect(outcomes).toContain(toOutputs(report, {})['deployment-outcome'])
  })

  test('without that right the error has what the service says of it', async () => {
    const s = scene()
    denyServiceDeployments(s)
    script(s, together(neverEnds(), stoppedBySomebody({ after: 50, stopType })))
    const { message } = await s.fail(WAITING)
    expect(message).toContain(stopType === 'ABORT' ? 'a stop was requested' : 'a rollback was requested')
  })

  test('at the deadline, right before it is to be put back: it is left to them', async () => {
    const s = scene()
    script(s, neverEnds())
    const stop = (account: Account) => {
      const ours = [...account.serviceDeployments.values()].at(-1)
      if (ours !== undefined) requestStop(account, ours, stopType, completes())
    }
    // The stopped tasks are asked for last before anything is sent; the first call only tries the right.
    s.standIn.fault({ operation: 'ListTasks', kind: 'before', skip: 1, act: stop })
    await s.fail({ ...PUTTING_BACK, 'wait-for-minutes': '5' })
    expect(sent(s)).toEqual(MOVED)
  })
})
