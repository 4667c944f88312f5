import { describe, expect, test } from '@jest/globals'
import type { Environment } from '../../src/options/options.ts'
import { parse, problemsWith } from '../support/parsed.ts'

const revision = (region: string) => ({
  'task-definition': '',
  'task-definition-arn': `arn:aws:ecs:${region}:111122223333:task-definition/shop:7`
})
const service = (region: string) => ({ service: `arn:aws:ecs:${region}:111122223333:service/default/shop` })
const cluster = (region: string) => ({ cluster: `arn:aws:ecs:${region}:111122223333:cluster/blue` })
const profile = (region: string | undefined): Partial<Environment> => ({
  region: undefined,
  profileRegion: async () => region
})

describe('the Region is', () => {
  test.each([
    ["the input's before the environment's", { 'aws-region': 'us-east-2' }, {}, 'us-east-2'],
    ["a task definition ARN's before the environment's", revision('us-east-2'), {}, 'us-east-2'],
    ["a service ARN's", service('cn-north-1'), {}, 'cn-north-1'],
    ["a cluster ARN's", cluster('us-gov-west-1'), {}, 'us-gov-west-1'],
    ["the environment's", {}, {}, 'eu-west-1'],
    ["the profile's last", {}, profile('ap-southeast-2'), 'ap-southeast-2'],
    [
      'one where all agree',
      { ...revision('us-east-2'), ...service('us-east-2'), 'aws-region': 'us-east-2' },
      {},
      'us-east-2'
    ],
    ['of another partition', { 'aws-region': 'eusc-de-east-1' }, {}, 'eusc-de-east-1']
  ])('%s', async (_name, raw, environment, region) => {
    expect((await parse(raw, environment)).region).toBe(region)
  })

  test('not asked of the profile while anything else names it', async () => {
    const profileRegion = async () => {
      throw new Error('asked')
    }
    expect((await parse({}, { profileRegion })).region).toBe('eu-west-1')
  })
})

describe('it is a problem', () => {
  test.each([
    [
      'when input and ARN differ',
      { 'aws-region': 'us-east-2', ...service('us-east-1') },
      {},
      'aws-region: input and ARNs must name one Region, not us-east-1 (service) and us-east-2 (aws-region)'
    ],
    [
      'when two ARNs differ',
      { ...revision('us-east-2'), ...cluster('us-east-1') },
      {},
      'aws-region: input and ARNs must name one Region, not us-east-1 (cluster) and us-east-2 (task-definition-arn)'
    ],
    [
      'when there is none',
      {},
      profile(undefined),
      'aws-region: no Region is known. Give the input, set AWS_REGION, or put aws-actions/configure-aws-credentials before this step'
    ],
    [
      'when it is none',
      { 'aws-region': 'eu west 1' },
      {},
      'aws-region: must be a Region such as us-west-2, not "eu west 1"'
    ],
    ["when the environment's is none", {}, { region: 'EU' }, 'aws-region: must be a Region such as us-west-2, not "EU"']
  ])('%s', async (_name, raw, environment, problem) => {
    expect(await problemsWith(raw, environment)).toEqual([problem])
  })
})
