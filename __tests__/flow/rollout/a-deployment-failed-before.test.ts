import { beforeEach, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { breakerRollsBack } from '../../../stand-in/scripts.ts'
import { script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()

/** The service is on a revision whose deployment failed, and ECS did not put it back. */
beforeEach(async () => {
  const s = scene()
  script(s, breakerRollsBack({ after: 60, rollback: false }))
  await s.fail(WAITING)
  s.standIn.requests.length = 0
})

test.each([
  ['a rerun that follows', WAITING],
  ['a rerun that only starts', { service: 'web' }],
  ['mode verify', { mode: 'verify', service: 'web' }]
])('%s does not call it running', async (_name, inputs) => {
  const s = scene()
  const { report, code, message } = await s.fail(inputs)
  expect(code).toBe('deployment-failed')
  expect(message).toContain('failed')
  expect(toOutputs(report, {})['deployment-outcome']).toBe('failed')
  expect(s.calls()).not.toContain('UpdateService')
})
