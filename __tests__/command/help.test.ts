import { describe, expect, test } from '@jest/globals'
import { COMMANDS, type CommandName } from '../../src/command/commands.ts'
import { help } from '../../src/command/help.ts'
import { IN_A_WORKFLOW } from '../../src/options/comment.ts'
import { FLEET_OPTIONS } from '../../src/options/fleet.ts'
import type { Option } from '../../src/options/option.ts'
import { OPTIONS } from '../../src/options/table.ts'

const commands = Object.keys(COMMANDS) as CommandName[]

test('the overview names every command, how to begin and the exit status', () => {
  const text = help(undefined, 100)
  for (const [name, what] of Object.entries(COMMANDS)) expect(text).toMatch(new RegExp(`^  ${name} +${what}$`, 'm'))
  expect(text).toContain('Usage: fargate-pcap COMMAND [OPTIONS]')
  expect(text).toContain('0 when done, 1 when something failed, 2 when the options are wrong')
})

const listed = (text: string) => [...text.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name)

describe('the help of a command', () => {
  const deploying = [
    'force-new-deployment',
    'desired-count',
    'propagate-tags',
    'enable-ecs-managed-tags',
    'codedeploy-appspec',
    'codedeploy-application',
    'codedeploy-deployment-group',
    'codedeploy-deployment-description',
    'codedeploy-deployment-config'
  ]
  const following = [
    'on-deployment-in-progress',
    'wait-for-service-stability',
    'wait-for-minutes',
    'wait-max-delay-seconds',
    'verify-sensor',
    'sensor-settle-seconds',
    'rollback-on-failure'
  ]
  const changing = ['dry-run', 'output-file', 'tags', ...deploying, 'on-deployment-in-progress', 'rollback-on-failure']
  const fleet = Object.keys(FLEET_OPTIONS)
  const ofOtherModes = ['matrix-size', 'fail-on', 'results-file']
  test.each<[CommandName, readonly string[]]>([
    ['install', ofOtherModes],
    ['render', ['dry-run', 'output-file', ...following, ...fleet]],
    ['remove', ['satellite-url', 'rate-limit', 'cpu', 'log-group', 'task-size', ...ofOtherModes]],
    ['container', ['dry-run', 'output-file', 'tags', ...deploying, ...following, ...fleet]],
    ['verify', ['satellite-url', 'cpu', 'task-definition', 'task-definition-family', ...changing, ...fleet]]
  ])('%s mentions every option that applies', (command, without) => {
    const names = listed(help(command, 100))
    const installs = command !== 'remove' && command !== 'verify'
    const sections = command === 'verify' ? ['action'] : ['source', 'action']
    const applying = Object.entries<Option<unknown>>(OPTIONS)
      .filter(([name, { section }]) => installs || sections.includes(section) || name === 'image')
      .map(([name]) => name)
      .filter(name => !['mode', 'register', ...IN_A_WORKFLOW, ...without].includes(name))
    expect(names).toEqual(expect.arrayContaining(applying))
    for (const name of ['mode', 'register', ...IN_A_WORKFLOW, ...without]) expect(names).not.toContain(name)
  })

  test.each<[CommandName, readonly string[], readonly string[]]>([
    [
      'discover',
      ['satellite-url', 'cpu', 'tags', 'regions', 'clusters', 'services', 'families', 'fail-on', 'matrix-size', 'json'],
      ['task-definition', 'service', 'cluster', 'dry-run', ...following, 'canary', 'max-parallel', 'results-file']
    ],
    [
      'restore',
      ['results-file', 'dry-run', 'max-parallel', 'canary', 'rollback-on-failure', 'aws-region', 'json'],
      ['satellite-url', 'image', 'tags', 'regions', 'services', 'service', 'fail-on', 'matrix-size', 'verify-sensor']
    ],
    ['render', ['output', 'write', 'plan'], ['json', 'format']],
    ['install', ['json'], ['output', 'write', 'plan', 'format']],
    ['remove', ['json'], ['output', 'write', 'plan', 'format']],
    ['verify', ['json'], ['output', 'write', 'plan', 'format']],
    ['container', ['format'], ['output', 'write', 'plan', 'json']],
    [
      'policy',
      ['account', 'role', 'mode', 'register', 'regions', 'clusters', 'services', 'families'],
      ['output', 'write', 'plan', 'json', 'format', 'levo-env', 'image', 'canary', 'fail-on', 'results-file']
    ]
  ])('%s mentions its own flags alone', (command, own, others) => {
    const names = listed(help(command, 100))
    expect(names).toEqual(expect.arrayContaining([...own]))
    for (const name of others) expect(names).not.toContain(name)
  })

  test.each(commands)('%s says what is needed, what is the default and what a value looks like', command => {
    const flat = help(command, 100).replace(/\s+/g, ' ')
    const names = listed(help(command, 100))
    for (const [name, option] of Object.entries<Option<unknown>>(OPTIONS)) {
      if (!names.includes(name)) continue
      if (option.placeholder !== undefined) expect(flat).toContain(`--${name} ${option.placeholder} `)
      expect(flat).toContain(option.description.replaceAll('`', ''))
      if (option.default !== undefined && option.default !== 'false')
        expect(flat).toContain(`Default: ${option.default}.`)
    }
    expect(flat.match(/ Required\./g) ?? []).toHaveLength(['install', 'render', 'container'].includes(command) ? 3 : 0)
  })

  test('discover says what a sensor that is not known comes to', () => {
    const flat = help('discover', 100).replace(/\s+/g, ' ')
    expect(flat.match(/ Without it only presence and image are compared\./g)).toHaveLength(3)
  })

  test('what stands for an option that is not given is said, unless it is false', () => {
    const flat = help('install', 100).replace(/\s+/g, ' ')
    expect(flat).toContain('Cluster of the services, name or ARN. Default: default.')
    expect(flat).not.toContain('Default: false')
  })

  test.each([
    [80, 'install'],
    [100, 'render'],
    [120, 'container']
  ] as const)('fits into %i columns: %s', (width, command) => {
    const rows = help(command, width).split('\n')
    expect(rows.filter(row => row.length > width && row.includes(' '.repeat(20)))).toEqual([])
  })

  test.each(commands)('%s has an example that is one line to paste', command => {
    expect(help(command, 100)).toMatch(new RegExp(`^Example:\\n {2}fargate-pcap ${command} .*$`, 'm'))
  })
})
