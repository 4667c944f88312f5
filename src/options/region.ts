import type { Environment } from './options.ts'
import type { Values } from './table.ts'

/** ARNs that name a Region, by the input that they came with. */
function namedRegions(values: Values): Map<string, string> {
  const regions = new Map<string, string>()
  const add = (input: string, value: string | undefined) => {
    const region = value === undefined ? undefined : /^arn:aws[a-z-]*:ecs:([a-z0-9-]+):/.exec(value)?.[1]
    if (region !== undefined) regions.set(region, input)
  }
  add('cluster', values.cluster)
  for (const service of values.service ?? []) add('service', service)
  add('task-definition-arn', values['task-definition-arn'])
  if (values['aws-region'] !== undefined) regions.set(values['aws-region'], 'aws-region')
  return regions
}

/** The Region to work in: the input's and the ARNs', which have to agree, else the environment's, else the profile's. */
export async function resolveRegion(
  values: Values,
  environment: Environment
): Promise<{ region: string; problems: string[] }> {
  const named = namedRegions(values)
  if (named.size > 1) {
    const each = [...named].map(([region, input]) => `${region} (${input})`).join(' and ')
    return { region: '', problems: [`aws-region: input and ARNs must name one Region, not ${each}`] }
  }
  const region = [...named.keys()][0] ?? environment.region ?? (await environment.profileRegion())
  if (region === undefined || region === '') {
    const problem =
      'aws-region: no Region is known. Give the input, set AWS_REGION, or put aws-actions/configure-aws-credentials before this step'
    return { region: '', problems: [problem] }
  }
  if (/^[a-z]{2,}(-[a-z0-9]+)+$/.test(region)) return { region, problems: [] }
  return { region, problems: [`aws-region: must be a Region such as us-west-2, not "${region}"`] }
}
