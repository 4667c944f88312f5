import { describe, expect, test } from '@jest/globals'
import type { PolicyDocument } from '../../src/policy/policy.ts'
import { runIn } from '../support/command-run.ts'
import { useScene } from '../support/flow-scene.ts'
import { type Question, refused } from '../support/iam.ts'

const FLEET = ['--regions', 'us-*', '--clusters', 'prod-*', '--services', 'web-*', '--families', 'shop-*']
const ROLE = 'arn:aws:iam::123456789012:role/shop-task'
const arn = (resource: string, region = 'us-east-1') => `arn:aws:ecs:${region}:123456789012:${resource}`

const scene = useScene()

async function printed(...argv: readonly string[]): Promise<PolicyDocument> {
  const known = ['--account', '123456789012', '--role', ROLE]
  return JSON.parse((await runIn('/workspace', ['policy', ...known, ...argv])).stdout) as PolicyDocument
}

const inCluster = (cluster: string, region?: string): Question['context'] => ({
  'ecs:cluster': arn(`cluster/${cluster}`, region)
})
const on = (action: string, resource: string, context: Question['context'] = {}): Question => ({
  action,
  resource,
  context
})

const FINDING = [
  on('ec2:DescribeRegions', '*'),
  on('ecs:ListClusters', '*'),
  on('ecs:ListServices', '*', inCluster('prod-a', 'us-west-2'))
]
const READING = [
  on('ecs:DescribeTaskDefinition', '*'),
  on('ecs:DescribeServices', arn('service/prod-a/web-1', 'us-west-2'), inCluster('prod-a', 'us-west-2')),
  on('ecs:ListTasks', arn('container-instance/prod-a/0'), inCluster('prod-a')),
  on('ecs:DescribeTasks', arn('task/prod-a/0'), inCluster('prod-a'))
]
const UPDATING = [on('ecs:UpdateService', arn('service/prod-a/web-1'), inCluster('prod-a'))]
const REGISTERING = [
  on('ecs:RegisterTaskDefinition', arn('task-definition/shop-a:8')),
  on('iam:PassRole', ROLE, { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' })
]

describe('the policy of a fleet allows', () => {
  test.each<[string, readonly string[], readonly Question[], readonly Question[]]>([
    ['an install', FLEET, [...FINDING, ...READING, ...UPDATING, ...REGISTERING], []],
    ['mode discover', [...FLEET, '--mode', 'discover'], [...FINDING, ...READING], [...UPDATING, ...REGISTERING]],
    ['mode restore', ['--mode', 'restore'], [...READING, ...UPDATING], [...FINDING, ...REGISTERING]]
  ])('what %s needs, and no more', async (_name, argv, allowed, denied) => {
    const policy = await printed(...argv)
    expect(await refused(policy, allowed, scene().account)).toEqual([])
    expect(await refused(policy, denied, scene().account)).toEqual(denied)
  })

  test.each([
    ['another cluster', on('ecs:UpdateService', arn('service/staging/web-1'))],
    ['another service', on('ecs:UpdateService', arn('service/prod-a/api'))],
    ['the services of another cluster', on('ecs:ListServices', '*', inCluster('staging'))],
    ['the tasks of another cluster', on('ecs:ListTasks', arn('container-instance/staging/0'), inCluster('staging'))],
    ['another family', on('ecs:RegisterTaskDefinition', arn('task-definition/web:1'))],
    ['taking a revision away', on('ecs:DeregisterTaskDefinition', '*')]
  ])('not %s', async (_name, question) => {
    expect(await refused(await printed(...FLEET), [question], scene().account)).toEqual([question])
  })
})
