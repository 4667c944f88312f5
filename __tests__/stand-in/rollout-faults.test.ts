import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  StopServiceDeploymentCommand
} from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import { completes, stalls } from '../../stand-in/scripts.ts'
import { useStage } from './stage.ts'

const stage = useStage()

const CALLS: Record<string, () => Promise<unknown>> = {
  ListTasks: () => stage().client.send(new ListTasksCommand({ cluster: 'prod' })),
  DescribeTasks: () => stage().client.send(new DescribeTasksCommand({ cluster: 'prod', tasks: ['x'] })),
  ListServiceDeployments: () =>
    stage().client.send(new ListServiceDeploymentsCommand({ cluster: 'prod', service: 'web' })),
  DescribeServiceDeployments: () =>
    stage().client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: ['x'] })),
  DescribeServiceRevisions: () =>
    stage().client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: ['x'] })),
  StopServiceDeployment: () => stage().client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: 'x' }))
}

test.each(Object.keys(CALLS))('%s is denied and throttled', async operation => {
  const { standIn } = stage()
  standIn.fault({ operation, kind: 'deny' })
  standIn.fault({ operation, kind: 'throttle' })
  await expect(CALLS[operation]?.()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`to perform: ecs:${operation} on resource`)
  })
  await expect(CALLS[operation]?.()).rejects.toMatchObject({ name: 'ThrottlingException' })
})

test('the answer of a stop that was carried out is lost', async () => {
  const s = stage()
  s.script(stalls())
  const { currentServiceDeployment } = await s.update()
  s.standIn.fault({ operation: 'StopServiceDeployment', kind: 'lose-answer' })
  const stop = new StopServiceDeploymentCommand({ serviceDeploymentArn: currentServiceDeployment })
  await expect(s.client.send(stop)).rejects.toThrow('socket hang up')
  expect((await s.serviceDeployment()).status).toBe('ROLLBACK_REQUESTED')
})

test('each look moves a process that has no clock to share', async () => {
  const s = stage()
  s.script(completes({ after: 30 }))
  await s.update()
  s.standIn.fault({
    operation: 'DescribeServices',
    kind: 'before',
    times: Infinity,
    act: account => account.advance(10)
  })
  await s.service()
  await s.service()
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+2/2 failed 0'])
})

test('any request lets happen what is due', async () => {
  const s = stage()
  s.script(completes({ after: 30 }))
  await s.update()
  s.at(30)
  const seen: (number | undefined)[] = []
  const act = () => void seen.push(s.account.services.get(s.serviceArn)?.deployments.length)
  s.standIn.fault({ operation: 'DescribeTasks', kind: 'before', act })
  await expect(CALLS.DescribeTasks?.()).resolves.toBeDefined()
  expect(seen).toEqual([1])
})
