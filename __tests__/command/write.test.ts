import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { SENSOR_FLAGS as FLAGS, runIn } from '../support/command-run.ts'

const DEFINITION = `{
  // by hand
  "family": "web", "networkMode": "awsvpc",
  "containerDefinitions": [{ "name": "web", "image": "nginx" }]
}
`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'))
  writeFileSync(join(folder, 'web.json'), DEFINITION)
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (...argv: readonly string[]) => runIn(folder, argv)

describe('render --write', () => {
  test('changes the file where the sensor is, and prints nothing', async () => {
    const { stdout, status } = await run('render', '--write', 'web.json', ...FLAGS)
    expect([stdout, status]).toEqual(['', 0])
    const text = readFileSync(join(folder, 'web.json'), 'utf8')
    expect(text).toContain('  // by hand\n  "family": "web", "networkMode": "awsvpc",\n')
    expect(text).toContain('"levo-pcap-sensor"')
  })

  test('twice is once', async () => {
    await run('render', '--write', 'web.json', ...FLAGS)
    const once = readFileSync(join(folder, 'web.json'), 'utf8')
    await run('render', '--write', 'web.json', ...FLAGS)
    expect(readFileSync(join(folder, 'web.json'), 'utf8')).toBe(once)
  })

  test('with --plan prints the diff too', async () => {
    const { stdout } = await run('render', '--write', 'web.json', '--plan', ...FLAGS)
    expect(stdout).toContain('+  "name": "levo-pcap-sensor"')
  })

  test.each([['--task-definition'], ['--output']])('is at odds with %s', async flag => {
    const { stderr, status } = await run('render', '--write', 'web.json', flag, 'other.json', ...FLAGS)
    expect(stderr).toContain('--write: is source and target; give neither --task-definition nor --output with it')
    expect(status).toBe(2)
    expect(readFileSync(join(folder, 'web.json'), 'utf8')).toBe(DEFINITION)
  })
})

describe('container --format', () => {
  test.each([
    ['ecs', /^\{\n {2}"name": "levo-pcap-sensor",/],
    ['cloudformation', /^\{\n {2}"Name": "levo-pcap-sensor",/],
    ['terraform', /^\{\n {2}name = "levo-pcap-sensor"\n/]
  ])('%s, from the options alone and for a task', async (format, text) => {
    expect((await run('container', '--format', format, ...FLAGS)).stdout).toMatch(text)
    const { stdout, status } = await run('container', '--format', format, '--task-definition', 'web.json', ...FLAGS)
    expect(stdout).toMatch(text)
    expect(status).toBe(0)
  })

  test('for a task that has no sensor yet, nothing is said of one that is there', async () => {
    const { stderr } = await run('container', '--task-definition', 'web.json', ...FLAGS)
    expect(stderr).not.toContain('The sensor in it is as these inputs ask for already')
  })
})
