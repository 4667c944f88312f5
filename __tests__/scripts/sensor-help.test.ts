import { describe, expect, test } from '@jest/globals'
import { complaintsIn, flagsOf, problemsOfHelp } from '../../scripts/sensor-help.ts'
import { FLAGS, toArguments } from '../../src/sensor/flags.ts'

/** As a program prints it that is built on spf13/cobra 1.8. */
const HELP = `Capture traffic.

Usage:
  init apidump [flags]

Flags:
      --debug                          Say more.
      --filter expression              A packet filter expression, such as --filter below.
  -h, --help                           help for apidump
      --host-allow expressions         Keep only hosts that match one of these expressions.
      --host-exclusions strings        Leave out hosts that match.
      --levo-env string                Environment of the application.
      --levoai-org-id string           Identifier of the organization.
      --levoai-workspace-id string     Identifier of the workspace.
  -l, --log-format string              One of color, plain and json. (default "color")
      --max-http-length int            Bytes kept of a body. (default 10485760)
      --path-allow strings             Keep only paths that match.
      --path-exclusions strings        Leave out paths that match.
      --rate-limit float               Traces captured each minute. (default 1000)
      --satellite-url string           URL of the satellite that traces are sent to.
      --stream-timeout-seconds float   Seconds to wait for missing data of a stream. (default 10)
      --trace-export-interval float    Seconds between two exports. (default 10)
      --wait duration                  How long to wait. (default 1s)

Global Flags:
      --verbose   Say most.
`

const ARGUMENTS = toArguments({
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'staging',
  'levoai-org-id': 'example',
  'levoai-workspace-id': 'example',
  'rate-limit': '50.0',
  'trace-export-interval': '1.0',
  'stream-timeout-seconds': '2.0',
  'max-http-length': '1000000',
  filter: '--not-a-flag',
  'host-allow': ['a', 'b{1,2}'],
  'path-exclusions': ['^/health']
})

/** The help without a flag, or with another type of it. */
const change = (flag: string, line = '') =>
  HELP.replace(new RegExp(`^ +--${flag} .*\n`, 'm'), line && `      ${line}\n`)

describe('the help', () => {
  test('gives each flag its type, and one without a value none', () => {
    const flags = flagsOf(HELP)
    expect(flags.size).toBe(18)
    expect(flags.get('debug')).toBe('')
    expect(flags.get('help')).toBe('')
    expect(flags.get('log-format')).toBe('string')
    expect(flags.get('filter')).toBe('expression')
    expect(flags.get('verbose')).toBe('')
  })

  test('of a program that ends with an error instead is no help', () => {
    expect(() => flagsOf('exec ./bin/init: no such file or directory\n')).toThrow('no such file')
  })

  test('Windows line ends and flags without a description are read', () => {
    expect(flagsOf('      --a string\r\n      --b\r\n'.replaceAll('\r', ''))).toEqual(
      new Map([
        ['a', 'string'],
        ['b', '']
      ])
    )
  })
})

describe('our arguments', () => {
  test('fit the help of a sensor that knows them', () => {
    expect(problemsOfHelp(ARGUMENTS, HELP)).toEqual([])
  })

  test('every flag that can be rendered has to be there', () => {
    for (const flag of Object.keys(FLAGS)) {
      expect(problemsOfHelp([], change(flag))).toEqual([`--${flag} is not in the help`])
    }
  })

  test('what an old image is known to lack may be missing, and must be', () => {
    const lacking = ['levoai-workspace-id']
    expect(problemsOfHelp([], change('levoai-workspace-id'), lacking)).toEqual([])
    expect(problemsOfHelp([], HELP, lacking)).toEqual([
      '--levoai-workspace-id is in the help, although it is said to be missing'
    ])
  })

  test('2.0 is refused by a flag of whole numbers', () => {
    const help = change('stream-timeout-seconds', '--stream-timeout-seconds int   Seconds.')
    expect(problemsOfHelp(ARGUMENTS, help)).toEqual(['--stream-timeout-seconds takes whole numbers, not 2.0'])
    expect(problemsOfHelp(['--stream-timeout-seconds', '2'], help)).toEqual([])
  })

  test('a flag that takes no value would leave ours over', () => {
    const help = change('filter', '--filter   Filters.')
    expect(problemsOfHelp(ARGUMENTS, help)).toEqual(['--filter takes no value'])
  })

  test.each(['string', 'stringArray'])('expressions are CSV, which a %s does not read', type => {
    const help = change('host-allow', `--host-allow ${type}   Hosts.`)
    const problem = `--host-allow is a ${type}, which reads no CSV`
    expect(problemsOfHelp(ARGUMENTS, help)).toEqual([problem, problem])
  })

  test('what the user adds is left to the sensor', () => {
    expect(problemsOfHelp(['--no-such-flag', 'x'], HELP)).toEqual([])
  })
})

describe('the output', () => {
  test.each([
    'Error: unknown flag: --levoai-workspace-id',
    "Error: unknown shorthand flag: 'x' in -x",
    'Error: invalid argument "2.0" for "--stream-timeout-seconds" flag: strconv.ParseInt: parsing "2.0": invalid syntax',
    'Error: flag needs an argument: --filter',
    'Error: unknown command "true" for "init apidump"',
    '[ERROR] failed to compile path exclusion "(?=a)"',
    '[ERROR] failed to set BPF filter: syntax error'
  ])('complains: %s', line => {
    expect(complaintsIn(`[INFO] starting\r\n${line}\r\n\r\nUsage:\n  init apidump [flags]\n`)).toEqual([line])
  })

  test('of a sensor that can not reach its satellite is no complaint', () => {
    expect(complaintsIn('[INFO] Running learn mode on interfaces eth1\n[ERROR] connection refused\n')).toEqual([])
  })
})
