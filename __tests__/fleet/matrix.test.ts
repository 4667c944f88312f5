import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FleetService, Matrix, Scope } from '../../src/fleet/fleet.ts'
import { toMatrix, withoutEntry } from '../../src/fleet/matrix.ts'
import { checkScope, toMatcher } from '../../src/fleet/patterns.ts'
import type { Named } from '../../src/fleet/pick-services.ts'
import { redactor } from '../../src/report/redact.ts'
import { createFleetService, placeOf } from './fleet-service.ts'

const asItIs = (text: string) => text

function services(...places: string[]): FleetService[] {
  return places.map(place => createFleetService(place))
}

function many(cluster: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${cluster}/s${String(index).padStart(4, '0')}`)
}

function named(place: string): Named {
  const [region = '', cluster = '', service = ''] = place.split('/')
  return { region, cluster, service }
}

/** What an entry means when it is fed back, among all services that there are. */
function meantBy(entry: Matrix['include'][number], places: readonly string[]): string[] {
  const list = (name: keyof Scope) => entry[name]?.split(',') ?? []
  const scope = {
    regions: list('regions'),
    clusters: list('clusters'),
    services: list('services'),
    families: list('families')
  }
  expect(checkScope(scope)).toEqual([])
  return places.filter(place => {
    const { region, cluster, service } = named(place)
    return (
      toMatcher('regions', scope.regions)(region) &&
      toMatcher('clusters', scope.clusters)(cluster, { region }) &&
      toMatcher('services', scope.services)(service, { region, cluster })
    )
  })
}

describe('toMatrix', () => {
  test('Regions first, then clusters as long as there is room', () => {
    const found = services(
      'us-east-1/web/b',
      'us-east-1/web/a',
      'us-east-1/api/c',
      'eu-west-1/web/a',
      'us-east-1/shop/d',
      'us-east-1/shop/e'
    )
    expect(toMatrix(found, 3, asItIs)).toEqual({
      include: [
        { regions: 'eu-west-1', clusters: 'web', services: 'a' },
        { regions: 'us-east-1', clusters: 'api,shop', services: 'c,d,e' },
        { regions: 'us-east-1', clusters: 'web', services: 'a,b' }
      ]
    })
  })

  test('a large cluster is divided', () => {
    const { include } = toMatrix(services(...many('us-east-1/web', 120)), 50, asItIs)
    expect(include.map(entry => entry.services?.split(',').length)).toEqual([50, 50, 20])
  })

  test('clusters in which a name means different services are kept apart', () => {
    const found = services('us-east-1/a/x', 'us-east-1/b/y')
    expect(toMatrix(found, 50, asItIs).include).toHaveLength(1)
    expect(toMatrix(found, 50, asItIs, [named('us-east-1/b/x')]).include).toEqual([
      { regions: 'us-east-1', clusters: 'a', services: 'x' },
      { regions: 'us-east-1', clusters: 'b', services: 'y' }
    ])
    expect(toMatrix(found, 50, asItIs, [named('eu-west-1/b/x')]).include).toHaveLength(1)
  })

  test('nothing found gives no entry', () => {
    expect(toMatrix([], 50, asItIs)).toEqual({ include: [] })
  })

  test.each([
    ['one cluster', many('us-east-1/web', 10_000)],
    ['as many clusters', many('us-east-1/web', 10_000).map(place => place.replace('/web/', `/${place.slice(-5)}/`))],
    ['many Regions', ['a', 'b', 'c', 'd'].flatMap(letter => many(`us-${letter}-1/web`, 900))]
  ])('never more than 256 entries: %s', (_, places) => {
    const { include } = toMatrix(services(...places), 1, asItIs)
    expect(include.length).toBeLessThanOrEqual(256)
    expect(include.length).toBeGreaterThan(200)
    expect(include.flatMap(entry => entry.services?.split(',') ?? []).length).toBeGreaterThan(3000)
  })

  test('what can not be told apart in so many is an error, not a matrix that means others too', () => {
    const clusters = Array.from({ length: 257 }, (_, index) => `us-east-1/c${index}/s${index}`)
    const others = clusters.flatMap((_, index) =>
      clusters.flatMap((_, other) => (other === index ? [] : [named(`us-east-1/c${index}/s${other}`)]))
    )
    expect(() => toMatrix(services(...clusters), 50, asItIs, others)).toThrow(
      expect.objectContaining({ code: 'matrix-too-large' })
    )
  })

  test('never says what the runner masks', () => {
    const redact = redactor(['acme', 'b,c'])
    const found = services(
      'us-east-1/web/a',
      'us-east-1/web/acme-api',
      'us-east-1/acme/x',
      'us-east-1/web/b',
      'us-east-1/web/c'
    )
    const matrix = toMatrix(found, 50, redact)
    expect(redact(JSON.stringify(matrix))).toBe(JSON.stringify(matrix))
    expect(matrix.include).toEqual([
      { regions: 'us-east-1', clusters: 'web', services: 'a,b' },
      { regions: 'us-east-1', clusters: 'web', services: 'c' }
    ])
    expect(withoutEntry(found, redact).map(placeOf)).toEqual(['us-east-1/web/acme-api', 'us-east-1/acme/x'])
  })
})

test('the entries together mean the services, each once, and no others', () => {
  const place = fc
    .tuple(
      fc.constantFrom('us-east-1', 'eu-west-1'),
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.stringMatching(/^[x-z]{1,2}$/)
    )
    .map(parts => parts.join('/'))
  const world = fc.uniqueArray(fc.tuple(place, fc.boolean()), { selector: ([name]) => name, maxLength: 60 })
  const secret = fc.constantFrom('none-of-them', 'x', 'zz', 'x,y', 'd')
  fc.assert(
    fc.property(world, fc.integer({ min: 1, max: 12 }), secret, (given, size, masked) => {
      const redact = redactor([masked])
      const found = services(...given.flatMap(([name, isMeant]) => (isMeant ? [name] : [])))
      const passedOver = given.flatMap(([name, isMeant]) => (isMeant ? [] : [named(name)]))
      const { include } = toMatrix(found, size, redact, passedOver)
      const meant = include.flatMap(entry => {
        const own = meantBy(
          entry,
          given.map(([name]) => name)
        )
        expect(own.length).toBeLessThanOrEqual(size)
        expect(redact(JSON.stringify(entry))).toBe(JSON.stringify(entry))
        return own
      })
      expect([...meant, ...withoutEntry(found, redact).map(placeOf)].sort()).toEqual(found.map(placeOf).sort())
    }),
    { numRuns: 500 }
  )
})
