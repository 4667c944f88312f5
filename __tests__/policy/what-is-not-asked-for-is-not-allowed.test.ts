import { expect, test } from '@jest/globals'
import { completes } from '../../stand-in/scripts.ts'
import type { Inputs } from '../support/flow-scene.ts'
import { type Question, refused } from '../support/iam.ts'
import { policyOf } from '../support/rights.ts'
import { script, useWeb, WAITING } from '../support/rollout.ts'

/** The options that need most. */
const PUTTING_BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true' }

const scene = useWeb()
const arn = (resource: string): string => `arn:aws:ecs:us-east-1:123456789012:${resource}`
test.each<[string, Question]>([
  ['another service', { action: 'ecs:UpdateService', resource: arn('service/default/api'), context: {} }],
  ['another cluster', { action: 'ecs:UpdateService', resource: arn('service/other/web'), context: {} }],
  [
    'the tasks of another cluster',
    {
      action: 'ecs:ListTasks',
      resource: arn('container-instance/other/0'),
      context: { 'ecs:cluster': arn('cluster/other') }
    }
  ],
  [
    'a family whose name begins the same',
    { action: 'ecs:RegisterTaskDefinition', resource: arn('task-definition/shop-admin:1'), context: {} }
  ],
  [
    'another tag on the service than the mark',
    { action: 'ecs:TagResource', resource: arn('service/default/web'), context: { 'aws:TagKeys': ['owner'] } }
  ],
  [
    'tags on a revision that is there',
    { action: 'ecs:TagResource', resource: arn('task-definition/shop:1'), context: { 'aws:TagKeys': ['owner'] } }
  ],
  [
    'passing the role to something else',
    {
      action: 'iam:PassRole',
      resource: 'arn:aws:iam::123456789012:role/shop-task',
      context: { 'iam:PassedToService': 'ec2.amazonaws.com' }
    }
  ],
  [
    'the log of the application in the same group',
    {
      action: 'logs:GetLogEvents',
      resource: 'arn:aws:logs:us-east-1:123456789012:log-group:/shop:log-stream:counter/counter/0',
      context: {}
    }
  ],
  ['taking a revision away', { action: 'ecs:DeregisterTaskDefinition', resource: '*', context: {} }]
])('%s', async (_name, question) => {
  const s = scene()
  script(s, completes())
  await s.succeed(PUTTING_BACK)
  const [asked] = s.asked
  if (asked === undefined) throw new Error('nothing was run')
  expect(await refused(await policyOf(asked.options, s), [question], s.account)).toEqual([question])
})
