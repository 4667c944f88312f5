import { describe, expect, test } from '@jest/globals'
import { listClusters, listServices } from '../../src/ecs/clusters.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

function names(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`)
}

describe('clusters', () => {
  test.each([0, 1, 100, 101, 250])('%i of them, a hundred a call', async count => {
    const s = scene()
    for (const name of names(count, 'c')) s.account.addCluster(name)
    expect(await listClusters(s.connect())).toEqual(names(count, 'cluster/c').map(name => s.arn(name)))
    expect(s.calls()).toEqual(Array(Math.max(1, Math.ceil(count / 100))).fill('ListClusters'))
    for (const body of s.bodies('ListClusters')) expect(body.maxResults).toBe(100)
  })

  test('pages that are smaller than asked for are read to the last', async () => {
    const s = scene()
    s.account.pageSize = 3
    for (const name of names(8, 'c')) s.account.addCluster(name)
    expect(await listClusters(s.connect())).toHaveLength(8)
    expect(s.calls()).toHaveLength(3)
  })
})

describe('services', () => {
  test.each([0, 99, 100, 230])('%i of one cluster, a hundred a call', async count => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.account.addCluster('prod')
    for (const name of names(count, 's')) s.account.addService({ cluster: 'prod', name, taskDefinition: 'shop' })
    s.account.addService({ cluster: 'other', name: 'web', taskDefinition: 'shop' })
    const arns = names(count, 'service/prod/s').map(name => s.arn(name))
    expect(await listServices(s.connect(), 'prod')).toEqual(arns)
    expect(s.calls()).toHaveLength(Math.max(1, Math.ceil(count / 100)))
    for (const { cluster, maxResults } of s.bodies('ListServices')) expect([cluster, maxResults]).toEqual(['prod', 100])
    expect(await listServices(s.connect(), s.arn('cluster/prod'))).toEqual(arns)
  })

  test('those on capacity providers are among them, which no filter by launch type finds', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    s.account.addService({ name: 'spot', taskDefinition: 'shop', capacityProviderStrategy })
    expect(await listServices(s.connect(), 'default')).toEqual([s.arn('service/default/spot')])
    expect(s.body('ListServices')).not.toHaveProperty('launchType')
  })
})

describe('what goes wrong', () => {
  test.each([
    ['ListClusters', () => listClusters(scene().connect()), 'ecs:ListClusters on the clusters of us-east-1 failed'],
    [
      'ListServices',
      () => listServices(scene().connect(), 'prod'),
      'ecs:ListServices on the services of cluster prod failed'
    ]
  ])('%s denied: the statement that would allow it', async (operation, call, what) => {
    scene().standIn.fault({ operation, kind: 'deny', resource: '*' })
    await expect(call()).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringMatching(
        new RegExp(`^${what}: [^]*\\{"Effect":"Allow","Action":"ecs:${operation}","Resource":"\\*"\\}$`)
      )
    })
  })

  test('a cluster that is not there', async () => {
    await expect(listServices(scene().connect(), 'gone')).rejects.toMatchObject({ code: 'cluster-not-found' })
  })

  test('a Region that is not enabled: it may be that or the credentials, and other Regions tell', async () => {
    const s = scene()
    s.standIn.regions = [{ name: 'us-east-1', optInStatus: 'not-opted-in' }]
    await expect(listClusters(s.connect())).rejects.toMatchObject({
      code: 'region-not-enabled',
      message: expect.stringMatching(/Region is not enabled for the account, or the credentials are wrong/)
    })
    expect(s.calls()).toEqual(['ListClusters'])
  })

  test('a Region that has answered before is enabled, so then it is the credentials', async () => {
    const s = scene()
    const ecs = s.connect()
    await listClusters(ecs)
    s.standIn.fault({ kind: 'unrecognized-credentials' })
    await expect(listClusters(ecs)).rejects.toMatchObject({ code: 'bad-credentials' })
  })

  test('credentials whose time is over', async () => {
    const s = scene()
    s.standIn.fault({ kind: 'expired-credentials' })
    await expect(listClusters(s.connect())).rejects.toMatchObject({ code: 'bad-credentials' })
  })
})
