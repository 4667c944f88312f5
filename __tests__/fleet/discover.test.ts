import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { connect } from '../../src/ecs/client.ts'
import { StepError } from '../../src/errors.ts'
import { type Discovery, type DiscoveryWorld, discover } from '../../src/fleet/discover.ts'
import type { Scope } from '../../src/fleet/fleet.ts'
import type { Note } from '../../src/task-definition/definition.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import type { ServiceSeed } from '../../stand-in/state.ts'
import { ec2Bridge, fargate } from '../stand-in/definitions.ts'
import { placeOf } from './fleet-service.ts'

const ARN = 'arn:aws:ecs:us-east-1:123456789012'

let standIn: StandIn
let notes: Note[]
beforeEach(async () => {
  standIn = await startStandIn()
  notes = []
  process.env.AWS_ENDPOINT_URL_ECS = standIn.url
  process.env.AWS_ACCESS_KEY_ID = 'key'
  process.env.AWS_SECRET_ACCESS_KEY = 'secret'
})
afterEach(async () => {
  await standIn.close()
})

/** `region/cluster/name` on Fargate, with a family of its own name. */
function add(place: string, seed: Partial<ServiceSeed> = {}): void {
  const [region = '', cluster = '', name = ''] = place.split('/')
  const account = standIn.in(region)
  if (!account.families.has(name)) account.addTaskDefinition(fargate({ family: name }))
  account.addService({ cluster, name, taskDefinition: name, desiredCount: 0, ...seed })
}

async function find(lists: Partial<Scope>, changes: Partial<DiscoveryWorld> = {}): Promise<Discovery> {
  const scope = { regions: [], clusters: [], services: [], families: [], ...lists }
  return discover(scope, {
    region: 'us-east-1',
    ecsIn: async region => connect({ region, maxAttempts: 1, userAgent: 'test', proxy: {}, retryDelay: () => 1 }),
    listRegions: async () => ({ regions: standIn.accounts().map(({ region }) => region) }),
    note: note => void notes.push(note),
    ...changes
  })
}

const places = ({ services }: Discovery) => services.map(placeOf)
const operations = () => standIn.requests.map(({ operation }) => operation)

function fleetOfThreeRegions(): void {
  for (const region of ['us-east-1', 'eu-west-1', 'ap-south-1']) {
    for (const place of ['web/b', 'web/a', 'api/c']) add(`${region}/${place}`)
  }
}

describe('what is meant', () => {
  beforeEach(fleetOfThreeRegions)

  test.each<[Partial<Scope>, string[]]>([
    [{}, ['us-east-1/api/c', 'us-east-1/web/a', 'us-east-1/web/b']],
    [{ clusters: ['w*'] }, ['us-east-1/web/a', 'us-east-1/web/b']],
    [{ services: ['!a'] }, ['us-east-1/api/c', 'us-east-1/web/b']],
    [{ families: ['(a|c)'] }, ['us-east-1/api/c', 'us-east-1/web/a']],
    [{ regions: ['all'], services: ['a'] }, ['ap-south-1/web/a', 'eu-west-1/web/a', 'us-east-1/web/a']],
    [{ regions: ['*-west-*', 'us-east-1'], clusters: ['api'] }, ['eu-west-1/api/c', 'us-east-1/api/c']],
    [{ services: [`${ARN}:service/web/b`] }, ['us-east-1/web/b']],
    [{ clusters: ['web', 'api'], services: ['a', 'c'] }, ['us-east-1/api/c', 'us-east-1/web/a']],
    [{ families: [`${ARN}:task-definition/a:7`] }, ['us-east-1/web/a']]
  ])('%j', async (lists, expected) => {
    const found = await find(lists)
    expect(places(found)).toEqual(expected)
    expect(found.skipped).toEqual([])
    expect(notes).toEqual([])
  })

  test('only Fargate, only ACTIVE, and none that has opted out', async () => {
    standIn.account.addTaskDefinition(ec2Bridge())
    add('us-east-1/web/ec2', { taskDefinition: 'bridged', launchType: 'EC2' })
    add('us-east-1/web/draining', { status: 'DRAINING' })
    add('us-east-1/web/spot', { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] })
    add('us-east-1/web/blue-green', { deploymentController: { type: 'CODE_DEPLOY' } })
    add('us-east-1/web/off', { tags: [{ key: 'levoai:sensor', value: 'off' }] })
    add('us-east-1/web/on', { tags: [{ key: 'levoai:sensor', value: 'on' }] })
    const optedOut = {
      region: 'us-east-1',
      cluster: 'web',
      service: 'off',
      code: 'opted-out',
      reason: 'off has the tag levoai:sensor with the value off.'
    }
    const found = await find({ clusters: ['web'] })
    expect(places(found).map(place => place.slice('us-east-1/web/'.length))).toEqual([
      'a',
      'b',
      'blue-green',
      'on',
      'spot'
    ])
    expect(found.skipped).toEqual([optedOut])
    const named = await find({ clusters: ['web'], services: ['ec2', 'draining', 'off', 'a'] })
    expect(places(named)).toEqual(['us-east-1/web/a'])
    expect(named.skipped.map(({ service, code, reason }) => [service, code, reason])).toEqual([
      ['draining', 'service-not-active', 'draining is DRAINING.'],
      ['ec2', 'not-on-fargate', 'ec2 does not run on Fargate, and a fleet is of services that do.'],
      ['off', 'opted-out', optedOut.reason]
    ])
  })

  test('services that are passed over have the name of one that is meant', async () => {
    add('us-east-1/api/a', { taskDefinition: 'c' })
    add('us-east-1/api/z')
    expect((await find({ families: ['a'] })).passedOver).toEqual([
      { region: 'us-east-1', cluster: 'api', service: 'a' }
    ])
    expect((await find({ services: [`${ARN}:service/web/a`, `${ARN}:service/api/c`] })).passedOver).toEqual([
      { region: 'us-east-1', cluster: 'api', service: 'a' },
      { region: 'us-east-1', cluster: 'web', service: 'c' }
    ])
  })

  test('an ARN of another account means nothing here', async () => {
    const { services, skipped } = await find({ services: ['arn:aws:ecs:us-east-1:999999999999:service/web/a'] })
    expect(services).toEqual([])
    expect(skipped).toMatchObject([{ cluster: 'web', service: 'a', code: 'service-not-found' }])
  })
})

