import { SCOPE_NAMES } from './fleet.ts'
import type { Environment } from './options.ts'
import type { Values } from './table.ts'

interface Resolved {
  readonly region: string
  readonly problems: readonly string[]
}

const UNKNOWN =
  'aws-region: no Region is known. Give the input, set AWS_REGION, or put aws-actions/configure-aws-credentials before this step'

const NAME = /^[a-z]{2,}(-[a-z0-9]+)+$/

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

/**
 * The Region that a fleet starts from: one that is named, else as ever. Its lists may name several, each of which is looked into. An earlier
 * run's results name all that are needed.
 */
export async function resolveFleetRegion(
  values: Values,
  environment: Environment,
  rightsOnly: boolean
): Promise<Resolved> {
  const own = values['aws-region']
  const { regions = [] } = values
  if (regions.length > 0) {
    if (own !== undefined) {
      return { region: '', problems: [`aws-region: must not be given with regions, which names them, not "${own}"`] }
    }
    const region = regions.find(name => NAME.test(name)) ?? (await around(environment))
    if (region) return checked(region)
    // Rights are those of all Regions then, wherever the list of them comes from.
    if (rightsOnly) return { region: '', problems: [] }
    return {
      region: '',
      problems: ['regions: no Region is known to ask for the list of all. Name one, or set AWS_REGION']
    }
  }
  if (values.mode === 'restore') return { region: own ?? (await around(environment)) ?? '', problems: [] }
  const named = new Map(SCOPE_NAMES.flatMap(name => (values[name] ?? []).flatMap(item => regionIn(item, name))))
  if (own !== undefined) named.set(own, 'aws-region')
  if (own !== undefined && named.size > 1) return { region: '', problems: [disagree(named)] }
  return checked([...named.keys()][0] ?? (await around(environment)))
}

/** The Region that an ARN names, with the input that it came with. */
function regionIn(text: string, input: string): [region: string, input: string][] {
  const region = /^arn:aws[a-z-]*:ecs:([a-z0-9-]+):/.exec(text)?.[1]
  return region === undefined ? [] : [[region, input]]
}

function disagree(named: ReadonlyMap<string, string>): string {
  const each = [...named].map(([region, input]) => `${region} (${input})`).join(' and ')
  return `aws-region: input and ARNs must name one Region, not ${each}`
}

async function around(environment: Environment): Promise<string | undefined> {
  return environment.region ?? (await environment.profileRegion())
}

function checked(region: string | undefined): Resolved {
  if (region === undefined || region === '') return { region: '', problems: [UNKNOWN] }
  if (NAME.test(region)) return { region, problems: [] }
  return { region, problems: [`aws-region: must be a Region such as us-west-2, not "${region}"`] }
}
