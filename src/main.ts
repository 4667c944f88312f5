import { systemClock } from './deploy/clock.ts'
import type { Deployment } from './deploy/deployment.ts'
import type { Connection } from './ecs/client.ts'
import type { Ecs } from './ecs/ecs.ts'
import { StepError } from './errors.ts'
import { emptyReport, type World } from './flow.ts'
import type { Host } from './host/host.ts'
import type { Environment, Options } from './options/options.ts'
import { parseRun, rawSecrets } from './options/parse.ts'
import { proxyCredentials } from './options/proxy-credentials.ts'
import type { FindImage } from './registry/found.ts'
import type { Report } from './report/report.ts'
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
  /** Resolves with the signal's name when the run is to end now. */
  readonly cancelled: Promise<string>
  /** Ends the process, whatever is still under way. */
  readonly exit: (status: number) => void
}

/** From strings to the end of the run; the last catch is here. */
export async function main(invocation: Invocation): Promise<void> {
  const { raw, unknown, problems = [], environment, host, proxy } = invocation
  let isBegun = false
  try {
    host.hide([...rawSecrets(raw), ...proxyCredentials(proxy)])
    const parsed = await parseRun(raw, environment, { problems })
    const noted = <O extends Options>(options: O): O => ({
      ...options,
      notes: [...unknown.map(sayUnknown), ...options.notes]
    })
    isBegun = true
    if (parsed.kind === 'one') return await runToTheEnd(noted(parsed.options), invocation)
    const { runFleetToTheEnd } = await import('./main-fleet.ts')
    await runFleetToTheEnd({ ...parsed.options, each: noted(parsed.options.each) }, invocation)
  } catch (error) {
    host.fail(error, isBegun)
  }
}

const sayUnknown = (name: string) => warning(`unexpected input ${name}: it is none of this action's and is not used`)

/**
 * Runs the flow, or ends it when it is cancelled: from then on no call leaves that could change anything, and what is known by
 * then is what is reported. Nothing is rolled back.
 */
async function runToTheEnd(options: Options, { environment, host, proxy, cancelled, exit }: Invocation): Promise<void> {
  let latest: Report | undefined
  let isCancelled = false
  const world: World = {
    workspace: environment.workspace,
    clock: systemClock,
    ecs: once(async () => stopAt(await connectTo(options, proxy), () => isCancelled)),
    findImage: findImageBy(connectionOf(options, proxy)),
    onEvent: (event, report) => {
      if (isCancelled) return
      latest = report
      host.event(event, report)
    }
  }
  const signal = cancelled.then(name => {
    isCancelled = true
    return name
  })
  const report = await Promise.race([run(options, world), signal])
  if (typeof report !== 'string') return host.finish(report, options.comment)
  // Who cancels waits for nothing: the comment stays as it was.
  await host.finish({ ...(latest ?? emptyReport(options)), error: cancellation(report, latest) })
  exit(1)
}

function cancellation(signal: string, latest: Report | undefined): StepError {
  const registered =
    latest?.registration?.outcome === 'registered' ? `${latest.registration.arn} is registered and stays. ` : ''
  const underWay = (latest?.services ?? []).flatMap(result =>
    result.kind === 'moved' && result.deployment.outcome === 'started'
      ? [
          `${result.deployment.service}: deployment ${idOf(result.deployment)} to ${result.deployment.arn} goes on in AWS. `
        ]
      : []
  )
  return new StepError({
    code: 'cancelled',
    what: `the run was cancelled (${signal}): nothing more is sent that changes anything, and nothing is put back.`,
    hint: `${registered}${underWay.join('')}A call that had left already may still be carried out.`
  })
}

function idOf({ deploymentId, codeDeployDeploymentId }: Deployment): string {
  return deploymentId ?? codeDeployDeploymentId ?? ''
}

export function stopAt(ecs: Ecs, isCancelled: () => boolean): Ecs {
  return {
    ...ecs,
    call: (operation, input, options) =>
      isCancelled()
        ? Promise.reject(new StepError({ code: 'cancelled', what: 'the run was cancelled' }))
        : ecs.call(operation, input, options)
  }
}

/** The SDK is loaded by the first stage that needs AWS, and not at all without one. */
async function connectTo(options: Options, proxy: Invocation['proxy']) {
  const { connect } = await import('./ecs/client.ts')
  return connect(connectionOf(options, proxy))
}

export function connectionOf({ region, maxAttempts, provenance }: Options, proxy: Invocation['proxy']): Connection {
  return { region, maxAttempts, userAgent: provenance.createdBy, proxy }
}

/** What asks registries is loaded when the first is asked. */
export function findImageBy(connection: Connection): FindImage {
  const finder = once(async () => (await import('./registry/find-image.ts')).imageFinder(connection))
  return async image => (await finder())(image)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