describe('what is asked', () => {
  test('names need no lists, and ten services one call', async () => {
    for (let index = 0; index < 12; index += 1) add(`us-east-1/web/s${index}`)
    const services = Array.from({ length: 12 }, (_, index) => `s${index}`)
    const found = await find({ regions: ['us-east-1'], clusters: ['web'], services })
    expect(found.services).toHaveLength(12)
    expect(operations()).toEqual(['DescribeServices', 'DescribeServices'])
  })

  test('clusters by name are not listed, their services are', async () => {
    fleetOfThreeRegions()
    await find({ clusters: ['web', 'api'] })
    expect(operations().sort()).toEqual(['DescribeServices', 'DescribeServices', 'ListServices', 'ListServices'])
  })

  test('all pages of all lists', async () => {
    await standIn.close()
    standIn = await startStandIn({ pageSize: 3 })
    process.env.AWS_ENDPOINT_URL_ECS = standIn.url
    const expected: string[] = []
    for (let cluster = 0; cluster < 7; cluster += 1) {
      for (let service = 0; service < 11; service += 1) expected.push(`us-east-1/c${cluster}/s${10 + service}`)
    }
    for (const place of expected.toReversed()) add(place)
    expect(places(await find({}))).toEqual(expected)
  })

  test('a Region of which nothing can be meant is not asked', async () => {
    fleetOfThreeRegions()
    await find({ regions: ['all'], services: [`${ARN}:service/web/a`] })
    expect(standIn.requests.map(({ region }) => region)).toEqual(['us-east-1'])
  })

  test('a list of Regions that is not what AWS says is told', async () => {
    fleetOfThreeRegions()
    const listRegions = async () => ({ regions: ['us-east-1'], note: 'a built-in list of Regions is used' })
    await find({ regions: ['all'] }, { listRegions })
    expect(notes).toEqual([{ level: 'note', text: 'a built-in list of Regions is used' }])
  })

  test('no Region is left to look in', async () => {
    expect(await find({ regions: ['sa-*'] })).toEqual({ services: [], skipped: [], passedOver: [] })
    expect(notes).toMatchObject([{ level: 'warning', text: expect.stringMatching(/^There is no Region to look in/) }])
    expect(standIn.requests).toEqual([])
  })
})

