import { runCommand } from './command/command.ts'
import { readEnvironment } from './host/environment.ts'
import { terminalOf } from './host/process-terminal.ts'
import { untilCancelled } from './host/signals.ts'

/** As package.json asks for; the runner brings its own for the action. */
const NODE = 24

/** `fargate-pcap`: options from the command line. */
export function command(): Promise<void> {
  const { argv, env, stdout, stderr, version } = process
  if (Number.parseInt(version.slice(1), 10) < NODE) {
    stderr.write(
      `error: fargate-pcap needs Node.js ${NODE} or later; this is ${version}. npx node in the place of node starts the one that npm ci brings\n`
    )
    process.exitCode = 2
    return Promise.resolve()
  }
  return runCommand(argv.slice(2), {
    environment: readEnvironment(env, process.cwd()),
    proxy: env,
    cancelled: untilCancelled(),
    exit: status => process.exit(status),
    // A terminal that does not know its width says 0.
    width: Math.min(stdout.columns || 100, 120),
    terminal: terminalOf(process)
  })
}
