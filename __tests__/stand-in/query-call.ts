import type { StandIn } from '../../stand-in/server.ts'
import { signedFor } from './raw-call.ts'

export interface QueryAnswer {
  status: number
  headers: Headers
  xml: string
}

/** A call of EC2, as a form; a header given as undefined is left out. */
export async function queryCall(
  standIn: StandIn,
  form: Record<string, string> = {},
  headers: Record<string, string | undefined> = {}
): Promise<QueryAnswer> {
  const given = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    authorization: signedFor(standIn.account.region, 'ec2'),
    ...headers
  }
  const sent = Object.entries(given).filter((header): header is [string, string] => header[1] !== undefined)
  const body = new URLSearchParams({ Action: 'DescribeRegions', Version: '2016-11-15', ...form }).toString()
  const response = await fetch(standIn.url, { method: 'POST', headers: sent, body })
  return { status: response.status, headers: response.headers, xml: await response.text() }
}

/** What the elements of a name hold. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, content = '']) => content)
}