describe('what is not there', () => {
  beforeEach(fleetOfThreeRegions)

  test('a service that vanishes between list and look is no error', async () => {
    standIn.fault({
      kind: 'before',
      operation: 'DescribeServices',
      act: account => void account.services.delete(`${ARN}:service/web/a`)
    })
    const found = await find({ clusters: ['web'] })
    expect(places(found)).toEqual(['us-east-1/web/b'])
    expect(found.skipped).toEqual([])
  })

  test('a cluster that vanishes between list and look is no error', async () => {
    standIn.fault({
      kind: 'before',
      operation: 'ListServices',
      cluster: 'api',
      act: account => void account.clusters.delete('api')
    })
    const found = await find({})
    expect(places(found)).toEqual(['us-east-1/web/a', 'us-east-1/web/b'])
    expect(found.skipped).toEqual([])
  })

  test('a name that is in some cluster is found, one that is nowhere is told once', async () => {
    const found = await find({
      regions: ['us-east-1', 'eu-west-1'],
      clusters: ['web', 'api', 'shop'],
      services: ['a', 'c', 'gone']
    })
    expect(places(found)).toEqual(['eu-west-1/api/c', 'eu-west-1/web/a', 'us-east-1/api/c', 'us-east-1/web/a'])
    expect(found.skipped).toEqual([
      {
        region: '*',
        service: 'gone',
        code: 'service-not-found',
        reason: 'There is no service gone in eu-west-1, us-east-1.'
      },
      {
        region: '*',
        cluster: 'shop',
        code: 'cluster-not-found',
        reason: 'There is no cluster shop in eu-west-1, us-east-1.'
      }
    ])
  })

  test('a cluster that is in one Region only is no error', async () => {
    standIn.in('eu-west-1').clusters.delete('api')
    const found = await find({ regions: ['us-east-1', 'eu-west-1'], clusters: ['api'] })
    expect(places(found)).toEqual(['us-east-1/api/c'])
    expect(found.skipped).toEqual([])
  })

  test.each<[Partial<Scope>, object[]]>([
    [
      { clusters: ['web'], services: ['gone'] },
      [{ cluster: 'web', service: 'gone', reason: 'There is no service gone in cluster web of us-east-1.' }]
    ],
    [{ services: ['gone', 'a*'] }, [{ service: 'gone', reason: 'There is no service gone in us-east-1.' }]],
    [{ services: [`${ARN}:service/shop/pay`] }, [{ cluster: 'shop', service: 'pay', code: 'service-not-found' }]],
    [{ clusters: ['shop', 'w*'] }, [{ cluster: 'shop', code: 'cluster-not-found' }]],
    // Excluded, or not looked at since no service can be meant there: nothing is missing.
    [{ clusters: ['shop', 'web', '!shop'], services: ['gone', 'a', '!gone'] }, []],
    [{ clusters: ['shop', 'web'], services: [`${ARN}:service/web/a`] }, []]
  ])('%j', async (lists, expected) => {
    const { skipped } = await find(lists)
    expect(skipped).toEqual(expected.map(each => expect.objectContaining({ region: 'us-east-1', ...each })))
  })
})

describe('what may not be read', () => {
  beforeEach(fleetOfThreeRegions)
  const regions = ['us-east-1', 'eu-west-1', 'ap-south-1']

  test('a Region', async () => {
    standIn.fault({ kind: 'deny', operation: 'ListClusters', region: 'eu-west-1' })
    const found = await find({ regions, services: ['a', 'gone'] })
    expect(places(found)).toEqual(['ap-south-1/web/a', 'us-east-1/web/a'])
    expect(found.skipped).toMatchObject([
      { region: '*', service: 'gone', reason: 'There is no service gone in ap-south-1, us-east-1.' },
      { region: 'eu-west-1', code: 'access-denied', reason: expect.stringContaining('ecs:ListClusters') }
    ])
  })

  test('a Region that is not enabled', async () => {
    standIn.regions = ['us-east-1', { name: 'ap-south-1', optInStatus: 'not-opted-in' }]
    const found = await find({ regions: ['us-east-1', 'ap-south-1'], services: ['a'] })
    expect(places(found)).toEqual(['us-east-1/web/a'])
    expect(found.skipped).toMatchObject([{ region: 'ap-south-1', code: 'region-not-enabled' }])
  })

  test('a cluster, of whose services nothing is said then', async () => {
    standIn.fault({ kind: 'deny', operation: 'ListServices', cluster: 'api' })
    const found = await find({ services: ['a', 'gone'] })
    expect(places(found)).toEqual(['us-east-1/web/a'])
    expect(found.skipped).toMatchObject([{ region: 'us-east-1', cluster: 'api', code: 'access-denied' }])
    expect(found.skipped).toHaveLength(1)
  })

  test.each(['ListClusters', 'ListServices', 'DescribeServices'])('nothing at all: %s', async operation => {
    standIn.fault({ kind: 'deny', operation, times: Infinity })
    const error = await find({ regions }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StepError)
    expect(error).toMatchObject({ code: 'access-denied', message: expect.stringContaining(`ecs:${operation}`) })
  })

  test('of several, the reason is that of the first Region', async () => {
    for (const region of regions) standIn.fault({ kind: 'deny', operation: 'ListClusters', region })
    await expect(find({ regions })).rejects.toThrow('the clusters of ap-south-1')
  })

  test('credentials that are expired end it, and no more is asked', async () => {
    for (let cluster = 0; cluster < 50; cluster += 1) add(`us-east-1/c${cluster}/s`)
    standIn.fault({ kind: 'expired-credentials', skip: 5 })
    await expect(find({ regions })).rejects.toMatchObject({ code: 'bad-credentials' })
    expect(standIn.requests.length).toBeLessThan(20)
  })

  test('what no stage explains is not hidden', async () => {
    const ecsIn = async () => {
      throw new Error('a bug')
    }
    await expect(find({ regions }, { ecsIn })).rejects.toThrow('a bug')
  })
})
