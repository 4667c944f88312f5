import { ECSClient } from '@aws-sdk/client-ecs'
import { HttpRequest } from '@smithy/core/protocols'
import { type Connection, handlerThrough } from './client.ts'
import { explain } from './explain.ts'
import { regionsBeside } from './partitions.ts'

export interface RegionList {
  readonly regions: string[]
  /** Why these are not exactly the account's own. */
  readonly note?: string
}

/**
 * The Regions that are enabled for the account, as EC2 lists them. Where it does not, those of the partition that are known here, and a
 * note; one that is not enabled says so itself (StepError `region-not-enabled`), and one without ECS can not be reached. Throws StepError
 * `no-credentials` or `bad-credentials`, with which no Region would answer.
 */
export async function listRegions(connection: Connection): Promise<RegionList> {
  const { region } = connection
  // EC2's own client would triple what is bundled for this one call. By the id, this one takes the endpoint that is configured for EC2.
  const client = new ECSClient({
    ...{ region, serviceId: 'EC2', requestHandler: handlerThrough(connection.proxy) },
    ...(connection.credentials !== undefined && { credentials: connection.credentials })
  })
  try {
    return { regions: readNames(await describeRegions(client, connection)) }
  } catch (error) {
    const explained = explain(error, 'DescribeRegions', region)
    if (explained.code === 'no-credentials' || explained.code === 'bad-credentials') throw explained
    return { regions: regionsBeside(region), note: noteOf(explained.message) }
  } finally {
    client.destroy()
  }
}

interface Answer {
  readonly status: number
  readonly date: string | undefined
  readonly text: string
}

/** Attempts where EC2 is overloaded, or finds our clock wrong. */
const ATTEMPTS = 3
/** AWS takes no signature that is further from its own time. */
const MOST_SKEW_SECONDS = 300

async function describeRegions(client: ECSClient, { region, userAgent, retryDelay }: Connection): Promise<string> {
  const endpoint = await endpointOf(client, region)
  let skew = 0
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(client, endpoint, userAgent, new Date(Date.now() + skew))
    if (answer.status === 200) return answer.text
    // Not a number where the answer has no date, and then not above anything.
    const drift = Date.parse(answer.date ?? '') - Date.now()
    const isSkewed = Math.abs(drift - skew) > MOST_SKEW_SECONDS * 1000
    if (attempt === ATTEMPTS || (!isSkewed && answer.status < 500)) throw refusalIn(answer, attempt)
    if (isSkewed) skew = drift
    else await new Promise(resolve => setTimeout(resolve, retryDelay?.(attempt) ?? 1000 * attempt))
  }
}

/** What is configured for EC2, else what the SDK would take for ECS, with EC2's name in place of that. */
async function endpointOf({ config }: ECSClient, region: string): Promise<URL> {
  const configured = await config.serviceConfiguredEndpoint?.()
  if (configured !== undefined) return new URL(configured)
  const { url } = config.endpointProvider({
    Region: region,
    UseFIPS: await config.useFipsEndpoint(),
    UseDualStack: await config.useDualstackEndpoint()
  })
  return new URL(url.href.replace('://ecs', '://ec2'))
}

/** Without AllRegions, EC2 leaves out those that are not enabled (API reference, DescribeRegions). */
const BODY = 'Action=DescribeRegions&Version=2016-11-15'

async function ask({ config }: ECSClient, endpoint: URL, userAgent: string, signingDate: Date): Promise<Answer> {
  const request = new HttpRequest({
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path: endpoint.pathname,
    ...(endpoint.port !== '' && { port: Number(endpoint.port) }),
    headers: {
      host: endpoint.host,
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'content-length': String(BODY.length),
      'user-agent': userAgent
    },
    body: BODY
  })
  const signer = await config.signer()
  const signed = await signer.sign(request, { signingService: 'ec2', signingDate })
  const { response } = await config.requestHandler.handle(new HttpRequest(signed))
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return { status: response.statusCode, date: response.headers.date, text: Buffer.concat(chunks).toString('utf8') }
}

function readNames(text: string): string[] {
  const items = [...text.matchAll(/<item>(.*?)<\/item>/gs)].map(([, item = '']) => item)
  const enabled = items.filter(item => elementOf(item, 'optInStatus') !== 'not-opted-in')
  const names = enabled.flatMap(item => elementOf(item, 'regionName') ?? [])
  if (names.length === 0) throw new Error('the answer names no Region')
  return names
}

/** As the SDK would throw it, so that it is explained as all others are. */
function refusalIn({ status, text }: Answer, attempts: number): Error {
  const code = elementOf(text, 'Code')
  // The encoded message is for those who may decode it, and long.
  const message = elementOf(text, 'Message')?.replace(/\s*Encoded authorization failure message: \S+/, '')
  const error = new Error(message ?? `the answer is HTTP ${status}`)
  return Object.assign(error, { name: code ?? 'Error', $metadata: { httpStatusCode: status, attempts } })
}

/** The text of an element that holds nothing but text; names and codes have no entities in them. */
function elementOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
}

function noteOf(message: string): string {
  const [reason = ''] = message.split('\n', 1)
  return (
    `All Regions of the partition are looked in, and those that are not enabled for the account are skipped, since ${reason.replace(/\.$/, '')}. ` +
    'Allow ec2:DescribeRegions on *, or name the regions.'
  )
}
