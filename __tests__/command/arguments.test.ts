import { describe, expect, test } from '@jest/globals'
import { type Arguments, readArguments } from '../../src/command/arguments.ts'
import { InputError } from '../../src/errors.ts'

type Run = Extract<Arguments, { kind: 'run' }>

function run(...argv: readonly string[]): Run {
  const read = readArguments(argv)
  if (read.kind !== 'run') throw new Error(`it is ${read.kind}`)
  return read
}

describe('options', () => {
  test.each([
    ['with a value behind', ['--levo-env', 'staging'], { 'levo-env': 'staging' }],
    ['with a value behind =', ['--filter=port 80=x'], { filter: 'port 80=x' }],
    ['with an empty value', ['--levo-env='], { 'levo-env': '' }],
    ['given twice are two lines', ['--host-allow', 'a', '--host-allow=b'], { 'host-allow': 'a\nb' }],
    ['with several lines stay so', ['--tags', 'a=1\nb=2', '--tags', 'c=3'], { tags: 'a=1\nb=2\nc=3' }],
    [
      'that are true or false',
      ['--dry-run', '--force-new-deployment'],
      { 'dry-run': 'true', 'force-new-deployment': 'true' }
    ],
    ['that are false', ['--dry-run=false'], { 'dry-run': 'false' }],
    ['with a value that looks like a flag', ['--extra-args=--debug'], { 'extra-args': '--debug' }]
  ])('%s', (_name, argv, raw) => {
    expect(run('install', ...argv)).toEqual({
      kind: 'run',
      command: 'install',
      raw,
      own: new Map(),
      problems: []
    })
  })

  test('that other commands fix are given to policy', () => {
    expect(run('policy', '--mode=verify', '--register=false')).toMatchObject({
      raw: { mode: 'verify', register: 'false' },
      problems: []
    })
  })

  test.each<[string, string[], Record<string, string>]>([
    ['install', ['--services', 'a', '--services=b*', '--canary', '2'], { services: 'a\nb*', canary: '2' }],
    ['remove', ['--regions', 'all', '--max-parallel=9'], { regions: 'all', 'max-parallel': '9' }],
    ['discover', ['--clusters', '!x', '--fail-on=absent'], { clusters: '!x', 'fail-on': 'absent' }],
    ['restore', ['--results-file', 'r.json'], { 'results-file': 'r.json' }],
    ['policy', ['--mode=discover', '--families', 'x'], { mode: 'discover', families: 'x' }]
  ])('that make it a fleet are for %s: %j', (command, argv, raw) => {
    expect(run(command, ...argv)).toMatchObject({ command, raw, problems: [] })
  })

  test.each(['render', 'verify', 'container'])('that make it a fleet are none of %s', command => {
    expect(run(command, '--services', 'a', '--results-file=x').problems).toEqual([
      '--services: there is no such option; see fargate-pcap --help',
      '--results-file: there is no such option; see fargate-pcap --help'
    ])
  })

  test('may stand before the command', () => {
    expect(run('--levo-env', 'staging', 'render')).toMatchObject({ command: 'render', raw: { 'levo-env': 'staging' } })
  })
})

describe('flags of the command', () => {
  test.each([
    ['render', ['--output', 'x.json'], [['output', 'x.json']]],
    ['render', ['-o', 'x.json'], [['output', 'x.json']]],
    ['render', ['--write', 'x.json'], [['write', 'x.json']]],
    ['render', ['--plan'], [['plan', 'true']]],
    ['render', ['--plan=false'], []],
    ['container', ['--format', 'terraform'], [['format', 'terraform']]],
    ['install', ['--json'], [['json', 'true']]],
    ['remove', ['--json=false'], []],
    [
      'policy',
      ['--role', 'a', '--role=b', '--account', '1'],
      [
        ['role', 'a\nb'],
        ['account', '1']
      ]
    ],
    ['container', ['--format', 'ecs', '--format', 'terraform'], [['format', 'terraform']]]
  ])('%s %j', (command, argv, expected) => {
    const { own, raw, problems } = run(command, ...argv)
    expect([[...own], raw, problems]).toEqual([expected, {}, []])
  })
})

describe('a problem is', () => {
  test.each([
    ['an unknown flag', ['render', '--nope'], ['--nope: there is no such option; see fargate-pcap --help']],
    ['an unknown short flag', ['render', '-x'], ['-x: there is no such option; see fargate-pcap --help']],
    [
      'what the command fixes',
      ['render', '--mode=install', '--register=false'],
      [
        '--mode: there is no such option; see fargate-pcap --help',
        '--register: there is no such option; see fargate-pcap --help'
      ]
    ],
    [
      'what only a workflow has',
      ['install', '--comment-on-pull-request', '--github-token=x'],
      [
        '--comment-on-pull-request: there is no such option; see fargate-pcap --help',
        '--github-token: there is no such option; see fargate-pcap --help'
      ]
    ],
    ['a missing value', ['render', '--levo-env'], ['--levo-env: needs a value']],
    ['a missing file to write', ['render', '--output'], ['--output: needs a value']],
    ['an empty file to write', ['render', '--output='], ['--output: needs a value']],
    ['a word too many', ['render', 'task.json'], ['"task.json" is one word too many; values go behind a flag']],
    [
      'a value behind true or false',
      ['install', '--dry-run', 'false'],
      ['"false" is one word too many; values go behind a flag']
    ],
    ['an output elsewhere than in render', ['install', '--output', 'x'], ['--output: is for render only']],
    ['a role elsewhere than in policy', ['install', '--role', 'x'], ['--role: is for policy only']],
    ['a plan elsewhere than in render', ['container', '--plan'], ['--plan: is for render only']],
    [
      'JSON elsewhere than in install',
      ['render', '--json'],
      ['--json: is for install, remove, verify, discover, restore only']
    ],
    [
      'a format that nobody knows',
      ['container', '--format', 'xml'],
      ['--format: must be one of ecs, cloudformation, terraform, not "xml"']
    ]
  ])('%s', (_name, argv, problems) => {
    expect(run(...argv).problems).toEqual(problems)
  })

  test('every one, at once', () => {
    expect(run('install', 'x', '--nope', '--plan', '--levo-env').problems).toHaveLength(4)
  })
})

describe('without a run', () => {
  test.each([
    [[], { kind: 'help', command: undefined }],
    [['--help'], { kind: 'help', command: undefined }],
    [['help'], { kind: 'help', command: undefined }],
    [['-h'], { kind: 'help', command: undefined }],
    [['help', 'render'], { kind: 'help', command: 'render' }],
    [['render', '--help'], { kind: 'help', command: 'render' }],
    [['container', '-h', '--nope'], { kind: 'help', command: 'container' }],
    [['--version'], { kind: 'version' }]
  ])('%j', (argv, expected) => {
    expect(readArguments(argv)).toEqual(expected)
  })

  test.each([
    [['deploy'], 'command: must be one of ', 'not "deploy"'],
    [['--levo-env', 'x'], 'command: must be one of ', 'not ""']
  ])('%j is no command', (argv, start, end) => {
    expect(() => readArguments(argv)).toThrow(InputError)
    expect(() => readArguments(argv)).toThrow(start)
    expect(() => readArguments(argv)).toThrow(end)
  })
})
