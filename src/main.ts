import { systemClock } from './deploy/clock.ts'
import type { Host } from './host/host.ts'
import type { Environment, Options } from './options/options.ts'
import { parseOptions, rawSecrets } from './options/parse.ts'
import { run } from './run.ts'
import { warning } from './task-definition/definition.ts'

export interface Invocation {
  readonly raw: Readonly<Record<string, string>>
  /** Inputs that we do not know; each is a warning. */
  readonly unknown: readonly string[]
  /** What was found wrong already, to be said with the rest. */
  readonly problems?: readonly string[]
  readonly environment: Environment
  readonly host: Host
  readonly proxy: Readonly<Record<string, string | undefined>>
}

/** From strings to the end of the run; the last catch is here. */
export async function main({ raw, unknown, problems = [], environment, host, proxy }: Invocation): Promise<void> {
  try {
    host.hide(rawSecrets(raw))
    const parsed = await parseOptions(raw, environment, { problems })
    const options = { ...parsed, notes: [...unknown.map(sayUnknown), ...parsed.notes] }
    const report = await run(options, {
      workspace: environment.workspace,
      clock: systemClock,
      ecs: once(() => connectTo(options, proxy)),
      onEvent: (event, report) => host.event(event, report)
    })
    await host.finish(report)
  } catch (error) {
    host.fail(error)
  }
}

const sayUnknown = (name: string) => warning(`unexpected input ${name}: it is none of this action's and is not used`)

/** The SDK is loaded by the first stage that needs AWS, and not at all without one. */
async function connectTo(options: Options, proxy: Invocation['proxy']) {
  const { connect } = await import('./ecs/client.ts')
  const { region, maxAttempts, provenance } = options
  return connect({ region, maxAttempts, userAgent: provenance.createdBy, proxy })
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
