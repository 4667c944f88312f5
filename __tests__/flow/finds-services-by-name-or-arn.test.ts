import { describe, expect, test } from '@jest/globals'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

describe('in the partition aws', () => {
  const scene = useScene()

  function prepare(cluster: string): void {
    const { account } = scene()
    account.addTaskDefinition(shop())
    account.addService({ cluster, name: 'web', taskDefinition: 'shop:1' })
  }

  test('by ARN, which names the cluster too', async () => {
    prepare('prod')
    const s = scene()
    const arn = s.arn('service/prod/web')
    await s.succeed({ service: arn })
    expect(s.bodies('DescribeServices')[0]).toEqual({ cluster: 'prod', services: [arn], include: ['TAGS'] })
    expect(s.body('UpdateService')).toMatchObject({ cluster: 'prod', service: 'web' })
    expect(s.runs('web', 'prod')).toBe(s.arn('task-definition/shop:2'))
  })

  test('by the ARN of the cluster and a name', async () => {
    prepare('prod')
    const s = scene()
    const cluster = s.arn('cluster/prod')
    await s.succeed({ service: 'web', cluster })
    expect(s.body('UpdateService')).toMatchObject({ cluster, service: 'web' })
    expect(s.runs('web', 'prod')).toBe(s.arn('task-definition/shop:2'))
  })

  test('in the cluster default when none is named', async () => {
    prepare('default')
    const s = scene()
    await s.succeed({ service: 'web' })
    expect(s.body('UpdateService')).toMatchObject({ cluster: 'default' })
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  })

  test('the Region of an ARN is enough of a Region', async () => {
    prepare('prod')
    const s = scene()
    s.environment = { region: undefined }
    const report = await s.succeed({ service: s.arn('service/prod/web') })
    expect(report.region).toBe('us-east-1')
  })
})

describe('in the partition aws-cn', () => {
  const scene = useScene({ partition: 'aws-cn', region: 'cn-north-1' })

  test('ARNs go through as they are', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.account.addService({ cluster: 'prod', name: 'web', taskDefinition: 'shop:1' })
    const service = s.arn('service/prod/web')
    expect(service).toMatch(/^arn:aws-cn:ecs:cn-north-1:/)
    const report = await s.succeed({ service, 'task-definition-arn': s.arn('task-definition/shop:1') })
    const arn = s.arn('task-definition/shop:2')
    expect(s.body('UpdateService')).toEqual({ cluster: 'prod', service: 'web', taskDefinition: arn })
    expect(report).toMatchObject({ region: 'cn-north-1', registration: { arn } })
  })

  test('a denial asks for a statement of that partition', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    const resource = s.arn('task-definition/shop:*')
    s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'deny', resource })
    const { message } = await s.fail({ 'task-definition-family': 'shop' })
    expect(message).toContain('"Resource":"arn:aws-cn:ecs:cn-north-1:123456789012:task-definition/shop*"')
  })
})
