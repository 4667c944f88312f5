import { messageOf } from '../errors.ts'
import { json, type Result, type Terminal, terminalHost } from '../host/terminal.ts'
import { main } from '../main.ts'
import type { Environment } from '../options/options.ts'
import { parseOptions, rawSecrets } from '../options/parse.ts'
import { redactor } from '../report/redact.ts'
import { buildContainer } from '../sensor/container.ts'
import { VERSION } from '../version.ts'
import { type Arguments, readArguments } from './arguments.ts'
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

type Run = Extract<Arguments, { kind: 'run' }>

/** `fargate-pcap`: the action's flow from a command line. */
export async function runCommand(
  argv: readonly string[],
  { environment, proxy, cancelled, exit, terminal, width }: Surroundings
): Promise<void> {
  let parsed: Arguments
  try {
    parsed = readArguments(argv)
  } catch (error) {
    terminal.stderr(`error: ${messageOf(error)}\n`)
    return terminal.exit(2)
  }
  if (parsed.kind === 'help') return terminal.stdout(help(parsed.command, width))
  if (parsed.kind === 'version') return terminal.stdout(`${VERSION}\n`)
  const { problems } = parsed
  if (parsed.command === 'container' && !hasSource(parsed.raw)) return printContainer(parsed, environment, terminal)
  const raw = parsed.command === 'install' ? parsed.raw : { ...parsed.raw, 'dry-run': 'true' }
  const host = terminalHost(resultOf(parsed), terminal)
  await main({ raw, unknown: [], problems, environment, proxy, cancelled, exit, host })
}

function resultOf(run: Run): Result {
  if (run.command === 'install') return { kind: 'revision', json: run.json }
  if (run.command === 'container') return { kind: 'container' }
  return run.plan ? { kind: 'plan' } : { kind: 'definition', output: run.output }
}

function hasSource(raw: Readonly<Record<string, string>>): boolean {
  return ['task-definition', 'task-definition-family', 'task-definition-arn', 'service'].some(
    name => raw[name] !== undefined
  )
}

/** Without a task definition to look at there is nothing to share or to fit into: the container is made from the options alone. */
async function printContainer({ raw, problems }: Run, environment: Environment, terminal: Terminal): Promise<void> {
  const redact = redactor(rawSecrets(raw))
  const host = terminalHost({ kind: 'container' }, terminal)
  host.hide(rawSecrets(raw))
  try {
    const { change, region } = await parseOptions(raw, environment, { containerOnly: true, problems })
    const { container, notes } = buildContainer(change.sensor, { containerDefinitions: [] }, [], { region })
    for (const { level, text } of notes) terminal.stderr(`${redact(level === 'warning' ? `warning: ${text}` : text)}\n`)
    terminal.stdout(json(container))
    terminal.exit(0)
  } catch (error) {
    host.fail(error)
  }
}
