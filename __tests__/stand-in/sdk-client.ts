import { ECSClient } from '@aws-sdk/client-ecs'
import type { StandIn } from '../../stand-in/server.ts'

/** A client that tries each call once, in the first Region unless told otherwise. */
export function sdkClient(standIn: StandIn, region = standIn.account.region): ECSClient {
  return sdkClientAt(standIn.url, region)
}

export function sdkClientAt(endpoint: string, region: string): ECSClient {
  return new ECSClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1
  })
}
