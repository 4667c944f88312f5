import { beforeEach, expect, test } from '@jest/globals'
import { outcomeOf } from '../../src/report/report.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

beforeEach(() => {
  const { account } = scene()
  account.addTaskDefinition(shop())
  for (const name of ['a', 'b', 'c']) account.addService({ name, taskDefinition: 'shop:1' })
})

test('the first stays moved, the second failed, the third is not begun', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'UpdateService', kind: 'deny', skip: 1, times: Infinity })
  const { code, message, report } = await s.fail({ service: 'a,b,c' })
  expect(code).toBe('access-denied')
  expect(message).toContain('ecs:UpdateService on b')
  const before = s.arn('task-definition/shop:1')
  expect(report.services).toMatchObject([
    { kind: 'moved', deployment: { service: 'a', outcome: 'started' } },
    { kind: 'failed', service: 'b', previousArn: before, error: report.error },
    { kind: 'not-begun', service: 'c', previousArn: before }
  ])
  expect(outcomeOf(report.services ?? [])).toBe('failed')
  expect(s.bodies('UpdateService')).toHaveLength(2)
  expect(s.bodies('TagResource')).toHaveLength(1)
  const after = s.arn('task-definition/shop:2')
  expect([s.runs('a'), s.runs('b'), s.runs('c')]).toEqual([after, before, before])
})

test('each of them is told as an event, and what was true before stays in the report', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'UpdateService', kind: 'deny', times: Infinity })
  const { report } = await s.fail({ service: 'a,b,c' })
  const told = s.events.flatMap(event => (event.kind === 'service' ? [event.result.kind] : []))
  expect(told).toEqual(['failed', 'not-begun', 'not-begun'])
  expect(report).toMatchObject({
    changed: true,
    baseArn: s.arn('task-definition/shop:1'),
    registration: { arn: s.arn('task-definition/shop:2'), outcome: 'registered' }
  })
  expect(report.rendering?.sensor?.name).toBe('levo-pcap-sensor')
})

test('a failed registration moves nothing', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'deny' })
  const { report } = await s.fail({ service: 'a,b,c' })
  expect(s.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition', 'RegisterTaskDefinition'])
  expect(report.registration).toBeUndefined()
  expect(report.services).toBeUndefined()
})

test('a revision that is deregistered before the move is named as the reason', async () => {
  const s = scene()
  const act = () => s.account.deregister('shop:2')
  s.standIn.fault({ operation: 'UpdateService', kind: 'before', act })
  const { code, message } = await s.fail({ service: 'a' })
  expect(code).toBe('task-definition-inactive')
  expect(message).toContain('ecs:UpdateService on a')
})
