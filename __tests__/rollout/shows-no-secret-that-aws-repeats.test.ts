import { expect, test } from '@jest/globals'
import { useFleet } from '../support/fleet-scene.ts'

// That nothing planted is said in any stream is looked at after each test of a fleet.
const fleet = useFleet()

test.each([
  'planted-app-value',
  'arn:aws:ssm:us-east-1:123456789012:parameter/planted-app-secret',
  'postgres://shop:planted-in-url@db.shop.internal/shop',
  'planted*org_|<&>[1]',
  '-planted-argument'
])('%s', async text => {
  const f = fleet()
  for (const name of ['web', 'api']) f.service('us-east-1', 'production', name)
  const message = `Invalid value: ${text} of production`
  f.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'error', status: 400, code: 'ClientException', message })
  await f.fail({ clusters: '*', 'levoai-org-id': 'planted*org_|<&>[1]' })
  const { log, summary, results, stderr } = f.said.at(-1) ?? {}
  for (const said of [log, summary, results, stderr]) expect(said).toMatch(/Invalid value: .*\*\*\*`? of production/)
  expect(results).toContain('"cluster": "production"')
})
