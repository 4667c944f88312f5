import { isArn } from './arns.ts'
import type { JsonObject } from './json.ts'
import { string, strings } from './json.ts'
import { takesCluster } from './operations.ts'

export type Subject = 'cluster' | 'service' | 'family'

/** The members of a request that name something; what they say may be an ARN as well. */
const NAMING: Readonly<Record<string, Subject>> = {
  cluster: 'cluster',
  clusters: 'cluster',
  service: 'service',
  services: 'service',
  serviceName: 'service',
  family: 'family',
  taskDefinition: 'family'
}

/** What the parts of an ARN's path are. */
const PATHS: Readonly<Record<string, readonly Subject[]>> = {
  cluster: ['cluster'],
  service: ['cluster', 'service'],
  'service-deployment': ['cluster', 'service'],
  'service-revision': ['cluster', 'service'],
  task: ['cluster'],
  'task-definition': ['family']
}

/** Whether a request names something: by its name or in an ARN, alone or among others. */
export function isAbout(operation: string, body: JsonObject, subject: Subject, name: string): boolean {
  if (subject === 'cluster' && name === 'default' && body.cluster === undefined && takesCluster(operation)) return true
  return Object.entries(body).some(([member, value]) =>
    [string(value) ?? [], strings(value)].flat().some(text => namedIn(member, text)[subject] === name)
  )
}

function namedIn(member: string, text: string): Partial<Record<Subject, string>> {
  const subject = NAMING[member]
  if (!isArn(text)) return subject === undefined ? {} : { [subject]: withoutRevision(text) }
  const [, kind = '', rest = ''] = /^arn:[^:]+:ecs:[^:]*:[^:]*:([a-z-]+)\/(.+)$/.exec(text) ?? []
  const path = rest.split('/')
  // An old short ARN of a service has no cluster.
  const parts = kind === 'service' && path.length === 1 ? (['service'] as const) : (PATHS[kind] ?? [])
  return Object.fromEntries(parts.map((part, index) => [part, withoutRevision(path[index] ?? '')]))
}

/** Only a task definition's name has a colon. */
function withoutRevision(name: string): string {
  return name.replace(/:.*$/, '')
}
