import { runCommand } from './command/command.ts'
import { readEnvironment } from './host/environment.ts'
import { untilCancelled } from './host/signals.ts'

/** `fargate-pcap`: options from the command line. */
export function command(): Promise<void> {
  const { argv, env, stdout, stderr } = process
  return runCommand(argv.slice(2), {
    environment: readEnvironment(env, process.cwd()),
    proxy: env,
    cancelled: untilCancelled(),
    exit: status => process.exit(status),
    width: Math.min(stdout.columns ?? 100, 120),
    terminal: {
      stdout: text => void stdout.write(text),
      stderr: text => void stderr.write(text),
      exit: status => {
        process.exitCode = status
      }
    }
  })
}
