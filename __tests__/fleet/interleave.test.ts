import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { interleave } from '../../src/fleet/interleave.ts'

const many = (region: string, cluster: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ region, cluster, index }))

test('tens of one cluster, a ten of each Region in turn', () => {
  const items = [
    ...many('eu', 'a', 12),
    ...many('us', 'b', 3),
    ...many('eu', 'c', 1),
    ...many('us', 'd', 11),
    ...many('eu', 'a', 2)
  ]
  const chunks: string[] = []
  for (const { region, cluster } of interleave(items)) {
    const last = chunks.at(-1)?.split(' x ') ?? []
    if (last[0] === `${region}/${cluster}`) chunks.splice(-1, 1, `${last[0]} x ${Number(last[1]) + 1}`)
    else chunks.push(`${region}/${cluster} x 1`)
  }
  expect(chunks).toEqual(['eu/a x 10', 'us/b x 3', 'eu/a x 4', 'us/d x 10', 'eu/c x 1', 'us/d x 1'])
})

test('loses and repeats nothing, and keeps the order within a cluster', () => {
  const item = fc.record({ region: fc.constantFrom('a', 'b', 'c'), cluster: fc.constantFrom('x', 'y', 'z') })
  fc.assert(
    fc.property(fc.array(item, { maxLength: 200 }), given => {
      const items = given.map((each, index) => ({ ...each, index }))
      const result = interleave(items)
      const ofCluster = (all: typeof items, region: string, cluster: string) =>
        all.filter(each => each.region === region && each.cluster === cluster)
      expect(result).toHaveLength(items.length)
      for (const { region, cluster } of items) {
        expect(ofCluster(result, region, cluster)).toEqual(ofCluster(items, region, cluster))
      }
    })
  )
})
