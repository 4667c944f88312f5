import { beforeEach, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { primaryOf } from '../../../stand-in/rollouts.ts'
import type { Script } from '../../../stand-in/script.ts'
import { completes, desiredZero, together } from '../../../stand-in/scripts.ts'
import { liveTasks, type ServiceTask, stopContainer, stopTask } from '../../../stand-in/tasks.ts'
import { shop } from '../../support/flow-definitions.ts'
import { useScene } from '../../support/flow-scene.ts'
import { elapsed, script, WAITING } from '../../support/rollout.ts'

const scene = useScene()
const revision = (number: number) => scene().arn(`task-definition/shop:${number}`)
const REMOVE = { ...WAITING, mode: 'remove' }
/** A task that nobody stops with the others, as when ECS defers cleaning up. */
let lingering: ServiceTask | undefined

/** The service runs `shop:2`, which has the sensor that the first run put there. */
beforeEach(async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  s.account.addService({ name: 'web', taskDefinition: 'shop:2', desiredCount: 2 })
  s.standIn.requests.length = 0
  s.events.length = 0
})

/** One of the old tasks stays when the deployment completes; what happens to it later is up to the steps. */
function lingers(...steps: { at: number; act: (task: ServiceTask) => void }[]): Script {
  const { account } = scene()
  const service = account.services.get(scene().arn('service/default/web'))
  if (service === undefined) throw new Error('no service')
  ;[lingering] = liveTasks(account, primaryOf(service).id)
  const task = lingering
  if (task === undefined) throw new Error('no task')
  const stays: Script = [
    {
      at: 1,
      act: () => {
        task.deploymentId = 'ecs-svc/0'
      }
    }
  ]
  return [...stays, ...steps.map(({ at, act }) => ({ at, act: () => act(task) }))]
}

function stops(task: ServiceTask): void {
  stopTask(scene().account, task, { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity' })
}

test('no task has a sensor any more', async () => {
  const s = scene()
  script(s, completes())
  const report = await s.succeed(REMOVE)
  expect(report.services).toMatchObject([
    { deployment: { outcome: 'deployed', sensor: { verdict: 'proven', expected: 'absent', running: 0 } } }
  ])
  expect(toOutputs(report, {})).toMatchObject({
    'deployment-outcome': 'deployed',
    'sensor-running': '0/2',
    'previous-task-definition-arn': revision(2),
    'task-definition-arn': revision(3)
  })
  expect(s.moments()).toContain('no task has a sensor any more (2 looked at)')
})

test('it takes no window to see that', async () => {
  const s = scene()
  script(s, completes({ after: 60 }))
  await s.succeed({ ...REMOVE, 'sensor-settle-seconds': '600' })
  expect(elapsed(s)).toBeLessThanOrEqual(75)
})

test('an old task that lingers has the window to go', async () => {
  const s = scene()
  script(s, together(completes({ after: 60 }), lingers({ at: 100, act: stops })))
  const report = await s.succeed(REMOVE)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '0/2' })
  expect(s.moments()).toContain('no task has a sensor any more (2 looked at)')
})

test('one that stays is named', async () => {
  const s = scene()
  script(s, together(completes({ after: 60 }), lingers()))
  const { code, message, report } = await s.fail(REMOVE)
  expect(code).toBe('sensor-still-there')
  expect(message).toContain('1 of 3 tasks still has a sensor')
  expect(message).toContain(`task ${lingering?.task.taskArn.replace(/.*\//, '')}: still has a sensor`)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '1/3' })
  expect(s.bodies('UpdateService')).toHaveLength(1)
})

test('with rollback-on-failure the sensor comes back', async () => {
  const s = scene()
  script(s, together(completes({ after: 60 }), lingers()))
  const { code, report } = await s.fail({ ...REMOVE, 'rollback-on-failure': 'true' })
  expect(code).toBe('sensor-still-there')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
  expect(s.runs('web')).toBe(revision(2))
})

test('under warn one that stays is a warning', async () => {
  const s = scene()
  script(s, together(completes({ after: 60 }), lingers()))
  const report = await s.succeed({ ...REMOVE, 'verify-sensor': 'warn' })
  expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
  expect(s.warnings(report)).toContainEqual(expect.stringContaining('1 of 3 tasks still has a sensor'))
})

test('a task whose sensor has stopped still has one, and is counted as such', async () => {
  const s = scene()
  const stopsSensor = (task: ServiceTask) => stopContainer(s.account, task, 'levo-pcap-sensor', { exitCode: 1 })
  script(s, together(completes({ after: 60 }), lingers({ at: 30, act: stopsSensor })))
  const { code, message } = await s.fail(REMOVE)
  expect(code).toBe('sensor-still-there')
  expect(message).toContain('1 of 3 tasks still has a sensor')
  expect(message).toContain('still has a sensor, which is STOPPED')
})

test('why it stopped is nothing that anybody asked', async () => {
  const s = scene()
  const stopsSensor = (task: ServiceTask) => stopContainer(s.account, task, 'levo-pcap-sensor', { exitCode: 1 })
  script(s, together(completes({ after: 60 }), lingers({ at: 30, act: stopsSensor })))
  const { message } = await s.fail(REMOVE)
  expect(message).not.toContain('application container')
  expect(message).not.toContain('sensor-profile')
})

test('the seconds of the window are not held against a sensor that should be gone', async () => {
  const s = scene()
  script(s, together(completes({ after: 60 }), lingers()))
  const { message } = await s.fail(REMOVE)
  expect(message).not.toContain('0 of 60 s')
})

test('a service without tasks is deployed, with a warning', async () => {
  const s = scene()
  script(s, desiredZero())
  const report = await s.succeed(REMOVE)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '0/0' })
  expect(s.warnings(report)).toContainEqual(expect.stringContaining('no task runs'))
})

test('without the sensor inputs, which removing does not need', async () => {
  const s = scene()
  script(s, completes())
  const none = { 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '' }
  const report = await s.succeed({ ...REMOVE, ...none })
  expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { expected: 'absent' } } }])
})
