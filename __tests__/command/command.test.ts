import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand } from '../../src/command/command.ts'
import type { Environment } from '../../src/options/options.ts'
import { VERSION } from '../../src/version.ts'
import { SENSOR_FLAGS as FLAGS, runIn } from '../support/command-run.ts'
import { FakeTerminal } from '../support/fake-terminal.ts'
import { asGiven, modeOf } from '../support/file-mode.ts'
import { createEnvironment } from '../support/options.ts'

const FILE = ['--task-definition', 'files/task.json']

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (argv: readonly string[], overrides: Partial<Environment> = {}) =>
  runIn(join(import.meta.dirname, '../fixtures'), argv, overrides)

describe('render', () => {
  test('prints the definition and nothing else on stdout, the rest on stderr, with status 0', async () => {
    const { stdout, stderr, status } = await run(['render', ...FILE, ...FLAGS])
    const definition = JSON.parse(stdout)
    expect(definition.containerDefinitions.map(({ name }: { name: string }) => name)).toEqual([
      'web',
      'levo-pcap-sensor'
    ])
    expect(definition.tags).toEqual([{ key: 'team', value: 'shop' }])
    expect(stdout).toContain('org-7f3a')
    expect(stderr).not.toContain('org-7f3a')
    expect(stderr).toContain('Dry run: nothing in AWS was changed')
    expect(status).toBe(0)
  })

  test('writes to a file that only its owner reads', async () => {
    const output = join(folder, 'rendered.json')
    const { stdout, status } = await run(['render', ...FILE, ...FLAGS, '--output', output])
    expect([stdout, status]).toEqual(['', 0])
    expect(JSON.parse(readFileSync(output, 'utf8'))).toHaveProperty('containerDefinitions')
    expect(modeOf(output)).toBe(asGiven(0o600))
  })

  test('shows the plan instead, without the organization', async () => {
    const { stdout, status } = await run(['render', ...FILE, ...FLAGS, '--plan'])
    expect(stdout).toMatch(
      /^--- .*\n\+\+\+ a new revision of .*\n@@ container levo-pcap-sensor @@\n\+\{\n\+ {2}"name": "levo-pcap-sensor",/
    )
    expect(stdout).not.toContain('org-7f3a')
    expect(status).toBe(0)
  })
})

describe('container', () => {
  test('is made from the options alone', async () => {
    const { stdout, stderr, status } = await run(['container', ...FLAGS])
    expect(JSON.parse(stdout)).toMatchObject({ name: 'levo-pcap-sensor', cpu: 0, memory: 200 })
    expect(stderr).toContain('profile low-resource')
    expect(stderr).not.toContain('org-7f3a')
    expect(status).toBe(0)
  })

  test('is made for a task definition when there is one', async () => {
    const { stdout } = await run(['container', ...FILE, ...FLAGS])
    expect(JSON.parse(stdout)).toMatchObject({
      cpu: 512,
      logConfiguration: { options: { 'awslogs-group': '/ecs/web' } }
    })
  })
})

describe('the exit status is 2', () => {
  test.each([
    ['for an unknown command', ['deploy'], 'error: command: must be one of'],
    ['for an unknown flag', ['render', ...FILE, ...FLAGS, '--nope'], 'error: --nope: there is no such option'],
    ['for a bad value', ['render', ...FILE, ...FLAGS, '--cpu', 'x'], 'error: cpu: must be'],
    ['for what is missing', ['container'], 'error: 3 problems with the input:'],
    ['for a share of nothing', ['container', ...FLAGS, '--cpu', '5%'], "error: cpu: 5% is a share of the task's cpu"],
    [
      'for a file that is not there',
      ['render', '--task-definition', 'nowhere.json', ...FLAGS],
      'error: task-definition: '
    ]
  ])('%s', async (_name, argv, message) => {
    const { stdout, stderr, status } = await run(argv)
    expect(stderr).toContain(message)
    expect([stdout, status]).toEqual(['', 2])
  })

  test('and what is wrong with flags and values is said together', async () => {
    const { stderr } = await run(['render', ...FILE, ...FLAGS, '--nope', '--cpu', 'x', '--plan', 'y'])
    expect(stderr).toContain('3 problems with the input')
  })
})

test('the exit status is 1 for a task that takes no sensor', async () => {
  const argv = ['render', '--task-definition', 'files/bridge.json', ...FLAGS]
  const { stdout, stderr, status } = await run(argv)
  expect(stderr).toMatch(/^error: no sensor for this task: networkMode is "bridge"/m)
  expect([stdout, status]).toEqual(['', 1])
})

test('help and version go to stdout and are no failure', async () => {
  expect(await run(['--version'])).toEqual({ stdout: `${VERSION}\n`, stderr: '', status: undefined })
  const { stdout, stderr } = await run(['render', '--help'])
  expect(stdout).toMatch(/^Usage: fargate-pcap render/)
  expect(stderr).toBe('')
})

describe('in a terminal that takes colour and rewrites lines', () => {
  const runThere = async (argv: readonly string[]) => {
    const terminal = new FakeTerminal({ colour: true, screen: true })
    const workspace = join(import.meta.dirname, '../fixtures')
    const environment = createEnvironment({ hasCredentials: false, workspace })
    await runCommand(argv, {
      environment,
      proxy: {},
      cancelled: new Promise(() => {}),
      exit: () => {},
      width: 100,
      terminal
    })
    return terminal
  }
  const ERROR = '\x1b[31merror:\x1b[39m '
  const WARNING = '\x1b[33mwarning:\x1b[39m '

  test.each([
    ['an unknown command', ['deploy'], ERROR],
    ['a bad option', ['render', ...FILE, ...FLAGS, '--cpu', 'x'], ERROR],
    ['a bad option of policy', ['policy', '--account', '12'], ERROR],
    ['a bad option of container', ['container'], ERROR],
    ['a warning of container', ['container', ...FLAGS], WARNING]
  ])('%s is marked', async (_name, argv, mark) => {
    expect((await runThere(argv)).written.stderr).toContain(mark)
  })

  test.each([
    ['render', ['render', ...FILE, ...FLAGS]],
    ['container', ['container', ...FLAGS]],
    ['policy', ['policy', ...FILE]],
    ['help', ['render', '--help']]
  ])('what %s leaves on stdout is bare, and no line is left behind', async (_name, argv) => {
    const terminal = await runThere(argv)
    expect(terminal.written.stdout).not.toContain('\x1b')
    expect(terminal.written.stdout).not.toBe('')
    expect(terminal.hasTimers()).toBe(false)
  })
})
