import { UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import { completes, desiredZero, neverEnds, stalls } from '../../stand-in/scripts.ts'
import { seconds, sensorOf, useStage, WEB } from './stage.ts'

const stage = useStage()

test('completes: the tasks start, run, take over, and the deployment ends', async () => {
  const s = stage()
  s.script(completes({ after: 60 }))
  const before = (await s.service()).deployments?.[0]?.id
  const { deployments = [] } = await s.update()
  const id = deployments[0]?.id
  expect(await s.deployments()).toEqual([
    'PRIMARY web:2 IN_PROGRESS 0+0/2 failed 0',
    'ACTIVE web:1 COMPLETED 0+2/2 failed 0'
  ])
  expect((await s.serviceDeployment()).status).toBe('PENDING')
  s.at(2)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 2+0/2 failed 0')
  expect((await s.tasks()).map(({ lastStatus }) => lastStatus)).toEqual(['PROVISIONING', 'PROVISIONING'])
  expect((await s.serviceDeployment()).status).toBe('IN_PROGRESS')
  s.at(15)
  expect((await s.tasks()).map(({ lastStatus }) => lastStatus)).toEqual(['PENDING', 'PENDING'])
  s.at(20)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 0+2/2 failed 0')
  expect((await s.tasks())[0]).toMatchObject({ startedBy: id, lastStatus: 'RUNNING' })
  s.at(40)
  expect(await s.deployments()).toContain('ACTIVE web:1 COMPLETED 0+0/0 failed 0')
  s.at(59)
  expect((await s.service()).deployments).toHaveLength(2)
  s.at(61)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+2/2 failed 0'])
  expect((await s.service()).deployments?.[0]?.rolloutStateReason).toBe(`ECS deployment ${id} completed.`)
  const ended = await s.serviceDeployment()
  expect(ended.status).toBe('SUCCESSFUL')
  expect([ended.createdAt, ended.startedAt, ended.finishedAt].map(seconds)).toEqual([0, 1, 60])
  const [steady, completed, stopped, started] = await s.messages()
  expect(steady).toBe('(service web) has reached a steady state.')
  expect(completed).toBe(`(service web) (deployment ${id}) deployment completed.`)
  expect(stopped).toMatch(/^\(service web\) has stopped 2 running tasks: \(task [\da-f]{32}\) \(task [\da-f]{32}\)\.$/)
  expect(started).toMatch(/^\(service web\) has started 2 tasks: \(task [\da-f]{32}\) \(task [\da-f]{32}\)\.$/)
  const [old] = await s.tasks('STOPPED', `${WEB}:1`)
  expect(old).toMatchObject({
    lastStatus: 'STOPPED',
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: `Scaling activity initiated by (deployment ${before})`
  })
  expect(seconds(old?.stoppedAt)).toBe(50)
})

test('each thing has its own time, however late the look', async () => {
  const s = stage()
  s.script(completes({ after: 30, running: 12 }))
  await s.update()
  s.at(500)
  const [task] = await s.tasks()
  expect([task?.createdAt, task?.pullStartedAt, task?.startedAt].map(seconds)).toEqual([1, 6.5, 12])
  expect(seconds((await s.service()).events?.[0]?.createdAt)).toBe(30)
})

test('stalls: the tasks stay PENDING, and an event says why', async () => {
  const s = stage()
  s.script(stalls())
  await s.update()
  s.at(36_000)
  expect(await s.deployments()).toEqual([
    'PRIMARY web:2 IN_PROGRESS 2+0/2 failed 0',
    'ACTIVE web:1 COMPLETED 0+2/2 failed 0'
  ])
  expect(sensorOf((await s.tasks())[0])).toMatchObject({ lastStatus: 'PENDING' })
  expect(sensorOf((await s.tasks())[0])).not.toHaveProperty('runtimeId')
  expect((await s.messages())[0]).toMatch(/^\(service web\) was unable to place a task\. Reason: /)
})

test('neverEnds: the tasks run, and still it is IN_PROGRESS', async () => {
  const s = stage()
  s.script(neverEnds())
  await s.update()
  s.at(36_000)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 0+2/2 failed 0')
  expect((await s.serviceDeployment()).status).toBe('IN_PROGRESS')
})

test('desiredZero: it completes without a task', async () => {
  const s = stage()
  s.script(desiredZero({ after: 10 }))
  await s.update()
  s.at(11)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+0/0 failed 0'])
  expect(await s.tasks()).toEqual([])
  expect((await s.service()).desiredCount).toBe(0)
})

test('a service that was never given a script stays as it is', async () => {
  const s = stage()
  await s.update()
  s.at(36_000)
  expect(await s.deployments()).toEqual([
    'PRIMARY web:2 IN_PROGRESS 0+0/2 failed 0',
    'ACTIVE web:1 COMPLETED 0+2/2 failed 0'
  ])
  expect((await s.serviceDeployment()).status).toBe('IN_PROGRESS')
})

test('successive deployments go by successive scripts, and complete after the last one', async () => {
  const s = stage()
  s.script(stalls(), completes({ after: 10 }))
  await s.update()
  s.at(100)
  await s.update('web:1')
  s.at(110)
  expect(await s.deployments()).toEqual(['PRIMARY web:1 COMPLETED 0+2/2 failed 0'])
  await s.update()
  s.at(169)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 0+2/2 failed 0')
  s.at(170)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+2/2 failed 0'])
})

test('everyRollout is the course of services without scripts', async () => {
  const s = stage()
  s.account.everyRollout = completes({ after: 10 })
  await s.update()
  s.at(10)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+2/2 failed 0'])
})

test('advance does without a clock, and a forced deployment goes by a script as well', async () => {
  const s = stage()
  s.script(completes({ after: 10 }))
  const request = { cluster: 'prod', service: 'web', forceNewDeployment: true }
  const { service } = await s.client.send(new UpdateServiceCommand(request))
  s.account.advance(10)
  const { deployments = [] } = await s.service()
  expect(deployments).toMatchObject([{ id: service?.deployments?.[0]?.id, rolloutState: 'COMPLETED' }])
})

test('another desired count starts and stops tasks of a scripted service', async () => {
  const s = stage()
  s.script()
  const scale = (desiredCount: number) =>
    s.client.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount }))
  await scale(3)
  expect(await s.deployments()).toEqual(['PRIMARY web:1 COMPLETED 1+2/3 failed 0'])
  s.at(20)
  expect(await s.deployments()).toEqual(['PRIMARY web:1 COMPLETED 0+3/3 failed 0'])
  await scale(1)
  expect(await s.deployments()).toEqual(['PRIMARY web:1 COMPLETED 0+1/1 failed 0'])
  expect(await s.tasks('STOPPED', `${WEB}:1`)).toHaveLength(2)
})
