import { describe, expect, test } from '@jest/globals'
import { groupTargets } from '../../src/fleet/targets.ts'
import { createFleetService, placeOf } from './fleet-service.ts'

const ARN = 'arn:aws:ecs:us-east-1:123456789012:task-definition'

function running(place: string, revision: string, environment?: string) {
  return createFleetService(place, {
    taskDefinition: `${ARN}/${revision}`,
    tags: environment === undefined ? [] : [{ key: 'Stage', value: environment }]
  })
}

describe('groupTargets', () => {
  test('one target for each Region and revision, in order', () => {
    const services = [
      running('us-east-1/a/one', 'web:1'),
      running('us-east-1/a/two', 'web:2'),
      running('us-east-1/b/three', 'web:1'),
      running('us-west-2/a/four', 'web:1')
    ]
    const { targets, untagged } = groupTargets(services)
    expect(targets.map(target => [target.region, target.arn, target.services.map(placeOf)])).toEqual([
      ['us-east-1', `${ARN}/web:1`, ['us-east-1/a/one', 'us-east-1/b/three']],
      ['us-east-1', `${ARN}/web:2`, ['us-east-1/a/two']],
      ['us-west-2', `${ARN}/web:1`, ['us-west-2/a/four']]
    ])
    expect(targets.every(target => target.levoEnv === undefined)).toBe(true)
    expect(untagged).toEqual([])
  })

  test('and for each environment, where a tag says it', () => {
    const services = [
      running('us-east-1/a/one', 'web:1', 'prod'),
      running('us-east-1/a/two', 'web:1', 'test'),
      running('us-east-1/a/three', 'web:1', ' prod '),
      running('us-east-1/a/four', 'web:1'),
      running('us-east-1/a/five', 'web:1', ' ')
    ]
    const { targets, untagged } = groupTargets(services, 'Stage')
    expect(targets.map(({ levoEnv, services }) => [levoEnv, services.map(({ state }) => state.name)])).toEqual([
      ['prod', ['one', 'three']],
      ['test', ['two']]
    ])
    expect(untagged.map(placeOf)).toEqual(['us-east-1/a/four', 'us-east-1/a/five'])
    expect(groupTargets(services).targets).toHaveLength(1)
  })
})
