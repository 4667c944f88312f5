import { ApiError } from '../api-error.ts'
import type { JsonObject } from '../json.ts'
import type { ListedRegion, OptInStatus } from '../regions.ts'
import type { Account } from '../state.ts'

const PARAMETER = /^(?:Action|Version|AllRegions|RegionName\.\d+|Filter\.\d+\.(?:Name|Value\.\d+))$/
const ENABLED: readonly OptInStatus[] = ['opt-in-not-required', 'opted-in']
/** Where a partition's endpoints end. */
const SUFFIXES: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov'
}
/** API reference, DescribeRegions: the filters that there are. */
const FILTERS = {
  endpoint: ({ regionEndpoint }) => regionEndpoint,
  'opt-in-status': ({ optInStatus }) => optInStatus,
  'region-name': ({ regionName }) => regionName
} as const satisfies Record<string, (region: Described) => string>

interface Described {
  regionName: string
  regionEndpoint: string
  optInStatus: OptInStatus
}

/** Of EC2: those that are enabled for the account, or all. A name that is not there is refused. */
export function describeRegions(account: Account, request: JsonObject): JsonObject {
  const unknown = Object.keys(request).find(name => !PARAMETER.test(name))
  if (unknown !== undefined) {
    throw new ApiError('UnknownParameter', `The parameter ${unknown} is not recognized`)
  }
  const all = flag(request.AllRegions)
  const named = listed(request, 'RegionName')
  const regions = account.regions().map(region => describe(account, region))
  const missing = named.find(name => regions.every(({ regionName }) => regionName !== name))
  // The texts of these refusals are our own.
  if (missing !== undefined) throw invalidValue(`The region '${missing}' does not exist.`)
  const tests = filters(request)
  return {
    regionInfo: regions
      .filter(({ regionName }) => named.length === 0 || named.includes(regionName))
      .filter(({ optInStatus }) => all || ENABLED.includes(optInStatus))
      .filter(region => tests.every(test => test(region)))
  }
}

function describe({ partition }: Account, { name, optInStatus = 'opt-in-not-required' }: ListedRegion): Described {
  const suffix = SUFFIXES[partition] ?? 'amazonaws.com'
  return { regionName: name, regionEndpoint: `ec2.${name}.${suffix}`, optInStatus }
}

function filters(request: JsonObject): ((region: Described) => boolean)[] {
  const names = Object.keys(request).filter(key => /^Filter\.\d+\.Name$/.test(key))
  return names.map(key => {
    const name = String(request[key])
    if (!isFilter(name)) throw invalidValue(`The filter '${name}' is invalid`)
    const values = listed(request, key.replace(/Name$/, 'Value'))
    return region => values.includes(FILTERS[name](region))
  })
}

function isFilter(name: string): name is keyof typeof FILTERS {
  return Object.hasOwn(FILTERS, name)
}

/** A list of the query protocol: `NAME.1`, `NAME.2` and so on. */
function listed(request: JsonObject, name: string): string[] {
  return Object.entries(request).flatMap(([key, value]) =>
    key.startsWith(`${name}.`) && /^\d+$/.test(key.slice(name.length + 1)) ? [String(value)] : []
  )
}

function flag(value: unknown = 'false'): boolean {
  if (value !== 'true' && value !== 'false') throw invalidValue(`Invalid value '${value}' for boolean`)
  return value === 'true'
}

function invalidValue(message: string): ApiError {
  return new ApiError('InvalidParameterValue', message)
}
