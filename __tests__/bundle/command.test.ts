import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { SENSOR_FLAGS, useStage } from '../support/bundle-stage.ts'
import { asGiven, modeOf } from '../support/file-mode.ts'
import { listOf, shop } from '../support/flow-definitions.ts'

const stage = useStage()
const STACK = /^\s+at .+:\d+:\d+\)?$/m
/** No credentials anywhere. */
const OFFLINE = { AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' }

beforeEach(() => stage().file('shop.json', shop()))

describe('render', () => {
  test('prints exactly the JSON, and the text goes to stderr', async () => {
    const s = stage()
    const run = await s.command(['render', '--task-definition', 'shop.json', ...SENSOR_FLAGS], OFFLINE)
    expect(run.status).toBe(0)
    const rendered = JSON.parse(run.stdout)
    expect(run.stdout).toBe(`${JSON.stringify(rendered, null, 2)}\n`)
    expect(listOf(rendered.containerDefinitions).map(({ name }) => name)).toEqual(['counter', 'levo-pcap-sensor'])
    expect(run.stderr).toContain('Task definition: file shop.json')
    expect(s.calls()).toEqual([])
  })

  test('--output writes a private file and leaves stdout empty', async () => {
    const s = stage()
    const args = ['render', '--task-definition', 'shop.json', '--output', 'out.json', ...SENSOR_FLAGS]
    const run = await s.command(args, OFFLINE)
    expect(run).toMatchObject({ status: 0, stdout: '' })
    const path = join(s.workspace, 'out.json')
    expect(JSON.parse(await readFile(path, 'utf8')).family).toBe('shop')
    expect(modeOf(path)).toBe(asGiven(0o600))
  })

  test('--plan prints the diff instead', async () => {
    const run = await stage().command(['render', '--plan', '--task-definition', 'shop.json', ...SENSOR_FLAGS], OFFLINE)
    expect(run.status).toBe(0)
    expect(run.stdout).toMatch(/^\+.*"name": "levo-pcap-sensor"/m)
    expect(run.stdout.split('\n').filter(line => line !== '' && !/^(?:[+ -]|@@ .* @@$)/.test(line))).toEqual([])
  })

  test('changes nothing with credentials either', async () => {
    const s = stage()
    s.standIn.account.addTaskDefinition(shop())
    s.standIn.account.addService({ name: 'web', taskDefinition: 'shop:1' })
    const run = await s.command(['render', '--service', 'web', ...SENSOR_FLAGS])
    expect(run.status).toBe(0)
    expect(s.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition'])
    expect(JSON.parse(run.stdout).containerDefinitions).toHaveLength(2)
  })

  test('what it rendered renders to itself', async () => {
    const s = stage()
    const first = await s.command(['render', '--task-definition', 'shop.json', ...SENSOR_FLAGS], OFFLINE)
    await s.file('again.json', first.stdout)
    const second = await s.command(['render', '--task-definition', 'again.json', ...SENSOR_FLAGS], OFFLINE)
    expect(second.stdout).toBe(first.stdout)
  })
})

describe('install', () => {
  test("prints the revision's ARN alone", async () => {
    const s = stage()
    s.standIn.account.addTaskDefinition(shop())
    s.standIn.account.addService({ cluster: 'prod', name: 'web', taskDefinition: 'shop:1' })
    const run = await s.command(['install', '--cluster', 'prod', '--service', 'web', ...SENSOR_FLAGS])
    const arn = s.arn('task-definition/shop:2')
    expect(run).toMatchObject({ status: 0, stdout: `${arn}\n` })
    expect(run.stderr).toContain('levo-pcap-sensor')
    expect(s.standIn.account.services.get(s.arn('service/prod/web'))?.taskDefinition).toBe(arn)
    const keys = s.standIn.account.tags.get(arn)?.map(({ key }) => key)
    expect(keys).toEqual(['levoai:created_by'])
  })

  test('--json prints every result', async () => {
    const s = stage()
    const run = await s.command(['install', '--json', '--task-definition', 'shop.json', ...SENSOR_FLAGS])
    expect(run.status).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({
      'task-definition-arn': s.arn('task-definition/shop:1'),
      changed: 'true',
      results: [{ taskDefinition: s.arn('task-definition/shop:1') }]
    })
  })

  test('what fails is on stderr, with exit status 1 and nothing on stdout', async () => {
    const s = stage()
    s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'deny', times: Infinity })
    const run = await s.command(['install', '--task-definition-family', 'shop', ...SENSOR_FLAGS])
    expect(run).toMatchObject({ status: 1, stdout: '' })
    expect(run.stderr).toContain('error: ecs:DescribeTaskDefinition on shop failed')
    expect(run.stderr).not.toMatch(STACK)
  })

  test('a dry run prints no ARN of a revision that is not there', async () => {
    const s = stage()
    const run = await s.command(['install', '--dry-run', '--task-definition', 'shop.json', ...SENSOR_FLAGS])
    expect(run.status).toBe(0)
    expect(run.stdout.trim()).toBe('')
    expect(s.calls()).toEqual(['DescribeTaskDefinition'])
  })
})

