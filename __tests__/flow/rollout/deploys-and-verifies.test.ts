import { expect, test } from '@jest/globals'
import { completes } from '../../../stand-in/scripts.ts'
import { script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()

test('the deployment is followed to its end, and the sensor proven to run in each task', async () => {
  const s = scene()
  script(s, completes({ after: 60 }))
  const report = await s.succeed(WAITING)
  expect(report.services).toMatchObject([
    { deployment: { outcome: 'deployed', sensor: { verdict: 'proven', running: 2, tasks: [{}, {}] }, findings: [] } }
  ])
  expect(s.moments().slice(-5)).toEqual([
    '2/2 running, 0 pending; completed',
    'sensor: 2/2 running; must stay RUNNING for 60 s',
    'the sensor runs in 2 of 2 tasks, seen RUNNING for 60 s',
    expect.stringMatching(/^task [0-9a-f]{32}: sensor seen RUNNING for 60 s$/),
    expect.stringMatching(/^task [0-9a-f]{32}: sensor seen RUNNING for 60 s$/)
  ])
})

test('each event and each change of the counts is said once', async () => {
  const s = scene()
  script(s, completes({ after: 120 }))
  await s.succeed(WAITING)
  const moments = s.moments()
  expect(new Set(moments).size).toBe(moments.length)
  expect(moments).toContain('0/2 running, 2 pending')
  expect(moments.filter(text => text.includes('has started 2 tasks'))).toHaveLength(1)
})

test('no gap between two looks is longer than wait-max-delay-seconds', async () => {
  const s = scene()
  script(s, completes({ after: 300 }))
  await s.succeed({ ...WAITING, 'wait-max-delay-seconds': '7' })
  expect(Math.max(...s.slept)).toBeLessThanOrEqual(7)
})
