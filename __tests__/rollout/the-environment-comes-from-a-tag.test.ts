import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../stand-in/json.ts'
import { type FleetScene, outcomes, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()
const BY_TAG = { clusters: 'prod', 'levo-env': 'tag:stage' }

function environmentOf(s: FleetScene, name: string): unknown {
  const revision = s.in('us-east-1').findTaskDefinition(s.runs(`us-east-1/prod/${name}`) ?? '')
  const sensor = revision?.containerDefinitions.find(({ name }) => name === 'levo-pcap-sensor') as JsonObject
  const words = [...((sensor.entryPoint ?? []) as string[]), ...((sensor.command ?? []) as string[])]
  return /--levo-env[= ](\S+)/.exec(words.join(' '))?.[1]
}

test('one revision for each environment of a definition, and again nothing to do', async () => {
  const s = scene()
  const tagged = (value: string) => ({ family: 'shop', tags: [{ key: 'stage', value }] })
  s.service('us-east-1', 'prod', 'live', tagged('production'))
  s.service('us-east-1', 'prod', 'live-2', tagged('production'))
  s.service('us-east-1', 'prod', 'test', tagged('test'))
  s.service('us-east-1', 'prod', 'untagged', { family: 'shop' })
  const report = await s.succeed(BY_TAG)
  expect(outcomes(report)).toEqual({
    'us-east-1/prod/live': 'deployed',
    'us-east-1/prod/live-2': 'deployed',
    'us-east-1/prod/test': 'deployed',
    'us-east-1/prod/untagged': 'refused'
  })
  expect(JSON.parse(s.said[0]?.results ?? '')).toContainEqual(
    expect.objectContaining({ service: 'untagged', outcome: 'refused', code: 'no-environment' })
  )
  expect([environmentOf(s, 'live'), environmentOf(s, 'test')]).toEqual(['production', 'test'])
  expect(s.runs('us-east-1/prod/live')).toBe(s.runs('us-east-1/prod/live-2'))
  expect(s.runs('us-east-1/prod/untagged')).toBe('shop:1')
  expect(s.revisions('us-east-1', 'shop')).toBe(3)
  const again = await s.succeed(BY_TAG)
  expect(new Set(Object.values(outcomes(again)))).toEqual(new Set(['already-running', 'refused']))
  expect(s.revisions('us-east-1', 'shop')).toBe(3)
})

test('taking sensors out asks for no tag', async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'untagged')
  await s.succeed({ clusters: 'prod' })
  const report = await s.succeed({ ...BY_TAG, mode: 'remove' })
  expect(outcomes(report)).toEqual({ 'us-east-1/prod/untagged': 'deployed' })
})
