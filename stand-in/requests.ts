import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { JsonObject } from './json.ts'
import { EC2_QUERY } from './protocols/ec2-query.ts'
import { JSON_1_1 } from './protocols/json.ts'
import type { Protocol } from './protocols/protocol.ts'
import { scopeOf } from './scope.ts'

export interface RecordedRequest {
  operation: string
  /** That it is signed for; the stand-in's first one if it is not signed. */
  region: string
  /** The members of a form as strings. */
  body: JsonObject
  rawBody: string
  headers: IncomingHttpHeaders
  /** `lost` as long as no answer went out. */
  status: number | 'lost'
}

export interface Received {
  request: RecordedRequest
  protocol: Protocol
  /** Whether its body is what the protocol wants; if not, `body` is empty. */
  isReadable: boolean
}

export async function receive(message: IncomingMessage, firstRegion: string): Promise<Received> {
  const { headers } = message
  const rawBody = await bodyOf(message)
  const protocol = protocolOf(headers)
  const read = protocol.read(rawBody)
  const body = read ?? {}
  const operation = protocol.operationOf(headers, body)
  const region = scopeOf(headers)?.region ?? firstRegion
  return {
    request: { operation, region, body, rawBody, headers, status: 'lost' },
    protocol,
    isReadable: read !== undefined
  }
}

function protocolOf(headers: IncomingHttpHeaders): Protocol {
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  return isForm && headers['x-amz-target'] === undefined ? EC2_QUERY : JSON_1_1
}

function bodyOf(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    message
      .on('data', (part: Buffer) => void parts.push(part))
      .on('end', () => resolve(Buffer.concat(parts).toString()))
      .on('error', reject)
  })
}
