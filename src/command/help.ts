import { CODE_DEPLOY_NAMES } from '../options/code-deploy.ts'
import { IN_A_WORKFLOW } from '../options/comment.ts'
import { FLEET_OPTIONS, RHYTHM_NAMES, SCOPE_NAMES } from '../options/fleet.ts'
import { type Option, SECTIONS } from '../options/option.ts'
import { OPTIONS } from '../options/table.ts'
import { COMMANDS, type CommandName, fixedIn } from './commands.ts'
import { OWN_FLAGS, type OwnFlag } from './own-flags.ts'

/** What taking a sensor out has nothing to do with. */
const ONLY_TO_INSTALL = Object.entries<Option<unknown>>(OPTIONS)
  .filter(([, { section }]) => section === 'flags' || section === 'container')
  .map(([name]) => name)
  .filter(name => name !== 'image' && name !== 'aws-region')

/** What a look at a service has nothing to do with. */
const ONLY_TO_CHANGE = [
  'dry-run',
  'output-file',
  'tags',
  'force-new-deployment',
  'desired-count',
  'propagate-tags',
  'enable-ecs-managed-tags',
  'on-deployment-in-progress',
  'rollback-on-failure',
  ...CODE_DEPLOY_NAMES
]

const SOURCES = Object.entries<Option<unknown>>(OPTIONS)
  .filter(([, { section }]) => section === 'source')
  .map(([name]) => name)

/** Following goes with moving a service. */
const FOLLOWING = [
  'on-deployment-in-progress',
  'wait-for-service-stability',
  'wait-for-minutes',
  'wait-max-delay-seconds',
  'verify-sensor',
  'sensor-settle-seconds',
  'rollback-on-failure'
]

/** The sensor's log is read when it stops. */
const TELL_THE_LOG = [
  'container-name',
  'log-group',
  'log-stream-prefix',
  'log-configuration-log-driver',
  'log-configuration-options'
]

/** What is of one target, and none of a fleet's. */
const OF_ONE_TARGET = [...SOURCES, 'cluster', 'service', 'output-file', 'desired-count', ...CODE_DEPLOY_NAMES]

/** What is of other commands over a fleet. */
const OF_OTHER_MODES = ['matrix-size', 'fail-on', 'results-file']

/** What makes no difference to the rights of a run. */
const NO_RIGHTS = [
  ...Object.keys(FLEET_OPTIONS).filter(name => !SCOPE_NAMES.some(list => list === name)),
  'image',
  'task-definition-revision',
  'output-file',
  'tags',
  'force-new-deployment',
  'on-deployment-in-progress',
  'wait-for-minutes',
  'wait-max-delay-seconds',
  'sensor-settle-seconds',
  'codedeploy-deployment-description',
  'max-retries'
]

/** Options that make no sense for a command. */
const LEFT_OUT: Readonly<Record<CommandName, readonly string[]>> = {
  render: ['dry-run', 'output-file', ...FOLLOWING],
  install: OF_OTHER_MODES,
  remove: [...ONLY_TO_INSTALL, ...OF_OTHER_MODES],
  verify: [...ONLY_TO_INSTALL, ...ONLY_TO_CHANGE, ...SOURCES],
  // Tags are of the revision, so that it is outdated without them.
  discover: [
    'check-image',
    ...OF_ONE_TARGET,
    ...ONLY_TO_CHANGE.filter(name => name !== 'tags'),
    ...FOLLOWING,
    ...RHYTHM_NAMES,
    'results-file'
  ],
  restore: [
    ...ONLY_TO_INSTALL,
    ...OF_ONE_TARGET,
    ...SCOPE_NAMES,
    ...[
      'image',
      'tags',
      'wait-for-service-stability',
      'verify-sensor',
      'sensor-settle-seconds',
      'matrix-size',
      'fail-on'
    ]
  ],
  container: [
    'output-file',
    'dry-run',
    'tags',
    'force-new-deployment',
    'desired-count',
    'propagate-tags',
    'enable-ecs-managed-tags',
    ...CODE_DEPLOY_NAMES,
    ...FOLLOWING
  ],
  policy: [...ONLY_TO_INSTALL.filter(name => !TELL_THE_LOG.includes(name)), ...NO_RIGHTS]
}

