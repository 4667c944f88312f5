import type { ECSClient } from '@aws-sdk/client-ecs'
import { HttpRequest } from '@smithy/core/protocols'
import type { Connection } from './client.ts'

/** A call to an API that has no client here: an ECS client's parts carry and sign it. */
export interface SignedCall {
  /** As the API's signatures name it. */
  readonly service: string
  /** What the host of ECS becomes that of the API by: `https://ecs…` begins so instead. */
  readonly prefix: (dualStack: boolean) => string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The error that an answer stands for, as the SDK would throw it. */
  readonly refusalIn: (answer: Answer, attempts: number) => Error
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly date: string | undefined
  readonly text: string
}

/** Attempts where the API is overloaded, or finds our clock wrong. */
const ATTEMPTS = 3
/** AWS takes no signature that is further from its own time. */
const MOST_SKEW_SECONDS = 300

/** The text of the answer. The client has to be made with the API's own service id, by which it finds an endpoint that is configured. */
export async function callSigned(client: ECSClient, connection: Connection, call: SignedCall): Promise<string> {
  const endpoint = await endpointOf(client, connection.region, call)
  let skew = 0
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(client, endpoint, connection.userAgent, call, new Date(Date.now() + skew))
    if (answer.status === 200) return answer.text
    // Not a number where the answer has no date, and then not above anything.
    const drift = Date.parse(answer.date ?? '') - Date.now()
    const isSkewed = Math.abs(drift - skew) > MOST_SKEW_SECONDS * 1000
    if (attempt === ATTEMPTS || (!isSkewed && answer.status < 500)) throw call.refusalIn(answer, attempt)
    if (isSkewed) skew = drift
    else await new Promise(resolve => setTimeout(resolve, connection.retryDelay?.(attempt) ?? 1000 * attempt))
  }
}

/** What is configured for the API, else what the SDK would take for ECS, with the API's name in place of that. */
async function endpointOf({ config }: ECSClient, region: string, { prefix }: SignedCall): Promise<URL> {
  const configured = await config.serviceConfiguredEndpoint?.()
  if (configured !== undefined) return new URL(configured)
  const dualStack = await config.useDualstackEndpoint()
  const { url } = config.endpointProvider({
    Region: region,
    UseFIPS: await config.useFipsEndpoint(),
    UseDualStack: dualStack
  })
  return new URL(url.href.replace('://ecs', `://${prefix(dualStack)}`))
}

async function ask(
  { config }: ECSClient,
  endpoint: URL,
  userAgent: string,
  { service, headers, body, signal }: SignedCall,
  signingDate: Date
): Promise<Answer> {
  const request = new HttpRequest({
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path: endpoint.pathname,
    ...(endpoint.port !== '' && { port: Number(endpoint.port) }),
    headers: {
      ...headers,
      host: endpoint.host,
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': userAgent
    },
    body
  })
  const signer = await config.signer()
  const signed = await signer.sign(request, { signingService: service, signingDate })
  const options = signal === undefined ? {} : { abortSignal: signal }
  const { response } = await config.requestHandler.handle(new HttpRequest(signed), options)
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return { status: response.statusCode, date: response.headers.date, text: Buffer.concat(chunks).toString('utf8') }
}
