import { ECSClient } from '@aws-sdk/client-ecs'
import { type Connection, handlerThrough } from './client.ts'
import { explain } from './explain.ts'
import { regionsBeside } from './partitions.ts'
import { type Answer, callSigned, type SignedCall } from './signed-call.ts'

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
    return { regions: readNames(await callSigned(client, connection, DESCRIBE_REGIONS)) }
  } catch (error) {
    const explained = explain(error, 'DescribeRegions', region)
    if (explained.code === 'no-credentials' || explained.code === 'bad-credentials') throw explained
    return { regions: regionsBeside(region), note: noteOf(explained.message) }
  } finally {
    client.destroy()
  }
}

/** Without AllRegions, EC2 leaves out those that are not enabled (API reference, DescribeRegions). */
const DESCRIBE_REGIONS: SignedCall = {
  service: 'ec2',
  prefix: () => 'ec2',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: 'Action=DescribeRegions&Version=2016-11-15',
  refusalIn
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
