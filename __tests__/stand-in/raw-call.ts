import type { JsonObject } from '../../stand-in/json.ts'
import type { StandIn } from '../../stand-in/server.ts'

export interface RawAnswer {
  status: number
  headers: Headers
  body: JsonObject
}

/** A signature of the right form for a Region and a service. */
export function signedFor(region: string, service = 'ecs'): string {
  const scope = `20260101/${region}/${service}/aws4_request`
  return `AWS4-HMAC-SHA256 Credential=key/${scope}, SignedHeaders=host, Signature=0`
}

/** What a call is signed for, by the API that its target names. */
function serviceOf(target = ''): string {
  if (target.startsWith('CodeDeploy_')) return 'codedeploy'
  return target.startsWith('Logs_') ? 'logs' : 'ecs'
}

/** A call without the SDK, which would hide what it does not know; a header given as undefined is left out. */
export async function rawCall(...call: Parameters<typeof rawResponse>): Promise<RawAnswer> {
  const response = await rawResponse(...call)
  return { status: response.status, headers: response.headers, body: (await response.json()) as JsonObject }
}

/** The same, for what is answered in another form. */
export function rawResponse(
  standIn: StandIn,
  operation: string,
  body: unknown,
  headers: Record<string, string | undefined> = {}
): Promise<Response> {
  const given = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
    ...headers
  }
  const authorization = signedFor(standIn.account.region, serviceOf(given['x-amz-target']))
  const sent = Object.entries({ authorization, ...given }).filter(
    (header): header is [string, string] => header[1] !== undefined
  )
  return fetch(standIn.url, {
    method: 'POST',
    headers: sent,
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })
}
