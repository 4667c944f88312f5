import { describe, expect, test } from '@jest/globals'
import type { FaultKind } from '../../stand-in/faults.ts'
import { useStage } from '../support/bundle-stage.ts'
import { shop } from '../support/flow-definitions.ts'

const stage = useStage()
const REGISTER = 'RegisterTaskDefinition'

const FAULTS: [string, FaultKind, number][] = [
  ['the connection is gone after the call', { kind: 'lose-answer' }, 1],
  ['a 500 although it was carried out', { kind: 'server-error', carriedOut: true }, 1],
  ['the connection is gone before the call', { kind: 'reset' }, 2],
  ['throttled', { kind: 'throttle' }, 2]
]

describe('one revision, in a process of its own', () => {
  test.each(FAULTS)(
    '%s',
    async (_name, fault, sent) => {
      const s = stage()
      s.standIn.account.addTaskDefinition(shop())
      s.standIn.fault({ operation: REGISTER, ...fault })
      const run = await s.action({ 'task-definition-family': 'shop' })
      expect(run.status).toBe(0)
      expect(s.calls().filter(call => call === REGISTER)).toHaveLength(sent)
      expect(run.outputs['task-definition-arn']).toBe(s.arn('task-definition/shop:2'))
      expect(s.revisions('shop')).toBe(2)
    },
    20_000
  )
})

test('one forced deployment, though its answer was lost', async () => {
  const s = stage()
  s.standIn.account.addTaskDefinition(shop())
  const web = s.standIn.account.addService({ name: 'web', taskDefinition: 'shop:1' })
  s.standIn.fault({ operation: 'UpdateService', kind: 'lose-answer' })
  const run = await s.action({ service: 'web', 'force-new-deployment': 'true' })
  expect(run.status).toBe(0)
  expect(s.calls().filter(call => call === 'UpdateService')).toHaveLength(1)
  const service = s.standIn.account.services.get(web)
  expect(service?.deployments).toHaveLength(2)
  expect(run.outputs['deployment-id']).toBe(service?.deployments[0]?.id)
}, 20_000)

test('a look whose connection is gone is repeated', async () => {
  const s = stage()
  s.standIn.account.addTaskDefinition(shop())
  s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'reset', times: 2 })
  const run = await s.action({ 'task-definition-family': 'shop', 'dry-run': 'true' })
  expect(run.status).toBe(0)
  expect(s.calls()).toHaveLength(3)
}, 20_000)
