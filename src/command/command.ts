import { messageOf } from '../errors.ts'
import { paintPrefixes, type Result, type Terminal, terminalHost } from '../host/terminal.ts'
import { main } from '../main.ts'
import type { Environment } from '../options/options.ts'
import { parseOptions, rawSecrets } from '../options/parse.ts'
import { FORMATS, type Format, writeFragment } from '../report/fragment.ts'
import { redactor } from '../report/redact.ts'
import { buildContainer } from '../sensor/container.ts'
import { VERSION } from '../version.ts'
import { type Arguments, type Run, readArguments } from './arguments.ts'
import type { CommandName } from './commands.ts'
import { help } from './help.ts'

export interface Surroundings {
  readonly environment: Environment
  readonly proxy: Readonly<Record<string, string | undefined>>
  readonly cancelled: Promise<string>
  readonly exit: (status: number) => void
  readonly terminal: Terminal
  /** Characters in a line of the terminal. */
  readonly width: number
}

/** `fargate-pcap`: the action's flow from a command line. */
export async function runCommand(
  argv: readonly string[],
  { environment, proxy, cancelled, exit, terminal, width }: Surroundings
): Promise<void> {
  let parsed: Arguments
  try {
    parsed = readArguments(argv)
  } catch (error) {
    paintPrefixes(terminal).stderr(`error: ${messageOf(error)}\n`)
    return terminal.exit(2)
  }
  if (parsed.kind === 'help') return terminal.stdout(help(parsed.command, width))
  if (parsed.kind === 'version') return terminal.stdout(`${VERSION}\n`)
  if (parsed.command === 'policy') {
    const { printPolicy } = await import('./print-policy.ts')
    return printPolicy(parsed, environment, paintPrefixes(terminal))
  }
  if (parsed.command === 'container' && !hasSource(parsed.raw)) return printContainer(parsed, environment, terminal)
  const { raw, problems } = optionsOf(parsed)
  const host = terminalHost(resultOf(parsed), terminal)
  await main({ raw, unknown: [], problems, environment, proxy, cancelled, exit, host })
}

/** The options that the command fixes, and those that its own flags stand for. */
const FIXED: Readonly<Record<CommandName, Readonly<Record<string, string>>>> = {
  render: { 'dry-run': 'true' },
  install: {},
  remove: { mode: 'remove' },
  verify: { mode: 'verify' },
  discover: { mode: 'discover' },
  restore: { mode: 'restore' },
  container: { 'dry-run': 'true' },
  policy: {}
}

function optionsOf({ command, raw, own, problems }: Run): Pick<Run, 'raw' | 'problems'> {
  const [write, output] = [own.get('write'), own.get('output')]
  if (write !== undefined && (output !== undefined || raw['task-definition'] !== undefined)) {
    return {
      raw,
      problems: [...problems, '--write: is source and target; give neither --task-definition nor --output with it']
    }
  }
  const file = write ?? output
  return {
    raw: {
      ...raw,
      ...(write === undefined ? {} : { 'task-definition': write }),
      ...(file === undefined ? {} : { 'output-file': file }),
      ...FIXED[command]
    },
    problems
  }
}

const MOVING: readonly CommandName[] = ['install', 'remove', 'discover', 'restore']

function resultOf({ command, own }: Run): Result {
  if (MOVING.includes(command)) return { kind: 'revision', json: own.has('json') }
  if (command === 'verify') return { kind: 'verdict', json: own.has('json') }
  if (command === 'container') return { kind: 'container', format: formatOf(own) }
  if (own.has('plan')) return { kind: 'plan' }
  return own.has('write') || own.has('output') ? { kind: 'file' } : { kind: 'definition' }
}

function formatOf(own: Run['own']): Format {
  return FORMATS.find(format => format === own.get('format')) ?? 'ecs'
}

function hasSource(raw: Readonly<Record<string, string>>): boolean {
  return ['task-definition', 'task-definition-family', 'task-definition-arn', 'service'].some(
    name => raw[name] !== undefined
  )
}

/** Without a task definition to look at there is nothing to share or to fit into: the container is made from the options alone. */
async function printContainer(
  { raw, own, problems }: Run,
  environment: Environment,
  terminal: Terminal
): Promise<void> {
  const redact = redactor(rawSecrets(raw))
  const { stderr } = paintPrefixes(terminal)
  // Made at once: nothing is waited for.
  const host = terminalHost({ kind: 'container', format: formatOf(own) }, { ...terminal, screen: undefined })
  host.hide(rawSecrets(raw))
  try {
    const { change, region } = await parseOptions(raw, environment, { containerOnly: true, problems })
    if (change.kind !== 'install') return
    const { container, notes } = buildContainer(change.sensor, { containerDefinitions: [] }, [], { region })
    for (const { level, text } of notes) stderr(`${redact(level === 'warning' ? `warning: ${text}` : text)}\n`)
    terminal.stdout(writeFragment(container, formatOf(own)))
    terminal.exit(0)
  } catch (error) {
    host.fail(error)
  }
}
