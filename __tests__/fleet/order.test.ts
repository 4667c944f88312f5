import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { byPlace } from '../../src/fleet/order.ts'

const many = (region: string, cluster: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ region, cluster, index }))

test('Region by Region, and in each cluster by cluster', () => {
  const items = [
    ...many('eu', 'a', 2),
    ...many('us', 'b', 1),
    ...many('eu', 'c', 1),
    ...many('us', 'd', 1),
    ...many('eu', 'a', 1),
    ...many('us', 'a', 1)
  ]
  const places = byPlace(items).map(({ region, cluster }) => `${region}/${cluster}`)
  expect(places).toEqual(['eu/a', 'eu/a', 'eu/a', 'eu/c', 'us/b', 'us/d', 'us/a'])
})

test('loses and repeats nothing, and keeps the order within a cluster', () => {
  const item = fc.record({ region: fc.constantFrom('a', 'b', 'c'), cluster: fc.constantFrom('x', 'y', 'z') })
  fc.assert(
    fc.property(fc.array(item, { maxLength: 200 }), given => {
      const items = given.map((each, index) => ({ ...each, index }))
      const result = byPlace(items)
      const ofCluster = (all: typeof items, region: string, cluster: string) =>
        all.filter(each => each.region === region && each.cluster === cluster)
      expect(result).toHaveLength(items.length)
      for (const { region, cluster } of items) {
        expect(ofCluster(result, region, cluster)).toEqual(ofCluster(items, region, cluster))
      }
    })
  )
})
