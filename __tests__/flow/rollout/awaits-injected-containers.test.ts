import { expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import type { Script } from '../../../stand-in/script.ts'
import {
  breakerRollsBack,
  completes,
  injects,
  sensorRestarts,
  sensorStops,
  together
} from '../../../stand-in/scripts.ts'
import { elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const AGENT = 'aws-guardduty-agent-abc'
const PROXY = 'ecs-service-connect-xyz'
const INJECTED = injects(AGENT, PROXY)
const ROLLED_OUT = completes({ after: 60 })

test.each<[string, Script]>([
  ['run', []],
  ['have stopped before the rollout is over', sensorStops({ container: AGENT, runningFor: 10, exitCode: 2 })],
  ['stop in the window', sensorStops({ container: PROXY, after: 80, exitCode: 137 })],
  ['are restarted in the window', sensorRestarts({ container: AGENT, after: 80 })]
])('proven as without them when they %s', async (_name, incident) => {
  const s = scene()
  script(s, together(ROLLED_OUT, INJECTED, incident))
  const report = await s.succeed({ ...WAITING, 'rollback-on-failure': 'true' })
  expect(
    s.account.tasks
      .all()
      .at(-1)
      ?.task.containers.map(({ name }) => name)
  ).toEqual(['counter', 'levo-pcap-sensor', AGENT, PROXY])
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '2/2' })
  expect(s.moments()).toContain('the sensor runs in 2 of 2 tasks, seen RUNNING for 60 s')
  expect(elapsed(s)).toBeLessThanOrEqual(60 + 15 + 60)
  expect(sent(s)).toEqual(MOVED)
})

test('a sensor that crashes beside them is told as without them', async () => {
  const s = scene()
  const crash = sensorStops({ after: 80, exitCode: 139 })
  const incident = sensorStops({ container: AGENT, after: 78, exitCode: 2 })
  script(s, together(ROLLED_OUT, INJECTED, incident, crash))
  const { code, message } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
  expect(message).toContain('the sensor crashed (exit code 139)')
  expect(message).not.toContain(AGENT)
})

test('they are not blamed for a deployment whose application exits', async () => {
  const s = scene()
  script(s, together(INJECTED, breakerRollsBack({ stopCode: 'EssentialContainerExited', exitCode: 3 })))
  const { message } = await s.fail(WAITING)
  expect(message).toContain('the container counter exited with code 3')
  expect(message).not.toContain(AGENT)
  expect(message).not.toContain(PROXY)
})
