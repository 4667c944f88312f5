import { expect, test } from '@jest/globals'
import {
  alarmRollsBack,
  breakerRollsBack,
  imageRateLimited,
  LOG_GROUP_MISSING,
  stalls,
  taskFailsToStart
} from '../../stand-in/scripts.ts'
import { SENSOR, sensorOf, useStage, WEB } from './stage.ts'

const stage = useStage()
const EXCEEDED = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'

test('taskFailsToStart: again and again, and failedTasks grows', async () => {
  const s = stage()
  s.script(taskFailsToStart({ times: 3, every: 30, ...LOG_GROUP_MISSING }))
  await s.update()
  s.at(20)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 2+0/2 failed 0')
  s.at(25)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 0+0/2 failed 2')
  const [failed] = await s.tasks('STOPPED')
  expect(failed).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', ...LOG_GROUP_MISSING })
  expect(failed).not.toHaveProperty('startedAt')
  expect(sensorOf(failed)).not.toHaveProperty('exitCode')
  s.at(32)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 2+0/2 failed 2')
  s.at(1000)
  expect(await s.deployments()).toEqual([
    'PRIMARY web:2 IN_PROGRESS 0+0/2 failed 6',
    'ACTIVE web:1 COMPLETED 0+2/2 failed 0'
  ])
  expect((await s.messages())[0]).toMatch(/^\(service web\) is unable to consistently start tasks successfully\./)
})

test('an image that can not be pulled is told of the container', async () => {
  const s = stage()
  s.script(taskFailsToStart({ container: SENSOR, ...imageRateLimited('levoai/pcap-sensor:0.2.1') }))
  await s.update()
  s.at(40)
  const [failed] = await s.tasks('STOPPED')
  expect(sensorOf(failed).reason).toMatch(/^CannotPullContainerError: .*levoai\/pcap-sensor:0\.2\.1.*toomanyrequests/)
  expect(failed?.stoppedReason).toBe(sensorOf(failed).reason)
  expect(failed?.containers?.[0]).not.toHaveProperty('reason')
})

test('a task whose essential container exits has run', async () => {
  const s = stage()
  s.script(taskFailsToStart({ stopCode: 'EssentialContainerExited', exitCode: 3 }))
  await s.update()
  s.at(40)
  const [failed] = await s.tasks('STOPPED')
  expect(failed).toMatchObject({ stoppedReason: 'Essential container in task exited', startedAt: expect.any(Date) })
  expect(failed?.containers?.map(({ exitCode }) => exitCode)).toEqual([3, 1])
})

test('breakerRollsBack: FAILED, a new PRIMARY on the old revision, one service deployment for both', async () => {
  const s = stage()
  s.script(breakerRollsBack({ after: 90 }))
  const first = (await s.service()).deployments?.[0]
  const { deployments, currentServiceDeployment } = await s.update()
  const id = deployments?.[0]?.id
  s.at(89)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 0+0/2 failed 6')
  s.at(90)
  const service = await s.service()
  const [back, failed] = service.deployments ?? []
  expect(back).toMatchObject({
    status: 'PRIMARY',
    taskDefinition: `${WEB}:1`,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${first?.id}.`,
    runningCount: 2
  })
  expect([first?.id, id]).not.toContain(back?.id)
  expect(failed).toMatchObject({
    id,
    status: 'ACTIVE',
    desiredCount: 0,
    rolloutState: 'FAILED',
    rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.'
  })
  expect(service.taskDefinition).toBe(`${WEB}:1`)
  expect(service.currentServiceDeployment).toBe(currentServiceDeployment)
  expect((await s.messages()).slice(0, 2)).toEqual([
    `(service web) rolling back to deployment ${first?.id}.`,
    `(service web) (deployment ${id}) deployment failed: tasks failed to start.`
  ])
  const underWay = await s.serviceDeployment()
  expect(underWay).toMatchObject({
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: EXCEEDED,
    rollback: { reason: EXCEEDED, serviceRevisionArn: underWay.sourceServiceRevisions?.[0]?.arn },
    deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 6, threshold: 3 }
  })
  s.at(150)
  expect(await s.deployments()).toEqual(['PRIMARY web:1 COMPLETED 0+2/2 failed 0'])
  expect(await s.serviceDeployment()).toMatchObject({
    status: 'ROLLBACK_SUCCESSFUL',
    statusReason: EXCEEDED,
    finishedAt: new Date(50_150_000)
  })
})

test('a breaker that does not roll back leaves a FAILED PRIMARY and a STOPPED service deployment', async () => {
  const s = stage()
  s.script(breakerRollsBack({ after: 90, rollback: false }))
  await s.update()
  s.at(500)
  expect(await s.deployments()).toEqual([
    'PRIMARY web:2 FAILED 0+0/2 failed 6',
    'ACTIVE web:1 COMPLETED 0+2/2 failed 0'
  ])
  expect(await s.serviceDeployment()).toMatchObject({ status: 'STOPPED', stoppedAt: expect.any(Date) })
})

test('a way back to a revision that is INACTIVE fails', async () => {
  const s = stage()
  s.script(breakerRollsBack({ after: 90 }))
  await s.update()
  s.account.deregister('web:1')
  s.at(500)
  expect((await s.deployments())[0]).toMatch(/^PRIMARY web:2 FAILED/)
  expect(await s.serviceDeployment()).toMatchObject({
    status: 'ROLLBACK_FAILED',
    statusReason: 'TaskDefinition is inactive'
  })
})

test('a way back may have a course of its own', async () => {
  const s = stage()
  s.script(breakerRollsBack({ after: 90, back: stalls() }))
  await s.update()
  s.at(9000)
  expect((await s.deployments())[0]).toBe('PRIMARY web:1 IN_PROGRESS 0+2/2 failed 0')
  expect((await s.serviceDeployment()).status).toBe('ROLLBACK_IN_PROGRESS')
})

test('alarmRollsBack: the tasks ran, and an alarm ends it', async () => {
  const s = stage()
  s.script(alarmRollsBack({ after: 90, alarms: ['errors'] }))
  const { deployments } = await s.update()
  s.at(89)
  expect(await s.deployments()).toContain('PRIMARY web:2 IN_PROGRESS 0+2/2 failed 0')
  s.at(90)
  expect((await s.deployments())[0]).toBe('PRIMARY web:1 IN_PROGRESS 0+2/2 failed 0')
  expect(await s.messages()).toContain(
    `(service web) (deployment ${deployments?.[0]?.id}) deployment failed: alarm detected.`
  )
  expect(await s.tasks()).toEqual([])
  expect(await s.serviceDeployment()).toMatchObject({
    status: 'ROLLBACK_IN_PROGRESS',
    alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['errors'] },
    deploymentCircuitBreaker: { status: 'DISABLED' }
  })
  s.at(150)
  expect((await s.serviceDeployment()).status).toBe('ROLLBACK_SUCCESSFUL')
})
