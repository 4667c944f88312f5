import { expect, test } from '@jest/globals'
import { beginDeployment } from '../../../stand-in/rollouts.ts'
import { completes, neverEnds } from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import { shop } from '../../support/flow-definitions.ts'
import { script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()

test('a forced deployment of the same revision, begun while ours is registered, is left alone', async () => {
  const s = scene()
  script(s, completes({ after: 60 }))
  const act = (account: Account) =>
    void beginDeployment(account, s.arn('service/default/web'), s.arn('task-definition/shop:1'), neverEnds())
  s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'before', act })
  const { code, message } = await s.fail(WAITING)
  expect(code).toBe('deployed-meanwhile')
  expect(message).toContain('since the plan was made')
  expect(sent(s)).not.toContain('UpdateService')
})

test('moving one service took its time: the next one is looked at again before it is moved', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop({ family: 'theirs' }))
  s.account.addService({ name: 'api', taskDefinition: 'shop:1' })
  const act = (account: Account) => {
    void s.clock.sleep(10)
    beginDeployment(account, s.arn('service/default/api'), s.arn('task-definition/theirs:1'), completes())
  }
  s.standIn.fault({ operation: 'UpdateService', kind: 'before', act })
  const { code, report } = await s.fail({ service: 'web,api' })
  expect(code).toBe('deployed-meanwhile')
  expect(s.runs('api')).toBe(s.arn('task-definition/theirs:1'))
  expect(report.services).toMatchObject([{ kind: 'moved' }, { kind: 'failed', service: 'api' }])
})
