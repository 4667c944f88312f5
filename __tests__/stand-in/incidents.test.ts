import { expect, test } from '@jest/globals'
import {
  completes,
  healthBecomes,
  injects,
  scalesTo,
  sensorNeverStarts,
  sensorRestarts,
  sensorStops,
  spotTakesATask,
  tells,
  together,
  writes
} from '../../stand-in/scripts.ts'
import { app, fargate } from './definitions.ts'
import { one, PREFIX, SENSOR, seconds, sensorOf, useStage } from './stage.ts'

const stage = useStage()
const course = completes({ after: 30 })

test('sensorStops: the container exits, its task and the deployment go on', async () => {
  const s = stage()
  s.script(together(course, sensorStops({ after: 40, exitCode: 137, reason: 'OutOfMemoryError: killed' })))
  await s.update()
  s.at(39)
  expect((await s.tasks()).map(task => sensorOf(task).lastStatus)).toEqual(['RUNNING', 'RUNNING'])
  s.at(40)
  const tasks = await s.tasks()
  for (const task of tasks) {
    expect(task).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' })
    const stopped = { lastStatus: 'STOPPED', exitCode: 137, reason: 'OutOfMemoryError: killed' }
    expect(sensorOf(task)).toMatchObject({ ...stopped, runtimeId: expect.any(String) })
    expect(task.containers?.[0]).toMatchObject({ name: 'app', lastStatus: 'RUNNING' })
  }
  expect(tasks).toHaveLength(2)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+2/2 failed 0'])
})

test('sensorStops in each task some time after its start, those of later tasks too', async () => {
  const s = stage()
  s.script(together(course, sensorStops({ runningFor: 40 }), scalesTo(3, { after: 60 })))
  await s.update()
  const states = async () => (await s.tasks()).map(task => sensorOf(task).lastStatus)
  s.at(49)
  expect(await states()).toEqual(['RUNNING', 'RUNNING'])
  s.at(50)
  expect(await states()).toEqual(['STOPPED', 'STOPPED'])
  s.at(119)
  expect(await states()).toEqual(['STOPPED', 'STOPPED', 'RUNNING'])
  s.at(120)
  expect(await states()).toEqual(['STOPPED', 'STOPPED', 'STOPPED'])
})

test.each([{ after: 20 }, { runningFor: 5 }])('sensorStops in one task only: %j', async meeting => {
  const s = stage()
  s.script(together(course, sensorStops({ ...meeting, tasks: 1 })))
  await s.update()
  s.at(60)
  expect((await s.tasks()).map(task => sensorOf(task).lastStatus)).toEqual(['STOPPED', 'RUNNING'])
})

test('sensorStops leaves its last lines in its log', async () => {
  const s = stage()
  s.script(together(course, sensorStops({ after: 40, tasks: 1, log: ['first', 'lacks CAP_NET_RAW'] })))
  await s.update()
  s.at(99)
  const [task] = await s.tasks()
  const streams = one(s.account.logGroups.get('/ecs/pcap'))
  expect([...streams.keys()]).toEqual([`ecs-pcap/${SENSOR}/${task?.taskArn?.replace(/.*\//, '')}`])
  expect([...streams.values()].flat().map(({ message }) => message)).toEqual(['first', 'lacks CAP_NET_RAW'])
})

test('an essential container takes its task along', async () => {
  const s = stage()
  s.script(together(course, sensorStops({ container: 'app', after: 40, exitCode: 3 })))
  await s.update()
  s.at(50)
  expect(await s.tasks()).toEqual([])
  const [task] = await s.tasks('STOPPED')
  expect(task).toMatchObject({
    lastStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited'
  })
  expect(task?.containers?.map(({ exitCode }) => exitCode)).toEqual([3, 1])
})

