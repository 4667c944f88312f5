import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import type { Report } from '../../../src/report/report.ts'
import { completes, scalesTo, sensorStops, spotTakesATask, together } from '../../../stand-in/scripts.ts'
import { elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
/** Seen to be over after 68.75 s, when the windows of its two tasks open. */
const ROLLED_OUT = completes({ after: 60 })
/** What a replacement needs from its start to RUNNING. */
const STARTS_IN = 20

function judgedTasks(report: Report): string[] {
  const [result] = report.services ?? []
  return result?.kind === 'moved' ? (result.deployment.sensor?.tasks ?? []).map(({ task }) => task.arn) : []
}

test('its replacement is judged in its place, with a window of its own', async () => {
  const s = scene()
  script(s, together(ROLLED_OUT, spotTakesATask({ after: 80, replacedIn: 5 })))
  const report = await s.succeed(WAITING)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '2/2' })
  expect(elapsed(s)).toBeGreaterThanOrEqual(80 + 5 + STARTS_IN + 60)
  expect(elapsed(s)).toBeLessThanOrEqual(80 + 5 + STARTS_IN + 60 + 15)
  const tasks = s.account.tasks.all().filter(({ task }) => judgedTasks(report).includes(task.taskArn))
  expect(tasks.map(({ task }) => task.desiredStatus)).toEqual(['RUNNING', 'RUNNING'])
})

test('a replacement that starts when the other windows have closed is judged too', async () => {
  const s = scene()
  script(s, together(ROLLED_OUT, spotTakesATask({ after: 120, replacedIn: 15 })))
  const report = await s.succeed(WAITING)
  expect(toOutputs(report, {})).toMatchObject({ 'sensor-running': '2/2' })
  expect(elapsed(s)).toBeGreaterThanOrEqual(120 + 15 + STARTS_IN + 60)
})

test('one that does not come is not waited for beyond a further window', async () => {
  const s = scene()
  script(s, together(ROLLED_OUT, spotTakesATask({ after: 120, replacedIn: 3600 })))
  const report = await s.succeed(WAITING)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '1/1' })
  expect(elapsed(s)).toBeLessThanOrEqual(120 + 60 + 15)
})

test('the log tells how many there are at each turn', async () => {
  const s = scene()
  script(s, together(ROLLED_OUT, spotTakesATask({ after: 80 })))
  await s.succeed(WAITING)
  const counts = s.moments().flatMap(text => /^sensor: (\S+) running/.exec(text)?.[1] ?? [])
  expect(counts).toEqual(['2/2', '1/1', '1/2', '2/2'])
})

test('a replacement whose sensor crashes fails the step, and Spot is not the cause', async () => {
  const s = scene()
  const crash = sensorStops({ after: 115, tasks: 2, exitCode: 139 })
  script(s, together(ROLLED_OUT, spotTakesATask({ after: 80 }), crash))
  const { code, message } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
  expect(message).toContain('crashed (exit code 139)')
  expect(message).not.toContain('Spot')
})

test('a sensor that stopped in the task that is taken proves nothing', async () => {
  const s = scene()
  script(s, together(ROLLED_OUT, sensorStops({ after: 76, tasks: 1 }), spotTakesATask({ after: 80 })))
  const report = await s.succeed(WAITING)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '2/2' })
})

describe('scaling in the window', () => {
  test('in: the task that goes is left out, and the other needs no longer', async () => {
    const s = scene()
    script(s, together(ROLLED_OUT, scalesTo(1, { after: 80 })))
    const report = await s.succeed(WAITING)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '1/1' })
    expect(elapsed(s)).toBeLessThanOrEqual(60 + 15 + 60)
  })

  test('out: the tasks that come are judged, each with its window', async () => {
    const s = scene()
    script(s, together(ROLLED_OUT, scalesTo(4, { after: 80 })))
    const report = await s.succeed(WAITING)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '4/4' })
    expect(elapsed(s)).toBeGreaterThanOrEqual(80 + STARTS_IN + 60)
  })

  test('to nothing: deployed, not verified, with a warning, and nothing is put back', async () => {
    const s = scene()
    script(s, together(ROLLED_OUT, scalesTo(0, { after: 80 })))
    const report = await s.succeed({ ...WAITING, 'rollback-on-failure': 'true' })
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '0/0' })
    expect(s.warnings(report)).toContainEqual(expect.stringContaining('could not be verified'))
    expect(sent(s)).toEqual(MOVED)
  })
})
