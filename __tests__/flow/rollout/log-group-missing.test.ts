import { expect, test } from '@jest/globals'
import { breakerRollsBack, LOG_GROUP_MISSING, taskFailsToStart } from '../../../stand-in/scripts.ts'
import type { Inputs } from '../../support/flow-scene.ts'
import { elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const OWN_GROUP: Inputs = { ...WAITING, 'log-group': '/levo' }
const CREATE_DENIED =
  'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create ' +
  'Cloudwatch log group: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/shop-execution/1 is not ' +
  'authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:us-east-1:123456789012:log-group:/levo:log-stream: ' +
  'because no identity-based policy allows the logs:CreateLogGroup action : exit status 1'

test('the error names the missing group, the input and the right', async () => {
  const s = scene()
  script(s, breakerRollsBack(LOG_GROUP_MISSING))
  const { report, code, message } = await s.fail(OWN_GROUP)
  expect(code).toBe('rolled-back')
  expect(message).toContain(LOG_GROUP_MISSING.stoppedReason)
  expect(message).toContain('Likely cause: a CloudWatch log group that the task definition names does not exist')
  expect(message).toContain('log-group')
  expect(message).toContain('logs:CreateLogGroup')
  expect(report.services).toMatchObject([
    {
      deployment: { outcome: 'rolled-back', findings: [{ diagnosis: { code: 'log-group-missing', concerns: 'task' } }] }
    }
  ])
})

test('six tasks that stopped for it are explained once', async () => {
  const s = scene()
  script(s, breakerRollsBack({ ...LOG_GROUP_MISSING, times: 3 }))
  const { message } = await s.fail(OWN_GROUP)
  expect(message.match(/specified log group does not exist/g)).toHaveLength(1)
})

test('no container is accused, and no log is asked for that nobody wrote', async () => {
  const s = scene()
  script(s, breakerRollsBack(LOG_GROUP_MISSING))
  const { message } = await s.fail(OWN_GROUP)
  expect(message).not.toContain('container levo-pcap-sensor')
  expect(message).not.toContain('container counter')
  expect(s.calls()).not.toContain('GetLogEvents')
})

test('without a breaker the deadline ends it, with the same cause', async () => {
  const s = scene()
  script(s, taskFailsToStart(LOG_GROUP_MISSING))
  const { report, code, message } = await s.fail({ ...OWN_GROUP, 'wait-for-minutes': '3' })
  expect(code).toBe('timed-out')
  expect(elapsed(s)).toBe(180)
  expect(message).toContain('log group that the task definition names does not exist')
  expect(message).toContain('logs:CreateLogGroup')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
  expect(sent(s)).toEqual(MOVED)
})

test('a group that the execution role may not create is another cause, with its right', async () => {
  const s = scene()
  script(s, breakerRollsBack({ stoppedReason: CREATE_DENIED }))
  const { report, message } = await s.fail(OWN_GROUP)
  expect(message).toContain('the execution role may not create the CloudWatch log group')
  expect(message).toContain('Give the execution role logs:CreateLogGroup')
  expect(report.services).toMatchObject([
    { deployment: { findings: [{ diagnosis: { code: 'log-group-create-denied' } }] } }
  ])
})
