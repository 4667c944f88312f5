import type { Entry, Skipped } from '../fleet/fleet.ts'
import { consoleLink } from './links.ts'
import { escaped } from './prose.ts'

/** `eu-west-1/prod/web`, or as much of it as there is. */
export function placeOf({ region, cluster, service }: Entry | Skipped): string {
  return [region, cluster, service].filter(name => name !== undefined).join('/')
}

/** The service's page in the console; its ARN is that of the revision but for the last part. */
export function serviceUrl({ arn, cluster, service }: Entry): string | undefined {
  return consoleLink(`${arn.split(':').slice(0, 5).join(':')}:service/${cluster}/${service}`)
}

/** `[web:7](…)`; without a console that is known, the name alone. */
export function linkRevision(arn: string): string {
  return linkTo(arn.slice(arn.lastIndexOf('/') + 1), consoleLink(arn))
}

export function linkService(entry: Entry, name = placeOf(entry)): string {
  return linkTo(name, serviceUrl(entry))
}

function linkTo(name: string, url: string | undefined): string {
  // Where a name holds what no name in ECS does, its link would end within the name.
  return url === undefined || /[\s()<>|\\]/.test(url) ? escaped(name) : `[${escaped(name)}](${url})`
}