describe('bad usage and bad input have exit status 2, and ask AWS nothing', () => {
  test.each([
    ['an unknown command', ['instal'], /command: .*instal/],
    [
      'an unknown flag',
      ['install', '--service', 'web', '--levo-enviroment', 'x', ...SENSOR_FLAGS],
      /--levo-enviroment/
    ],
    ['a flag without its value', ['install', ...SENSOR_FLAGS, '--service'], /--service: needs a value/],
    ['a word too many', ['install', 'web', '--service', 'web', ...SENSOR_FLAGS], /"web"/],
    ['no source', ['install', ...SENSOR_FLAGS], /task-definition/],
    [
      'missing flags of the sensor',
      ['install', '--service', 'web'],
      /satellite-url[\s\S]*levo-env[\s\S]*levoai-org-id/
    ],
    ['a file that is not there', ['render', '--task-definition', 'absent.json', ...SENSOR_FLAGS], /absent\.json/],
    ['a flag of another command', ['install', '--plan', '--service', 'web', ...SENSOR_FLAGS], /--plan/]
  ])('%s', async (_fault, args, words) => {
    const s = stage()
    const run = await s.command(args)
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toMatch(words)
    expect(run.stderr).not.toMatch(STACK)
    expect(s.calls()).toEqual([])
  })
})

describe('without a terminal', () => {
  const shopFile = ['--task-definition', 'shop.json', ...SENSOR_FLAGS]

  test.each([
    ['a definition', ['render', ...shopFile]],
    ['a plan', ['render', '--plan', ...shopFile]],
    ['a container', ['container', ...shopFile]]
  ])('%s on stdout is bare, whatever is forced', async (_name, args) => {
    const plain = await stage().command(args, OFFLINE)
    const forced = await stage().command(args, { ...OFFLINE, FORCE_COLOR: '1' })
    expect(plain.stdout + plain.stderr).not.toContain('\x1b')
    expect(forced.stdout).toBe(plain.stdout)
    expect([plain.stderr, forced.stderr].join('')).not.toContain('\r')
  })
})

describe('help and version', () => {
  test.each([[['--help']], [['help']], [[]]])('%j lists the commands', async args => {
    const run = await stage().command(args, {})
    expect(run).toMatchObject({ status: 0, stderr: '' })
    for (const command of ['render', 'install', 'container'])
      expect(run.stdout).toMatch(new RegExp(`^ +${command} `, 'm'))
  })

  test('install --help lists its options', async () => {
    const run = await stage().command(['install', '--help'], {})
    expect(run.status).toBe(0)
    for (const flag of ['--satellite-url', '--service', '--force-new-deployment', '--json']) {
      expect(run.stdout).toContain(flag)
    }
  })

  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await stage().command(['--version'], {})).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })
})
