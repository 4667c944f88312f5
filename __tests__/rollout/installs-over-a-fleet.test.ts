import { expect, test } from '@jest/globals'
import { outcomes, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()

test('every service gets the sensor, each definition is registered once', async () => {
  const s = scene()
  for (const name of ['api', 'web', 'worker']) s.service('us-east-1', 'prod', name)
  s.service('us-east-1', 'stage', 'web-2', { family: 'web' })
  s.service('eu-west-1', 'prod', 'eu-api')
  const report = await s.succeed({ regions: 'us-east-1,eu-west-1' })
  expect(outcomes(report)).toEqual({
    'eu-west-1/prod/eu-api': 'deployed',
    'us-east-1/prod/api': 'deployed',
    'us-east-1/prod/web': 'deployed',
    'us-east-1/prod/worker': 'deployed',
    'us-east-1/stage/web-2': 'deployed'
  })
  expect(s.calls('RegisterTaskDefinition')).toHaveLength(4)
  expect(s.calls('UpdateService')).toHaveLength(5)
  expect(new Set(s.moves()).size).toBe(5)
  // The canary alone, then the others side by side: each a minute until it is stable, and one that the sensor has to run.
  expect((s.clock.now() - Date.UTC(2026, 0, 1)) / 60_000).toBeLessThan(5)
  expect(s.said[0]).toMatchObject({
    status: 0,
    outputs: { changed: 'true', 'deployment-outcome': 'deployed' }
  })
  expect(JSON.parse(s.said[0]?.results ?? '')).toHaveLength(5)
})
