import { readEnvironment } from './host/environment.ts'
import { githubHost, readInputs } from './host/github.ts'
import { untilCancelled } from './host/signals.ts'
import { main } from './main.ts'
import { OPTIONS } from './options/table.ts'

/** The action: inputs and surroundings from the runner's variables. Ends the process. */
export async function action(): Promise<void> {
  const { env } = process
  await main({
    ...readInputs(env, Object.keys(OPTIONS)),
    environment: readEnvironment(env),
    host: githubHost(env),
    proxy: env,
    cancelled: untilCancelled(),
    exit: status => process.exit(status)
  })
  // All is written by then. Left to end by itself, Node collects garbage first, and waits for connections that are kept open.
  process.exit()
}
