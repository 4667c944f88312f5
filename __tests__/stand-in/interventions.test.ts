import { StopServiceDeploymentCommand } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { completeDeployment } from '../../stand-in/rollouts.ts'
import { completes, stalls, stoppedBySomebody, supersededBy, together } from '../../stand-in/scripts.ts'
import { one, useStage, WEB } from './stage.ts'

const stage = useStage()

test('supersededBy: another PRIMARY, and what was planned for the first one does not happen', async () => {
  const s = stage()
  s.script(together(completes({ after: 60 }), supersededBy('web:1', { after: 30 })))
  const { deployments, currentServiceDeployment } = await s.update()
  s.at(30)
  const service = await s.service()
  expect(service.taskDefinition).toBe(`${WEB}:1`)
  expect(service.deployments?.[1]).toMatchObject({ id: deployments?.[0]?.id, status: 'ACTIVE', runningCount: 2 })
  expect(service.currentServiceDeployment).not.toBe(currentServiceDeployment)
  s.at(89)
  expect((await s.deployments())[0]).toBe('PRIMARY web:1 IN_PROGRESS 0+2/2 failed 0')
  s.at(90)
  expect(await s.deployments()).toEqual(['PRIMARY web:1 COMPLETED 0+2/2 failed 0'])
  expect(one(s.account.serviceDeployments.get(currentServiceDeployment ?? '')).status).toBe('STOPPED')
})

test('stoppedBySomebody: a rollback that nobody here asked for', async () => {
  const s = stage()
  s.script(together(completes({ after: 60 }), stoppedBySomebody({ after: 30 })))
  await s.update()
  s.at(30)
  expect((await s.serviceDeployment()).status).toBe('ROLLBACK_REQUESTED')
  expect((await s.deployments())[0]).toMatch(/^PRIMARY web:2 IN_PROGRESS/)
  s.at(31)
  expect((await s.serviceDeployment()).status).toBe('ROLLBACK_IN_PROGRESS')
  expect((await s.deployments())[0]).toBe('PRIMARY web:1 IN_PROGRESS 0+2/2 failed 0')
  s.at(91)
  const ended = await s.serviceDeployment()
  expect(ended).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', deploymentCircuitBreaker: { status: 'DISABLED' } })
  expect(ended.rollback?.reason).toBe('Service deployment rolled back because a user requested it.')
})

test.each([10, 59.5])('after a stop at %d s nothing of the try goes on', async after => {
  const s = stage()
  s.script(together(completes({ after: 60 }), stoppedBySomebody({ after })))
  await s.update()
  s.at(after + 0.9)
  expect((await s.serviceDeployment()).status).toBe('ROLLBACK_REQUESTED')
  s.at(500)
  expect((await s.serviceDeployment()).status).toBe('ROLLBACK_SUCCESSFUL')
  expect(await s.tasks()).toEqual([])
  const stopped = await s.tasks('STOPPED')
  expect(stopped.map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED', 'STOPPED'])
  expect(stopped.map(({ startedAt }) => startedAt !== undefined)).toEqual([after > 20, after > 20])
})

test('stoppedBySomebody for good: the service stays as it is then', async () => {
  const s = stage()
  s.script(together(completes({ after: 60 }), stoppedBySomebody({ after: 30, stopType: 'ABORT' })))
  await s.update()
  s.at(30)
  expect((await s.serviceDeployment()).status).toBe('STOP_REQUESTED')
  s.at(500)
  expect(await s.serviceDeployment()).toMatchObject({ status: 'STOPPED', stoppedAt: expect.any(Date) })
  expect(await s.deployments()).toEqual([
    'PRIMARY web:2 FAILED 0+2/2 failed 0',
    'ACTIVE web:1 COMPLETED 0+2/2 failed 0'
  ])
})

describe('StopServiceDeployment', () => {
  const stop = async (serviceDeploymentArn: string | undefined, stopType?: 'ROLLBACK' | 'ABORT') =>
    stage().client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType }))

  test('rolls back by the next script', async () => {
    const s = stage()
    s.script(stalls(), completes({ after: 20 }))
    const { currentServiceDeployment } = await s.update()
    s.at(100)
    expect(await stop(currentServiceDeployment, 'ROLLBACK')).toMatchObject({
      serviceDeploymentArn: currentServiceDeployment
    })
    s.at(102)
    expect(await s.deployments()).toEqual([
      'PRIMARY web:1 IN_PROGRESS 0+2/2 failed 0',
      'ACTIVE web:2 FAILED 0+0/0 failed 0'
    ])
    s.at(121)
    expect(await s.deployments()).toEqual(['PRIMARY web:1 COMPLETED 0+2/2 failed 0'])
    expect((await s.serviceDeployment()).status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('of a service without scripts waits for somebody to move it on', async () => {
    const s = stage()
    const { currentServiceDeployment } = await s.update()
    await stop(currentServiceDeployment)
    s.at(9000)
    expect((await s.serviceDeployment()).status).toBe('ROLLBACK_IN_PROGRESS')
    completeDeployment(s.account, s.serviceArn)
    expect((await s.serviceDeployment()).status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('refuses what has ended or is on its way back', async () => {
    const s = stage()
    const conflict = { name: 'ConflictException' }
    await expect(stop((await s.service()).currentServiceDeployment)).rejects.toMatchObject(conflict)
    const { currentServiceDeployment } = await s.update()
    await stop(currentServiceDeployment)
    await expect(stop(currentServiceDeployment)).rejects.toMatchObject(conflict)
    s.at(10)
    await expect(stop(currentServiceDeployment)).rejects.toMatchObject(conflict)
  })

  test('refuses a rollback of what has nothing to go back to', async () => {
    const s = stage()
    one(s.account.services.get(s.serviceArn)).deployments = []
    const { currentServiceDeployment } = await s.update()
    await expect(stop(currentServiceDeployment)).rejects.toMatchObject({ name: 'ConflictException' })
    await expect(stop(currentServiceDeployment, 'ABORT')).resolves.toBeDefined()
  })

  test('refuses an unknown one and an unknown way to stop', async () => {
    const s = stage()
    const { currentServiceDeployment } = await s.update()
    await expect(stop(`${currentServiceDeployment}x`)).rejects.toMatchObject({
      name: 'ServiceDeploymentNotFoundException'
    })
    await expect(stop(currentServiceDeployment, 'PAUSE' as 'ABORT')).rejects.toMatchObject({
      name: 'InvalidParameterException'
    })
  })
})
