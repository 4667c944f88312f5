import type { Environment } from './options.ts'
import type { Values } from './table.ts'

export interface Resolved {
  readonly region: string
  readonly problems: readonly string[]
}

const UNKNOWN =
  'aws-region: no Region is known. Give the input, set AWS_REGION, or put aws-actions/configure-aws-credentials before this step'

export const REGION_NAME = /^[a-z]{2,}(-[a-z0-9]+)+$/

/** The Region to work in: the input's and the ARNs', which have to agree, else the environment's, else the profile's. */
export async function resolveRegion(values: Values, environment: Environment): Promise<Resolved> {
  const arns = [
    ...(values.cluster === undefined ? [] : [['cluster', values.cluster] as const]),
    ...(values.service ?? []).map(service => ['service', service] as const),
    ...(values['task-definition-arn'] === undefined
      ? []
      : [['task-definition-arn', values['task-definition-arn']] as const])
  ]
  const named = new Map(arns.flatMap(([input, arn]) => regionIn(arn, input)))
  if (values['aws-region'] !== undefined) named.set(values['aws-region'], 'aws-region')
  if (named.size > 1) return { region: '', problems: [disagree(named)] }
  return checked([...named.keys()][0] ?? (await around(environment)))
}

/** The Region that an ARN names, with the input that it came with. */
export function regionIn(text: string, input: string): [region: string, input: string][] {
  const region = /^arn:aws[a-z-]*:ecs:([a-z0-9-]+):/.exec(text)?.[1]
  return region === undefined ? [] : [[region, input]]
}

export function disagree(named: ReadonlyMap<string, string>): string {
  const each = [...named].map(([region, input]) => `${region} (${input})`).join(' and ')
  return `aws-region: input and ARNs must name one Region, not ${each}`
}

export async function around(environment: Environment): Promise<string | undefined> {
  return environment.region ?? (await environment.profileRegion())
}

export function checked(region: string | undefined): Resolved {
  if (region === undefined || region === '') return { region: '', problems: [UNKNOWN] }
  if (REGION_NAME.test(region)) return { region, problems: [] }
  return { region, problems: [`aws-region: must be a Region such as us-west-2, not "${region}"`] }
}
