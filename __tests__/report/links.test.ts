import { describe, expect, test } from '@jest/globals'
import { consoleLink } from '../../src/report/links.ts'

const revision = (partition: string, region: string) =>
  `arn:${partition}:ecs:${region}:111122223333:task-definition/shop:7`
const service = (partition: string, region: string) => `arn:${partition}:ecs:${region}:111122223333:service/blue/web`

describe('the console has a page in', () => {
  test.each([
    ['aws', 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com'],
    ['aws-eusc', 'eusc-de-east-1', 'https://console.amazonaws-eusc.eu']
  ])('%s', (partition, region, host) => {
    expect(consoleLink(revision(partition, region))).toBe(
      `${host}/ecs/v2/task-definitions/shop/7/containers?region=${region}`
    )
    expect(consoleLink(service(partition, region))).toBe(
      `${host}/ecs/v2/clusters/blue/services/web/deployments?region=${region}`
    )
  })
})

test.each([
  revision('aws-iso', 'us-iso-east-1'),
  revision('aws-iso-b', 'us-isob-east-1'),
  service('aws-iso', 'us-iso-east-1'),
  'arn:aws:ecs:eu-west-1:111122223333:service/web',
  'arn:aws:ecs:eu-west-1:111122223333:cluster/blue',
  'shop:7',
  ''
])('there is no link to %j', arn => {
  expect(consoleLink(arn)).toBeUndefined()
})
