import { runCommand } from './command/command.ts'
import { readEnvironment } from './host/environment.ts'
import { terminalOf } from './host/process-terminal.ts'
import { untilCancelled } from './host/signals.ts'

/** `fargate-pcap`: options from the command line. */
export function command(): Promise<void> {
  const { argv, env, stdout } = process
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
