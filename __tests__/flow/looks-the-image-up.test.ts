import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Note } from '../../src/task-definition/definition.ts'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { breakerRollsBack, completes } from '../../stand-in/scripts.ts'
import { shop } from '../support/flow-definitions.ts'
import { type Inputs, type Scene, useScene } from '../support/flow-scene.ts'
import { push, SENSOR_REPOSITORY, useRegistry } from '../support/registry.ts'

const scene = useScene()
const registry = useRegistry()

const ARM64 = { runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' } }
const FILE = { 'task-definition': 'shop.json' }

beforeEach(() => scene().file('shop.json', shop()))

const missing = () => `${registry().host}/${SENSOR_REPOSITORY}:0.9.1`

function notes({ notes }: Awaited<ReturnType<Scene['run']>>): string[] {
  return notes.filter(({ level }) => level === 'note').map(({ text }) => text)
}

describe('an image that is there', () => {
  test.each(['warn', 'require'])('for what the task runs on, with %s', async level => {
    const s = scene()
    const image = push(registry(), 'linux/amd64', 'linux/arm64/v8')
    const report = await s.succeed({ ...FILE, image, 'check-image': level })
    expect(notes(report)).toContain(`image: ${image} is there, for linux/amd64 and linux/arm64`)
    expect(s.warnings(report).join()).not.toContain('image:')
  })

  test('for the other architecture alone is a warning, with its place in the file', async () => {
    const s = scene()
    const image = push(registry(), 'linux/amd64')
    await s.file('shop.json', JSON.stringify(shop(ARM64), null, 1))
    const report = await s.succeed({ ...FILE, image, 'check-image': 'warn' })
    const text = `image: ${image} is there, for linux/amd64 only, and the tasks run on linux/arm64: they would not start`
    expect(s.warnings(report)).toContain(text)
    expect(report.notes.find(note => note.text === text)?.place).toMatchObject({ file: 'shop.json' })
    expect(s.revisions('shop')).toBe(1)
  })

  test('or an error, before anything is registered', async () => {
    const s = scene()
    const image = push(registry(), 'linux/amd64')
    await s.file('shop.json', shop(ARM64))
    const { code, message } = await s.fail({ ...FILE, image, 'check-image': 'require' })
    expect(code).toBe('image-platform')
    expect(message).toContain('the tasks run on linux/arm64: they would not start')
    expect(s.calls()).toEqual(['DescribeTaskDefinition'])
  })

  test('for Windows alone is not for the task', async () => {
    const s = scene()
    const image = push(registry(), 'windows/amd64')
    const { code } = await s.fail({ ...FILE, image, 'check-image': 'require' })
    expect(code).toBe('image-platform')
  })

  test('on instances, for what is not stated: whichever they have', async () => {
    const s = scene()
    const image = push(registry(), 'linux/arm64')
    await s.file('shop.json', shop({ requiresCompatibilities: ['EC2'] }))
    const report = await s.succeed({ ...FILE, image, 'check-image': 'require' })
    expect(notes(report)).toContain(`image: ${image} is there, for linux/arm64`)
  })
})

describe('an image that is not there', () => {
  test('is a warning', async () => {
    const s = scene()
    push(registry(), 'linux/amd64')
    const report = await s.succeed({ ...FILE, image: missing(), 'check-image': 'warn' })
    expect(s.warnings(report)).toContainEqual(expect.stringContaining('is not there'))
    expect(s.revisions('shop')).toBe(1)
  })

  test('or an error, before anything is registered; the plan is shown all the same', async () => {
    const s = scene()
    push(registry(), 'linux/amd64')
    const { code, message } = await s.fail({ ...FILE, image: missing(), 'check-image': 'require' })
    expect(code).toBe('image-not-found')
    const says = `${registry().host} does not have it (MANIFEST_UNKNOWN)`
    expect(message).toBe(
      `image: ${missing()} is not there: ${says}, so the tasks would not start.\n` +
        'Correct image, or put it there first. With check-image: warn this is a warning, with off nothing is asked.'
    )
    expect(s.calls()).toEqual(['DescribeTaskDefinition'])
    expect(s.events.map(({ kind }) => kind)).toContain('planned')
  })

  test.each<[string, Inputs]>([
    ['in a dry run', { 'dry-run': 'true' }],
    ['in a mere rendering', { register: 'false' }]
  ])('the same %s, where there are credentials', async (_name, inputs) => {
    const s = scene()
    push(registry(), 'linux/amd64')
    const { code } = await s.fail({ ...FILE, ...inputs, image: missing(), 'check-image': 'require' })
    expect(code).toBe('image-not-found')
  })
})

describe('what can not be told from here is a note, and a warning to who required it', () => {
  test.each<[string, Note['level']]>([
    ['warn', 'note'],
    ['require', 'warning']
  ])('with %s a %s', async (check, level) => {
    const s = scene()
    const image = push(registry(), 'linux/amd64')
    registry().faults.manifest = { status: 503 }
    const report = await s.succeed({ ...FILE, image, 'check-image': check })
    const why = `${registry().host} answers HTTP 503`
    const text = `image: whether ${image} is there for linux/amd64 is not known: ${why}`
    expect(report.notes).toContainEqual({ level, text })
    expect(s.revisions('shop')).toBe(1)
  })

  test('with credentials of its own nobody else is asked', async () => {
    const s = scene()
    const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hub'
    const inputs = { image: missing(), 'repository-credentials': arn, 'check-image': 'require' }
    const report = await s.succeed({ ...FILE, ...inputs })
    expect(s.warnings(report)).toContainEqual(expect.stringContaining('pull it with repository-credentials'))
    expect(registry().requests).toEqual([])
  })
})

describe('nothing is asked', () => {
  test.each<[string, Inputs]>([
    ['with off', { 'check-image': 'off' }],
    ['without credentials', { 'check-image': 'warn', 'dry-run': 'true' }]
  ])('%s', async (name, inputs) => {
    const s = scene()
    if (name.startsWith('without')) s.environment = { hasCredentials: false }
    const image = push(registry(), 'linux/amd64')
    await s.succeed({ ...FILE, ...inputs, image })
    expect(registry().requests).toEqual([])
  })

  test('without credentials; who required it is told so', async () => {
    const s = scene()
    s.environment = { hasCredentials: false }
    const report = await s.succeed({ ...FILE, image: missing(), 'check-image': 'require', 'dry-run': 'true' })
    expect(s.warnings(report)).toContainEqual(expect.stringContaining('check-image: without AWS credentials'))
    expect(registry().requests).toEqual([])
  })

  test('when the sensor is taken out', async () => {
    const s = scene()
    const image = push(registry(), 'linux/amd64')
    await s.succeed({ ...FILE, image, 'check-image': 'require', mode: 'remove' })
    expect(registry().requests).toEqual([])
  })

  test('when no task would pull it: nothing is registered, and nothing moved', async () => {
    const s = scene()
    const image = push(registry(), 'linux/amd64')
    const inputs = { service: 'web', image, 'check-image': 'require' }
    s.account.addTaskDefinition(shop())
    s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
    await s.succeed({ ...inputs, 'on-deployment-in-progress': 'replace' })
    const asked = registry().requests.length
    expect(asked).toBeGreaterThan(0)
    await s.succeed(inputs)
    expect(registry().requests).toHaveLength(asked)
    await s.succeed({ ...inputs, 'force-new-deployment': 'true', 'on-deployment-in-progress': 'replace' })
    expect(registry().requests.length).toBeGreaterThan(asked)
  })
})

test('a service that is moved onto a revision that is there pulls: its image is looked up', async () => {
  const s = scene()
  const image = push(registry(), 'linux/amd64')
  await s.succeed({ ...FILE, image, 'check-image': 'off' })
  s.account.addTaskDefinition(shop({ family: 'old' }))
  s.account.addService({ name: 'web', taskDefinition: 'old:1' })
  registry().repository(SENSOR_REPOSITORY).manifests.clear()
  const { code } = await s.fail({ ...FILE, service: 'web', image, 'check-image': 'require' })
  expect(code).toBe('image-not-found')
  expect(s.runs('web')).toBe(s.arn('task-definition/old:1'))
})

describe('that the default image may have nothing for ARM64', () => {
  const guess = 'for which levoai/pcap-sensor:0.1.9 may have no image'

  test.each<[string, Inputs, boolean]>([
    ['is said where nothing is asked', { 'check-image': 'off' }, true],
    ['is said where the registry does not tell', { 'check-image': 'warn' }, true],
    ['is not said where the registry says that it has', { 'check-image': 'warn' }, false]
  ])('%s', async (_name, inputs, isSaid) => {
    const s = scene()
    await s.file('shop.json', shop(ARM64))
    s.findImage = async () =>
      isSaid ? { kind: 'unknown', why: 'no way there' } : { kind: 'found', platforms: ['linux/amd64', 'linux/arm64'] }
    const report = await s.succeed({ ...FILE, ...inputs })
    expect(s.warnings(report).filter(text => text.includes(guess))).toHaveLength(isSaid ? 1 : 0)
  })
})

test('a plan that is made anew asks no second time', async () => {
  const s = scene()
  const image = push(registry(), 'linux/amd64')
  for (const cpu of ['2048', '4096']) s.account.addTaskDefinition(shop({ cpu, memory: '8192' }))
  const web = s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
  beginDeployment(s.account, web, s.arn('task-definition/shop:2'), breakerRollsBack({ after: 90 }))
  s.account.scriptRollouts(web, completes())
  const waiting = { 'on-deployment-in-progress': 'wait', 'wait-for-service-stability': 'true' }
  const report = await s.succeed({ ...waiting, service: 'web', image, 'check-image': 'warn' })
  expect(notes(report)).toContainEqual(expect.stringContaining('the plan is made anew'))
  expect(notes(report).filter(text => text.includes('is there'))).toHaveLength(1)
  expect(registry().requests.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1)
})
