import { ECSClient } from '@aws-sdk/client-ecs'
import type { StandIn } from '../../stand-in/server.ts'

/** A client that tries each call once. */
export function sdkClient(standIn: StandIn): ECSClient {
  return new ECSClient({
    endpoint: standIn.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1
  })
}
