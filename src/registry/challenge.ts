/** Where a registry sends whoever has no token yet (CNCF Distribution, "Token Authentication Specification"). */
export interface Challenge {
  readonly realm: string
  readonly service?: string | undefined
  readonly scope?: string | undefined
}

const PARAMETER = /(?<![a-z_])([a-z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/gi

/** The Bearer challenge of a `WWW-Authenticate` header, which may hold others; undefined where there is none. */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const [, parameters] = /(?:^|,\s*)Bearer\s+(.*)$/i.exec(header ?? '') ?? []
  if (parameters === undefined) return undefined
  const found: Record<string, string> = {}
  for (const [, name = '', quoted, bare] of parameters.matchAll(PARAMETER)) {
    found[name.toLowerCase()] ??= quoted?.replace(/\\(.)/g, '$1') ?? bare ?? ''
  }
  const { realm, service, scope } = found
  return realm === undefined ? undefined : { realm, service, scope }
}
