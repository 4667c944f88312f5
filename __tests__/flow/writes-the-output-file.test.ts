import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readDefinitionFile } from '../../src/source/file.ts'
import { asGiven, modeOf } from '../support/file-mode.ts'
import { counter, shop } from '../support/flow-definitions.ts'
import { type Scene, useScene } from '../support/flow-scene.ts'

const scene = useScene()
const read = (s: Scene, name: string) => readFileSync(join(s.workspace, name), 'utf8')
const DRY = { 'dry-run': 'true' }

const WRITTEN = `// the shop, by hand
{
    "family": "shop",   "networkMode": "awsvpc",
    "requiresCompatibilities": ["FARGATE"],
    "cpu": "2048", // enough
    "memory": "4096",
    "executionRoleArn": "arn:aws:iam::123456789012:role/shop-execution",

    "containerDefinitions": [
        { "name": "counter", "image": "nginx", "cpu": 1024, "memory": 2048 }, // the only one
    ],
}
`

test('a file that is source and target changes only where the sensor is, and removing it gives it back', async () => {
  const s = scene()
  await s.file('shop.json', WRITTEN)
  const inputs = { 'task-definition': 'shop.json', 'output-file': 'shop.json', ...DRY }
  await s.succeed(inputs)
  const installed = read(s, 'shop.json')
  const lines = installed.split('\n')
  for (const line of WRITTEN.split('\n')) expect(lines).toContain(line)
  expect(installed).toContain('"levo-pcap-sensor"')
  await s.succeed(inputs)
  expect(read(s, 'shop.json')).toBe(installed)
  await s.succeed({ ...inputs, mode: 'remove' })
  expect(read(s, 'shop.json')).toBe(WRITTEN)
})

test('a YAML file keeps its comments', async () => {
  const s = scene()
  const yaml = `# ours\nfamily: shop\ncpu: 2048 # enough\nmemory: 4096\nnetworkMode: awsvpc\ncontainerDefinitions:\n  # the only one\n  - name: counter\n    image: nginx\n\n# the end\n`
  await s.file('shop.yml', yaml)
  await s.succeed({ 'task-definition': 'shop.yml', 'output-file': 'shop.yml', ...DRY })
  const lines = read(s, 'shop.yml').split('\n')
  for (const line of yaml.split('\n')) expect(lines).toContain(line)
  expect(parse(read(s, 'shop.yml')).containerDefinitions).toMatchObject([
    { name: 'counter' },
    { name: 'levo-pcap-sensor' }
  ])
})

describe('a new file', () => {
  test.each([
    ['as JSON', 'rendered.json', (text: string) => JSON.parse(text)],
    ['as YAML', 'rendered.yaml', (text: string) => parse(text)]
  ])('%s, for its owner alone, with the tags', async (_name, file, parseText) => {
    const s = scene()
    await s.file('shop.json', shop())
    await s.succeed({ 'task-definition': 'shop.json', 'output-file': file, tags: 'team=shop', ...DRY })
    const written = parseText(read(s, file))
    expect(written).toMatchObject({ family: 'shop', tags: [{ key: 'team', value: 'shop' }] })
    expect(written.containerDefinitions).toHaveLength(2)
    expect(modeOf(join(s.workspace, file))).toBe(asGiven(0o600))
  })

  test('as YAML says what it has to, also where a name means something in YAML', async () => {
    const s = scene()
    const labels = { '<<': 'no merge key', on: 'yes', '1': '0x1' }
    await s.file('shop.json', shop({ containerDefinitions: [counter({ dockerLabels: labels })] }))
    await s.succeed({ 'task-definition': 'shop.json', 'output-file': 'rendered.yaml', ...DRY })
    const { definition } = await readDefinitionFile(join(s.workspace, 'rendered.yaml'), 'rendered.yaml')
    expect(definition.containerDefinitions[0]?.dockerLabels).toEqual(labels)
  })

  test('is written in a run that registers too', async () => {
    const s = scene()
    await s.file('shop.json', shop())
    await s.succeed({ 'task-definition': 'shop.json', 'output-file': 'rendered.json' })
    expect(s.revisions('shop')).toBe(1)
    expect(JSON.parse(read(s, 'rendered.json')).containerDefinitions).toHaveLength(2)
  })
})

test('a file that is something else is never overwritten, and nothing is registered', async () => {
  const s = scene()
  await s.file('shop.json', shop())
  await s.file('package.json', '{ "name": "shop" }')
  const { message } = await s.reject({ 'task-definition': 'shop.json', 'output-file': 'package.json' })
  expect(message).toBe(
    'output-file: package.json is there already and is no task definition; give another path, or delete it'
  )
  expect(read(s, 'package.json')).toBe('{ "name": "shop" }')
  expect(s.calls()).not.toContain('RegisterTaskDefinition')
})

test('a file that cannot be written is an error, and no part of it is left', async () => {
  const s = scene()
  await s.file('shop.json', shop())
  const before = readdirSync(s.workspace)
  const { message } = await s.reject({ 'task-definition': 'shop.json', 'output-file': 'nowhere/rendered.json', ...DRY })
  expect(message).toMatch(/^output-file: nowhere\/rendered\.json cannot be written: /)
  expect(readdirSync(s.workspace)).toEqual(before)
})

test('a folder in its place is an error, and nothing is left beside it', async () => {
  const s = scene()
  await s.file('shop.json', shop())
  await mkdir(join(s.workspace, 'taken'))
  const before = readdirSync(s.workspace)
  const { message } = await s.reject({ 'task-definition': 'shop.json', 'output-file': 'taken', ...DRY })
  expect(message).toMatch(/^output-file: taken cannot be read: /)
  expect(readdirSync(s.workspace)).toEqual(before)
})

test('one that is there keeps its mode, and a link stays a link', async () => {
  const s = scene()
  await s.file('real.json', shop())
  await chmod(join(s.workspace, 'real.json'), 0o644)
  await symlink('real.json', join(s.workspace, 'link.json'))
  await s.succeed({ 'task-definition': 'link.json', 'output-file': 'link.json', ...DRY })
  expect(JSON.parse(read(s, 'real.json')).containerDefinitions).toHaveLength(2)
  expect(modeOf(join(s.workspace, 'real.json'))).toBe(asGiven(0o644))
})

test('what does not fit leaves the file as it was', async () => {
  const s = scene()
  await s.file('shop.json', WRITTEN)
  await s.fail({ 'task-definition': 'shop.json', 'output-file': 'shop.json', cpu: '4000', ...DRY })
  expect(read(s, 'shop.json')).toBe(WRITTEN)
})
