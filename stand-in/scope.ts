import type { IncomingHttpHeaders } from 'node:http'

export interface Scope {
  region: string
  /** As signatures call it, such as `ecs`. */
  service: string
}

/** What the credentials are for, by the signature: `Credential=KEY/DATE/REGION/SERVICE/aws4_request`. */
export function scopeOf({ authorization = '' }: IncomingHttpHeaders): Scope | undefined {
  const [, region, service] =
    /^AWS4-HMAC-SHA256 .*\bCredential=[^/,\s]+\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request\b/.exec(authorization) ?? []
  return region === undefined || service === undefined ? undefined : { region, service }
}