const EXAMPLES: Readonly<Record<CommandName, string>> = {
  render:
    'fargate-pcap render --task-definition task-definition.json --aws-region us-west-2 \\\n' +
    '    --satellite-url https://satellite.example.com --levo-env staging --levoai-org-id ORG > rendered.json',
  install:
    'fargate-pcap install --cluster web --service api \\\n' +
    '    --satellite-url https://satellite.example.com --levo-env staging --levoai-org-id ORG',
  remove: 'fargate-pcap remove --cluster web --service api',
  verify: 'fargate-pcap verify --cluster web --service api --wait-for-service-stability',
  discover:
    "fargate-pcap discover --regions all --clusters 'prod-*' --fail-on absent,outdated,stopped \\\n" +
    '    --satellite-url https://satellite.example.com --levo-env production --levoai-org-id ORG',
  restore: 'fargate-pcap restore --results-file results.json',
  container:
    'fargate-pcap container --sensor-profile standard --aws-region us-west-2 --log-group /ecs/api-pcap \\\n' +
    '    --satellite-url https://satellite.example.com --levo-env staging --levoai-org-id ORG',
  policy:
    'fargate-pcap policy --task-definition task-definition.json --cluster web --service api \\\n' +
    '    --wait-for-service-stability --rollback-on-failure --account 123456789012 --aws-region us-west-2'
}

/** The text of `--help`, of the command or of one of its commands, at most `width` characters wide. */
export function help(command: CommandName | undefined, width: number): string {
  return command === undefined ? overview() : commandHelp(command, width)
}

function overview(): string {
  const commands = Object.entries(COMMANDS).map(([name, text]) => `  ${name.padEnd(11)}${text}`)
  return [
    'fargate-pcap adds the Levo.ai PCAP sensor to Amazon ECS task definitions.',
    '',
    'Usage: fargate-pcap COMMAND [OPTIONS]',
    '',
    ...commands,
    '',
    'Try first, which changes nothing:',
    `  ${EXAMPLES.render}`,
    '',
    'fargate-pcap COMMAND --help lists the options of a command. Results go to stdout, everything else to stderr;',
    'the exit status is 0 when done, 1 when something failed, 2 when the options are wrong.',
    ''
  ].join('\n')
}

function commandHelp(command: CommandName, width: number): string {
  const leftOut = [...fixedIn(command), ...IN_A_WORKFLOW, ...LEFT_OUT[command]]
  const sections = Object.entries(SECTIONS).flatMap(([section, title]) => {
    const rows = Object.entries<Option<unknown>>(OPTIONS)
      .filter(([name, option]) => option.section === section && !leftOut.includes(name))
      .flatMap(([name, option]) => row(name, option.placeholder, describe(option, command), width))
    return rows.length === 0 ? [] : ['', `${title}:`, ...rows]
  })
  const own = Object.entries<OwnFlag>(OWN_FLAGS)
    .filter(([, flag]) => flag.of.includes(command))
    .flatMap(([name, flag]) => row(name, flag.placeholder, flag.description, width))
  return [
    `Usage: fargate-pcap ${command} [OPTIONS]`,
    '',
    COMMANDS[command],
    '',
    'Example:',
    `  ${EXAMPLES[command]}`,
    ...sections,
    ...(own.length === 0 ? [] : ['', command === 'policy' ? 'What options do not tell:' : 'Result:', ...own]),
    '',
    'An option with several values is given once for each, or with a line for each.',
    ''
  ].join('\n')
}

function describe(option: Option<unknown>, command: CommandName): string {
  const text = option.description.replaceAll('`', '')
  if (option.required === true) return `${text} ${command === 'discover' ? WITHOUT : 'Required.'}`
  const { default: standard = option.fallback ?? 'false' } = option
  return standard === 'false' ? text : `${text} Default: ${standard}.`
}

/** Of what installing the sensor needs. */
const WITHOUT = 'Without it only presence and image are compared.'

const COLUMN = 34

function row(name: string, placeholder: string | undefined, description: string, width: number): string[] {
  const head = `  --${name}${placeholder === undefined ? '' : ` ${placeholder}`}`
  const [first = '', ...more] = wrap(description, Math.max(30, width - COLUMN))
  const rest = more.map(text => ' '.repeat(COLUMN) + text)
  return head.length < COLUMN ? [head.padEnd(COLUMN) + first, ...rest] : [head, ' '.repeat(COLUMN) + first, ...rest]
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current]
}
