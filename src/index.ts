import { readEnvironment } from './host/environment.ts'
import { githubHost, readInputs } from './host/github.ts'
import { untilCancelled } from './host/signals.ts'
import { main } from './main.ts'
import { OPTIONS } from './options/table.ts'

/** The action: inputs and surroundings from the runner's variables. */
export function action(): Promise<void> {
  const { env } = process
  return main({
    ...readInputs(env, Object.keys(OPTIONS)),
    environment: readEnvironment(env),
    host: githubHost(env),
    proxy: env,
    cancelled: untilCancelled(),
    exit: status => process.exit(status)
  })
}
