import { isClockSkewCorrectedError, StandardRetryStrategy } from '@smithy/core/retry'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { SdkError } from '@smithy/types'
import { StepError } from '../errors.ts'
import { agentsThrough, type ProxyVariables } from '../proxy.ts'
import type { CallOptions, Ecs, Input, Operation, Output } from './ecs.ts'
import { explain } from './explain.ts'
import { clientsOf, SEND, type Shared } from './send.ts'
import type { Pace } from './wire.ts'

export interface Connection {
  readonly region: string
  /** Attempts for one call, the first included. */
  readonly maxAttempts: number
  readonly userAgent: string
  readonly proxy: ProxyVariables
  /** Milliseconds to wait before retry n, instead of the SDK's own; for tests. */
  readonly retryDelay?: (attempt: number) => number
  /** Waited for before every attempt of every call to ECS itself, retries included. */
  readonly pace?: Pace
  /** Instead of credentials of its own: those that connections to several Regions share. */
  readonly credentials?: Shared['credentials']
  /** The Region is one of a list of all that there may be: where its endpoint has no address there is no ECS, and it is not tried again. */
  readonly isUnsure?: boolean
}

/** The credentials of connections to several Regions: resolved once for all of them, and anew before they expire. */
export function credentialsOf({ region, proxy }: Connection): Shared['credentials'] {
  return clientsOf({ region, requestHandler: handlerThrough(proxy) }).ecs.config.credentials
}

/** Repeats nothing where the endpoint's name is known nowhere. */
class WhereThereIsAnEndpoint extends StandardRetryStrategy {
  override refreshRetryTokenForRetry(...args: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>) {
    const { code } = args[1].error as { code?: string }
    if (code === 'ENOTFOUND') return Promise.reject(new Error('not repeatable'))
    return super.refreshRetryTokenForRetry(...args)
  }
}

/** Retries only what ECS turned away (throttling, a signature by a wrong clock): whatever else failed may have been carried out. */
class ThrottlingOnly extends StandardRetryStrategy {
  override refreshRetryTokenForRetry(...args: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>) {
    const [, info] = args
    const turnedAway = info.errorType === 'THROTTLING' || isClockSkewCorrectedError(info.error as SdkError)
    if (!turnedAway) return Promise.reject(new Error('not repeatable'))
    return super.refreshRetryTokenForRetry(...args)
  }
}

/** ECS over the SDK: its credentials, signing, endpoints and retries around our own JSON. */
export function connect(connection: Connection): Ecs {
  const { region, maxAttempts, retryDelay, pace } = connection
  const backoff = retryDelay && { setDelayBase: () => {}, computeNextBackoffDelay: retryDelay }
  const retries = { maxAttempts, ...(backoff === undefined ? {} : { backoff }) }
  const shared = {
    region,
    maxAttempts,
    requestHandler: handlerThrough(connection.proxy),
    customUserAgent: connection.userAgent,
    ...(connection.credentials !== undefined && { credentials: connection.credentials })
  }
  const Repeat = connection.isUnsure ? WhereThereIsAnEndpoint : StandardRetryStrategy
  const repeating = clientsOf({ ...shared, retryStrategy: new Repeat(retries) }, pace)
  const credentials = repeating.ecs.config.credentials
  const once = clientsOf({ ...shared, credentials, retryStrategy: new ThrottlingOnly(retries) }, pace)
  const noRetries = new StandardRetryStrategy({ maxAttempts: 1 })
  const single = clientsOf({ ...shared, credentials, retryStrategy: noRetries }, pace)
  let hasAnswered = false
  return {
    region,
    async call<O extends Operation>(operation: O, input: Input<O>, options: CallOptions) {
      const { on, repeatable = true } = options
      try {
        const clients = options.single ? single : repeatable ? repeating : once
        const answer = (await SEND[operation](clients, JSON.stringify(input))) as Output<O>
        hasAnswered = true
        return answer
      } catch (error) {
        const explained = explain(error, operation, on, { hasAnswered })
        throw repeatable || !mayBeCarriedOut(error) ? explained : answerLost(explained)
      }
    }
  }
}

const CONNECT_SECONDS = 10
const ANSWER_SECONDS = 30

/** Throws InputError for proxy variables that are no URLs of proxies. */
export function handlerThrough(proxy: ProxyVariables): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: CONNECT_SECONDS * 1000,
    requestTimeout: ANSWER_SECONDS * 1000,
    throwOnRequestTimeout: true,
    ...agentsThrough(proxy)
  })
}

/** Whether a call that failed may have changed something all the same: no answer after sending, or a fault on AWS's side. */
function mayBeCarriedOut(error: unknown): boolean {
  const { name, code, $metadata, $response } = error as {
    name?: string
    code?: string
    $metadata?: { httpStatusCode?: number }
    $response?: { statusCode?: number }
  }
  // What was not let through by its pace was not sent.
  if (error instanceof StepError) return false
  if (name === 'CredentialsProviderError' || code === 'ECONNREFUSED' || code === 'ENOTFOUND') return false
  const status = $metadata?.httpStatusCode ?? $response?.statusCode
  if (error instanceof SyntaxError) return true
  return status === undefined || status >= 500 || status === 200
}

function answerLost(explained: StepError): StepError {
  return new StepError({
    code: 'answer-lost',
    what: `${explained.message.split('\n', 1)[0]}; whether it was carried out is not known`,
    cause: explained.cause
  })
}
