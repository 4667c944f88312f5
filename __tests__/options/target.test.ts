import { describe, expect, test } from '@jest/globals'
import { parse, problemsWith } from '../support/parsed.ts'

const service = (path: string, region = 'eu-west-1') => `arn:aws:ecs:${region}:111122223333:service/${path}`
const CLUSTER = 'arn:aws:ecs:eu-west-1:111122223333:cluster/blue'

describe('which cluster and services are meant', () => {
  test.each([
    ['nothing', {}, 'default', []],
    ['a cluster', { cluster: 'blue' }, 'blue', []],
    ['a cluster by ARN', { cluster: CLUSTER }, CLUSTER, []],
    ['services by comma and line, each once', { service: 'a, b\n\nc,a\r\n' }, 'default', ['a', 'b', 'c']],
    ['a service ARN that names its cluster', { service: service('blue/shop') }, 'blue', [service('blue/shop')]],
    ['one that agrees', { cluster: 'blue', service: service('blue/shop') }, 'blue', [service('blue/shop')]],
    [
      'one that agrees with an ARN',
      { cluster: CLUSTER, service: service('blue/shop') },
      CLUSTER,
      [service('blue/shop')]
    ],
    ['an old service ARN', { cluster: 'blue', service: service('shop') }, 'blue', [service('shop')]],
    ['an ARN and a name', { service: `${service('blue/a')}\nb` }, 'blue', [service('blue/a'), 'b']]
  ])('%s', async (_name, raw, cluster, services) => {
    expect(await parse(raw)).toMatchObject({ cluster, services })
  })

  test.each([
    [
      'a cluster that differs from the ARN',
      { cluster: 'green', service: service('blue/shop') },
      'service: must be services of one cluster, not of green and blue'
    ],
    [
      'ARNs of two clusters',
      { service: `${service('blue/a')},${service('green/b')}` },
      'service: must be services of one cluster, not of blue and green'
    ],
    ['an ARN of something else', { service: CLUSTER }, `service: must be names or ARNs of services, not "${CLUSTER}"`],
    [
      'a cluster ARN of something else',
      { cluster: service('blue/a') },
      `cluster: must be the name or ARN of a cluster, not "${service('blue/a')}"`
    ],
    ['a service with a blank', { service: 'my shop' }, 'service: must be names or ARNs of services, not "my shop"']
  ])('%s is a problem', async (_name, raw, problem) => {
    expect(await problemsWith(raw)).toEqual([problem])
  })
})
