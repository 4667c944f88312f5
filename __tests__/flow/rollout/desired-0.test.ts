import { expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { desiredZero } from '../../../stand-in/scripts.ts'
import type { Inputs } from '../../support/flow-scene.ts'
import { elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const PUTTING_BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true' }
const NOT_VERIFIED = /^web: .*could not be verified/

test.each(['require', 'warn'])('verify-sensor %s: deployed, not verified, with a warning', async verify => {
  const s = scene()
  script(s, desiredZero())
  const report = await s.succeed({ ...PUTTING_BACK, 'verify-sensor': verify })
  expect(report.services).toMatchObject([{ deployment: { sensor: { verdict: 'nothing-to-judge', tasks: [] } } }])
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '0/0' })
  expect(s.warnings(report)).toContainEqual(expect.stringMatching(NOT_VERIFIED))
  expect(sent(s)).toEqual(MOVED)
})

test('nobody waits for a window that no task can fill', async () => {
  const s = scene()
  script(s, desiredZero({ after: 10 }))
  await s.succeed(WAITING)
  expect(elapsed(s)).toBeLessThanOrEqual(10 + 15)
})

test('verify-sensor off: deployed, without a word about it', async () => {
  const s = scene()
  script(s, desiredZero())
  const report = await s.succeed({ ...WAITING, 'verify-sensor': 'off' })
  const outputs = toOutputs(report, {})
  expect(outputs).toMatchObject({ 'deployment-outcome': 'deployed' })
  expect(outputs).not.toHaveProperty('sensor-running')
  expect(s.warnings(report).filter(text => NOT_VERIFIED.test(text))).toEqual([])
})
