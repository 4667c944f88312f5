import { expect, test } from '@jest/globals'
import { type JsonObject, objects } from '../../../stand-in/json.ts'
import { completes } from '../../../stand-in/scripts.ts'
import { script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()

test('an answer that nobody expects fails its own service alone, and the others are followed to their ends', async () => {
  const s = scene()
  const api = s.account.addService({ name: 'api', taskDefinition: 'shop:1', desiredCount: 2 })
  s.account.scriptRollouts(api, completes({ after: 300 }))
  script(s, completes({ after: 300 }))
  const unreadable = { id: 'x', createdAt: s.account.seconds() + 60, message: 7 }
  const change = (answer: JsonObject): JsonObject => ({
    ...answer,
    services: objects(answer.services).map(service =>
      service.serviceName === 'web' ? { ...service, events: [unreadable] } : service
    )
  })
  s.standIn.fault({ operation: 'DescribeServices', kind: 'answer', times: Infinity, skip: 2, change })
  const { report } = await s.fail({ ...WAITING, service: 'web,api' })
  expect(report.services).toMatchObject([
    { deployment: { service: 'web', outcome: 'failed' } },
    { deployment: { service: 'api', outcome: 'deployed' } }
  ])
  expect(s.events.map(({ kind }) => kind)).toContain('followed')
})
