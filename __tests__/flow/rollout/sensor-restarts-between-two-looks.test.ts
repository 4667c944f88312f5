import { expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { completes, type SensorRestart, sensorRestarts, spotTakesATask, together } from '../../../stand-in/scripts.ts'
import type { Scene } from '../../support/flow-scene.ts'
import { elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()

/** The rollout is over after 60 s and seen to be so after 68.75 s: the windows close after 128.75 s. */
function restarts(s: Scene, restart: SensorRestart): void {
  script(s, together(completes({ after: 60 }), sensorRestarts(restart)))
}

test('another run of it refutes the sensor, although no look finds it STOPPED', async () => {
  const s = scene()
  restarts(s, { after: 75 })
  const { report, code, message } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
  expect(message.match(/sensor exited and was restarted/g)).toHaveLength(2)
  expect(message).not.toContain('STOPPED')
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '0/2' })
  expect(elapsed(s)).toBeLessThanOrEqual(75 + 15)
})

test('in one of two tasks too', async () => {
  const s = scene()
  restarts(s, { after: 75, tasks: 1 })
  const { report, message } = await s.fail(WAITING)
  expect(message).toContain('1 of 2 tasks')
  expect(toOutputs(report, {})).toMatchObject({ 'sensor-running': '1/2' })
})

test('right before the window closes too', async () => {
  const s = scene()
  restarts(s, { after: 128 })
  const { code } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
})

test('a restart before the window opens does not count', async () => {
  const s = scene()
  restarts(s, { after: 40 })
  const report = await s.succeed(WAITING)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '2/2' })
})

test('the service is put back with rollback-on-failure', async () => {
  const s = scene()
  restarts(s, { after: 75 })
  const { report, message } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
  expect(message).toContain(`put the service back on ${s.arn('task-definition/shop:1')}`)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
  expect(sent(s)).toEqual([...MOVED, 'UpdateService'])
})

test('its log tells why it exited, as that of one that stays down does', async () => {
  const s = scene()
  restarts(s, { after: 75, log: ['failed to set BPF filter: syntax error'] })
  const { message } = await s.fail(WAITING)
  expect(message).toContain('failed to set BPF filter')
  expect(message).toContain('Correct the input filter')
})

test('a task that Spot takes meanwhile is not given as the cause', async () => {
  const s = scene()
  const restart = sensorRestarts({ after: 82, tasks: 1 })
  script(s, together(completes({ after: 60 }), spotTakesATask({ after: 75 }), restart))
  const { code, message } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
  expect(message).toContain('sensor exited and was restarted')
  expect(message).not.toContain('Spot')
})