test('sensorRestarts: another run of the container, and nothing else to see between two looks', async () => {
  const s = stage()
  s.script(together(course, sensorRestarts({ after: 40 })))
  await s.update()
  s.at(39)
  const before = (await s.tasks()).map(sensorOf)
  s.at(41)
  const after = (await s.tasks()).map(sensorOf)
  expect(after.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING'])
  expect(after[0]?.runtimeId).not.toBe(before[0]?.runtimeId)
  expect(after[0]).not.toHaveProperty('exitCode')
  expect({ ...after[0], runtimeId: '' }).toEqual({ ...before[0], runtimeId: '' })
})

test('sensorRestarts after a while', async () => {
  const s = stage()
  s.script(together(course, sensorRestarts({ after: 40, downFor: 15, exitCode: 2 })))
  await s.update()
  s.at(54)
  expect(sensorOf((await s.tasks())[0])).toMatchObject({ lastStatus: 'STOPPED', exitCode: 2 })
  s.at(55)
  expect(sensorOf((await s.tasks())[0])).toMatchObject({ lastStatus: 'RUNNING' })
})

test('sensorNeverStarts: the task runs without it', async () => {
  const s = stage()
  const reason = 'CannotStartContainerError: exec format error'
  s.script(together(course, sensorNeverStarts({ reason })))
  await s.update()
  s.at(30)
  const [task] = await s.tasks()
  expect(task?.lastStatus).toBe('RUNNING')
  expect(sensorOf(task)).toMatchObject({ lastStatus: 'STOPPED', reason })
  expect(sensorOf(task)).not.toHaveProperty('exitCode')
  expect(sensorOf(task)).not.toHaveProperty('runtimeId')
  expect(sensorOf(task)).not.toHaveProperty('imageDigest')
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+2/2 failed 0'])
})

test('spotTakesATask: it stops, and the same deployment starts another one', async () => {
  const s = stage()
  s.script(together(course, spotTakesATask({ after: 50 })))
  const { deployments } = await s.update()
  s.at(49)
  const [taken] = await s.tasks()
  s.at(51)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+1/2 failed 0'])
  const [stopping] = await s.tasks('STOPPED')
  expect(stopping).toMatchObject({
    taskArn: taken?.taskArn,
    lastStatus: 'DEACTIVATING',
    desiredStatus: 'STOPPED',
    stopCode: 'SpotInterruption',
    stoppedReason: 'Your Spot Task was interrupted.'
  })
  s.at(55)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 1+1/2 failed 0'])
  s.at(80)
  const tasks = await s.tasks()
  expect(tasks.map(({ startedBy }) => startedBy)).toEqual([deployments?.[0]?.id, deployments?.[0]?.id])
  expect(tasks.map(({ taskArn }) => taskArn)).not.toContain(taken?.taskArn)
  const [stopped] = await s.tasks('STOPPED')
  expect(stopped?.lastStatus).toBe('STOPPED')
  expect(seconds(stopped?.stoppedAt)).toBe(80)
  expect(sensorOf(stopped)).toMatchObject({ lastStatus: 'STOPPED', exitCode: 1 })
})

test('scalesTo: tasks come and go within the deployment', async () => {
  const s = stage()
  s.script(together(course, scalesTo(3, { after: 40 }), scalesTo(1, { after: 80 })))
  await s.update()
  s.at(45)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 1+2/3 failed 0'])
  s.at(60)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+3/3 failed 0'])
  const [first] = await s.tasks()
  s.at(81)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+1/1 failed 0'])
  expect((await s.tasks()).map(({ taskArn }) => taskArn)).toEqual([first?.taskArn])
})

test('injects: containers that the definition lacks', async () => {
  const s = stage()
  s.script(together(injects('aws-guardduty-agent-k3xpz', 'ecs-service-connect-7hq2m'), course))
  await s.update()
  s.at(30)
  const [task] = await s.tasks()
  const names = ['app', SENSOR, 'aws-guardduty-agent-k3xpz', 'ecs-service-connect-7hq2m']
  expect(task?.containers?.map(({ name }) => name)).toEqual(names)
  expect(task?.containers?.[2]).toMatchObject({ lastStatus: 'RUNNING', image: expect.stringContaining('guardduty') })
})

test('healthBecomes: container and task are as healthy as the check says', async () => {
  const s = stage()
  const healthCheck = { command: ['CMD', 'true'] }
  s.account.addTaskDefinition(fargate({ containerDefinitions: [app({ healthCheck })] }))
  s.script(together(course, healthBecomes('UNHEALTHY', { container: 'app', after: 40 })))
  await s.update('web:3')
  s.at(30)
  const web3 = `${PREFIX}:task-definition/web:3`
  expect((await s.tasks('RUNNING', web3))[0]).toMatchObject({ healthStatus: 'HEALTHY' })
  s.at(40)
  const [task] = await s.tasks('RUNNING', web3)
  expect(task).toMatchObject({ healthStatus: 'UNHEALTHY', containers: [{ name: 'app', healthStatus: 'UNHEALTHY' }] })
})

test('writes and tells: log lines and events', async () => {
  const s = stage()
  s.script(together(course, writes(['Running learn mode'], { runningFor: 2 }), tells('is throttled.', { after: 45 })))
  await s.update()
  s.at(45)
  expect((await s.messages())[0]).toBe('(service web) is throttled.')
  expect([...one(s.account.logGroups.get('/ecs/pcap')).values()].flat()).toHaveLength(2)
})

test.each([{}, { after: 1, runningFor: 1 }])('an incident needs one time, not %j', meeting => {
  expect(() => sensorStops(meeting)).toThrow('either after or runningFor')
})
