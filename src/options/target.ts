import type { Values } from './table.ts'

export interface NamedTarget {
  /** Name or ARN. */
  readonly cluster: string
  /** Names, or ARNs where an ARN was given; each once. */
  readonly services: readonly string[]
  readonly problems: readonly string[]
}

const SERVICE_ARN = /^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:service\/(?:([A-Za-z0-9_-]+)\/)?[A-Za-z0-9_-]+$/
const CLUSTER_ARN = /^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:cluster\/([A-Za-z0-9_-]+)$/
const NAME = /^[A-Za-z0-9_-]{1,255}$/

/** Which cluster and services are meant; a service's ARN may name the cluster, and then has to agree with `cluster`. */
export function nameTarget(values: Values): NamedTarget {
  const problems: string[] = []
  const services = [...new Set(values.service ?? [])]
  const named = new Set<string>()
  for (const service of services) {
    const arn = SERVICE_ARN.exec(service)
    if (arn?.[1] !== undefined) named.add(arn[1])
    if (arn === null && !NAME.test(service))
      problems.push(`service: must be names or ARNs of services, not "${service}"`)
  }
  const given = values.cluster ?? 'default'
  const cluster = CLUSTER_ARN.exec(given)?.[1] ?? given
  if (!NAME.test(cluster)) problems.push(`cluster: must be the name or ARN of a cluster, not "${given}"`)
  const others = [...named].filter(name => name !== cluster)
  if (named.size > 1 || (others.length > 0 && cluster !== 'default')) {
    const all = [...new Set([...(cluster === 'default' ? [] : [cluster]), ...named])]
    problems.push(`service: must be services of one cluster, not of ${all.join(' and ')}`)
  }
  return { cluster: others[0] ?? given, services, problems }
}
