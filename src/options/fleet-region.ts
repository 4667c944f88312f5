import { SCOPE_NAMES } from './fleet.ts'
import type { Environment } from './options.ts'
import { around, checked, disagree, REGION_NAME, type Resolved, regionIn } from './region.ts'
import type { Values } from './table.ts'

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
    const region = regions.find(name => REGION_NAME.test(name)) ?? (await around(environment))
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
