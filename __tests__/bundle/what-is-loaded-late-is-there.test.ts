import { expect, test } from '@jest/globals'
import { SENSOR_FLAGS, useStage } from '../support/bundle-stage.ts'
import { listOf, shop } from '../support/flow-definitions.ts'

const stage = useStage()
const OFFLINE = { AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' }

test('the parser of YAML', async () => {
  const s = stage()
  const yaml = `family: shop # ours\ncpu: 1024\nmemory: 2048\nnetworkMode: awsvpc\ncontainerDefinitions:\n  - {name: a, image: nginx}\n`
  await s.file('shop.yml', yaml)
  const run = await s.command(['render', '--task-definition', 'shop.yml', ...SENSOR_FLAGS], OFFLINE)
  expect(run.stderr).not.toContain('error:')
  expect(run.status).toBe(0)
  expect(listOf(JSON.parse(run.stdout).containerDefinitions).map(({ name }) => name)).toEqual(['a', 'levo-pcap-sensor'])
})

test('the parser of JSON with comments', async () => {
  const s = stage()
  await s.file('shop.jsonc', `// ours\n${JSON.stringify(shop())}`)
  const run = await s.command(['render', '--task-definition', 'shop.jsonc', ...SENSOR_FLAGS], OFFLINE)
  expect(run.status).toBe(0)
  expect(JSON.parse(run.stdout).family).toBe('shop')
})

test('the judge of regular expressions', async () => {
  const s = stage()
  await s.file('shop.json', shop())
  const args = ['render', '--task-definition', 'shop.json', ...SENSOR_FLAGS]
  const good = await s.command([...args, '--path-allow', '^/v[0-9]{1,3}/'], OFFLINE)
  expect(good.status).toBe(0)
  expect(good.stdout).toContain('"\\"^/v[0-9]{1,3}/\\""')
  const bad = await s.command([...args, '--path-allow', '^(?!/health)'], OFFLINE)
  expect(bad.status).toBe(2)
  expect(bad.stderr).toContain('path-allow')
})

test("the reader of the profile's Region and credentials", async () => {
  const s = stage()
  s.standIn.account.addTaskDefinition(shop())
  await s.file('config', '[profile shop]\nregion = us-east-1\naws_access_key_id = k\naws_secret_access_key = s\n')
  const env = {
    AWS_CONFIG_FILE: `${s.workspace}/config`,
    AWS_PROFILE: 'shop',
    AWS_ENDPOINT_URL_ECS: s.standIn.url,
    AWS_EC2_METADATA_DISABLED: 'true'
  }
  const run = await s.command(['install', '--task-definition-family', 'shop', ...SENSOR_FLAGS], env)
  expect(run.stderr).not.toContain('error:')
  expect(run.stdout).toBe(`${s.arn('task-definition/shop:2')}\n`)
  expect(s.standIn.requests[0]?.headers.authorization).toContain('Credential=k/')
})
