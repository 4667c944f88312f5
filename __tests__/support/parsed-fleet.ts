import { InputError } from '../../src/errors.ts'
import type { Environment, FleetOptions } from '../../src/options/options.ts'
import { parseRun } from '../../src/options/parse.ts'
import { createEnvironment } from './options.ts'

/** What installing a sensor needs; a fleet takes no source. */
export const SENSOR_INPUTS = {
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'staging',
  'levoai-org-id': 'org-7f3a'
} as const

/** Options of a fleet from the sensor's inputs and these. */
export async function parseFleet(
  raw: Readonly<Record<string, string>>,
  environment: Partial<Environment> = {}
): Promise<FleetOptions> {
  const parsed = await parseRun({ ...SENSOR_INPUTS, ...raw }, createEnvironment(environment))
  if (parsed.kind !== 'fleet') throw new Error('it is a run on one target')
  return parsed.options
}

/** Every problem with the sensor's inputs and these, whatever run they make; none when they are accepted. */
export async function problemsOfFleet(
  raw: Readonly<Record<string, string>>,
  environment: Partial<Environment> = {}
): Promise<readonly string[]> {
  try {
    await parseRun({ ...SENSOR_INPUTS, ...raw }, createEnvironment(environment))
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}
