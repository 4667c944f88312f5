import { describe, expect, test } from '@jest/globals'
import type { Scope } from '../../src/fleet/fleet.ts'
import { clustersOf, regionsOf, toList } from '../../src/fleet/reach.ts'

const EU = 'arn:aws:ecs:eu-west-1:123456789012'
const US = 'arn:aws:ecs:us-east-1:123456789012'
const LISTED = ['us-east-1', 'eu-west-1', 'eu-central-1']

function scope(lists: Partial<Scope>): Scope {
  return { regions: [], clusters: [], services: [], families: [], ...lists }
}

describe('what has to be listed', () => {
  test.each<[Partial<Scope>, [boolean, boolean, boolean]]>([
    [{}, [false, true, true]],
    [{ families: ['web'] }, [false, true, true]],
    [{ regions: ['us-east-1', 'eu-west-1'] }, [false, true, true]],
    [{ regions: ['all'], clusters: ['web'] }, [true, false, true]],
    [{ regions: ['!us-*'], clusters: ['web'], services: ['api'] }, [true, false, false]],
    [{ clusters: ['web', 'api'], services: ['a*'] }, [false, false, true]],
    [{ services: ['api'] }, [false, true, true]],
    [{ clusters: ['w*'], services: ['api'] }, [false, true, true]],
    [{ services: [`${EU}:service/prod/api`, '!x*'] }, [false, false, false]],
    [{ services: [`${EU}:service/api`] }, [false, true, true]]
  ])('%j', (lists, [regions, clusters, services]) => {
    expect(toList(scope(lists))).toEqual({ regions, clusters, services })
  })
})

describe('Regions to look in', () => {
  test.each<[Partial<Scope>, string[]]>([
    [{}, ['ap-south-1']],
    [{ clusters: ['web'] }, ['ap-south-1']],
    [{ regions: ['us-east-1', 'eu-west-1', 'us-east-1'] }, ['eu-west-1', 'us-east-1']],
    [{ regions: ['us-east-1', 'eu-west-1', '!eu-*'] }, ['us-east-1']],
    [{ regions: ['all'] }, ['eu-central-1', 'eu-west-1', 'us-east-1']],
    [{ regions: ['all', '!eu-central-1'] }, ['eu-west-1', 'us-east-1']],
    [{ regions: ['!us-*'] }, ['eu-central-1', 'eu-west-1']],
    [{ regions: ['eu-*', 'me-south-1'] }, ['eu-central-1', 'eu-west-1', 'me-south-1']],
    [{ regions: ['ap-*'] }, []],
    // ARNs name Regions where `regions` does not, as `cluster` and `service` do in a step for one service.
    [{ clusters: [`${EU}:cluster/prod`] }, ['eu-west-1']],
    [{ services: [`${EU}:service/prod/api`, `${US}:service/prod/api`] }, ['eu-west-1', 'us-east-1']],
    [{ clusters: [`${EU}:cluster/prod`], services: ['api'] }, ['eu-west-1']],
    [{ clusters: [`!${EU}:cluster/prod`] }, ['ap-south-1']],
    // The lists narrow each other.
    [{ regions: ['all'], families: [`${EU}:task-definition/web:3`] }, ['eu-west-1']],
    [{ regions: ['us-east-1'], services: [`${EU}:service/prod/api`] }, []],
    [{ clusters: [`${US}:cluster/prod`], services: [`${EU}:service/prod/api`] }, []]
  ])('%j', (lists, regions) => {
    const given = scope(lists)
    expect(regionsOf(given, 'ap-south-1', toList(given).regions ? LISTED : [])).toEqual(regions)
  })
})

describe('clusters to look in', () => {
  const listed = ['web', 'api', 'old-web']
  test.each<[Partial<Scope>, string[]]>([
    [{}, ['api', 'old-web', 'web']],
    [{ clusters: ['*web', '!old-*'] }, ['web']],
    [{ clusters: ['web', 'unlisted', 'web'] }, ['unlisted', 'web']],
    [{ clusters: [`${EU}:cluster/web`, `${US}:cluster/api`] }, ['web']],
    [{ services: [`${EU}:service/shop/pay`, `${EU}:service/shop/cart`, `${US}:service/web/x`] }, ['shop']],
    [{ clusters: ['web', 'api'], services: [`${EU}:service/web/pay`] }, ['web']],
    [{ clusters: ['w*'], services: [`${EU}:service/web/pay`, `${EU}:service/api/pay`] }, ['web']],
    [{ services: [`${EU}:service/shop/pay`, 'pay'] }, ['api', 'old-web', 'web']]
  ])('%j', (lists, clusters) => {
    expect(clustersOf(scope(lists), 'eu-west-1', listed)).toEqual(clusters)
  })
})
