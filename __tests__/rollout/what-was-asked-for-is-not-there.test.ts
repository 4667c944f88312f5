import { expect, test } from '@jest/globals'
import { useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()

test.each([
  ['install', {}],
  ['dry run', { 'dry-run': 'true' }],
  ['discover', { mode: 'discover', 'fail-on': 'outdated' }]
])('%s: what is named and not there, or not to be read, is warned of', async (_name, inputs) => {
  const s = scene()
  s.service('us-east-1', 'prod', 'web')
  s.service('us-east-1', 'prod', 'out', { tags: [{ key: 'levoai:sensor', value: 'off' }] })
  s.service('eu-west-1', 'vault', 'secret')
  s.standIn.fault({ kind: 'deny', operation: 'DescribeServices', cluster: 'vault', times: Infinity })
  const typo = s.arn('us-east-1', 'service/prod/typo')
  await s.succeed({ ...inputs, regions: 'us-east-1,eu-west-1', services: `web,out,secret,${typo}` })
  const [said] = s.said
  expect(said?.log).toContain(
    '::warning::left out, though asked for: eu-west-1/vault (access-denied), us-east-1/prod/typo (service-not-found)'
  )
  expect(said?.summary).toMatch(/^### (?:⚠️|📝)/)
})

test('no service at all is warned of', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'web')
  await s.succeed({ clusters: 'nope-*' })
  expect(s.said[0]?.log).toContain('::warning::no service was found')
})

test('a Region that is named, and in which nothing is found, is told of', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'web')
  await s.succeed({ regions: 'us-east-1,eu-west-1,!eu-west-2' })
  expect(s.said[0]?.log).toContain('no service was found in eu-west-1')
  expect(s.said[0]?.log).not.toMatch(/::warning::no service|found in us-east-1|found in eu-west-2/)
})

test('who is left out by his own tag is no reason for a warning', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'web')
  s.service('us-east-1', 'prod', 'out', { tags: [{ key: 'levoai:sensor', value: 'off' }] })
  await s.succeed({ clusters: 'prod' })
  expect(s.said[0]?.log).not.toContain('though asked for')
  expect(s.said[0]?.summary).toMatch(/^### ✅/)
})
