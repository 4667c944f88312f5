export interface Place {
  partition: string
  region: string
  accountId: string
}

/** `resource` is what follows the account, such as `service/CLUSTER/NAME`. */
export function ecsArn(place: Place, resource: string): string {
  return `arn:${place.partition}:ecs:${place.region}:${place.accountId}:${resource}`
}

/** Who calls, as far as registeredBy and denials are concerned: the stand-in does not look at signatures. */
export function callerArn(place: Place): string {
  return `arn:${place.partition}:sts::${place.accountId}:assumed-role/deployer/session`
}

/** The caller's role, as a service's createdBy names it. */
export function roleArn(place: Place): string {
  return `arn:${place.partition}:iam::${place.accountId}:role/deployer`
}

export interface Resource {
  kind: string
  /** The parts behind the kind, such as cluster and name of a service. */
  path: string[]
}

/** Nothing for a text that is not an ARN of an ECS resource in this place: another Region's or account's is unknown here. */
export function parseArn(place: Place, text: string): Resource | undefined {
  const start = ecsArn(place, '')
  if (!text.startsWith(start)) return undefined
  const [kind, ...path] = text.slice(start.length).split('/')
  return kind === undefined || path.length === 0 ? undefined : { kind, path }
}

export function isArn(text: string): boolean {
  return text.startsWith('arn:')
}
