import { describe, expect, test } from '@jest/globals'
import { entryOf, type FleetScene, outcomes, useFleet } from '../support/fleet-scene.ts'
import { shop } from '../support/flow-definitions.ts'
import { push, useRegistry } from '../support/registry.ts'

const scene = useFleet()
const registry = useRegistry()

/** Three services on X86_64, in two Regions, and one on ARM64. */
function addServices(s: FleetScene): void {
  const arm = shop({ family: 'arm', runtimePlatform: { cpuArchitecture: 'ARM64' } })
  s.in('us-east-1').addTaskDefinition(arm)
  for (const name of ['web', 'api', 'arm']) s.service('us-east-1', 'prod', name)
  s.service('eu-west-1', 'prod', 'web')
}

const inputs = (image: string, level: string) => ({
  ...{ regions: 'us-east-1,eu-west-1', clusters: 'prod' },
  ...{ image, 'check-image': level }
})

const manifests = () => registry().requests.filter(({ kind, headers }) => kind === 'manifest' && headers.authorization)

test('each image is asked for once, and told for each platform that tasks run on', async () => {
  const s = scene()
  addServices(s)
  const image = push(registry(), 'linux/amd64', 'linux/arm64')
  const report = await s.succeed(inputs(image, 'require'))
  expect(manifests()).toHaveLength(1)
  const texts = report.notes.map(({ text }) => text).filter(text => text.startsWith('image: '))
  expect(texts).toEqual([`image: ${image} is there, for linux/amd64 and linux/arm64`])
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['deployed']))
})

describe('an image that is not for all of them', () => {
  test('is a warning, which says how many it is not for', async () => {
    const s = scene()
    addServices(s)
    const image = push(registry(), 'linux/amd64')
    const report = await s.succeed(inputs(image, 'warn'))
    const text = expect.stringContaining('the tasks of 1 service run on linux/arm64: they would not start')
    expect(report.notes).toContainEqual(expect.objectContaining({ level: 'warning', text }))
    expect(s.said[0]?.summary).toContain('the tasks of 1 service run on linux/arm64')
  })

  test('or an error, and then none is begun', async () => {
    const s = scene()
    addServices(s)
    const image = push(registry(), 'linux/amd64')
    const { code, report } = await s.fail(inputs(image, 'require'))
    expect(code).toBe('image-platform')
    expect(s.changes()).toEqual([])
    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['not-begun']))
    expect(s.said[0]?.summary).toContain('the tasks of 1 service run on linux/arm64')
  })
})

test('one that is not there at all fails the run once for each platform', async () => {
  const s = scene()
  addServices(s)
  push(registry(), 'linux/amd64')
  const image = `${registry().host}/levoai/pcap-sensor:9`
  const { code, message } = await s.fail(inputs(image, 'require'))
  expect(code).toBe('image-not-found')
  expect(message).toContain('so the tasks of 3 services would not start')
  expect(message).toContain('so the tasks of 1 service would not start')
  expect(s.changes()).toEqual([])
})

test('a dry run says so too, beside what would change', async () => {
  const s = scene()
  addServices(s)
  const image = push(registry(), 'linux/amd64')
  const { code, report } = await s.fail({ ...inputs(image, 'require'), 'dry-run': 'true' })
  expect(code).toBe('image-platform')
  expect(entryOf(report, 'us-east-1/prod/web')).toMatchObject({ changed: true })
  expect(entryOf(report, 'us-east-1/prod/web').outcome).toBeUndefined()
  expect(s.said[0]?.log).toContain('us-east-1/prod/web: would get a new revision')
})

test('nothing is asked when nothing changes, and not in other modes', async () => {
  const s = scene()
  addServices(s)
  const image = push(registry(), 'linux/amd64', 'linux/arm64')
  await s.succeed(inputs(image, 'require'))
  await s.succeed(inputs(image, 'require'))
  await s.succeed({ ...inputs(image, 'require'), mode: 'discover' })
  await s.succeed({ ...inputs(image, 'require'), mode: 'remove' })
  expect(manifests()).toHaveLength(1)
})
