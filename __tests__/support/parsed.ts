import { InputError } from '../../src/errors.ts'
import type { Environment, Options } from '../../src/options/options.ts'
import { parseOptions } from '../../src/options/parse.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { createEnvironment, createRaw } from './options.ts'

/** Options from the least that is needed and these. */
export function parse(
  raw: Readonly<Record<string, string>> = {},
  environment: Partial<Environment> = {}
): Promise<Options> {
  return parseOptions(createRaw(raw), createEnvironment(environment))
}

/** The sensor that they install. */
export async function parseSensor(
  raw: Readonly<Record<string, string>> = {},
  environment: Partial<Environment> = {}
): Promise<SensorOptions> {
  const { change } = await parse(raw, environment)
  if (change.kind !== 'install') throw new Error('nothing is installed')
  return change.sensor
}

/** Every problem with the least that is needed and these; none when they are accepted. */
export async function problemsWith(
  raw: Readonly<Record<string, string>> = {},
  environment: Partial<Environment> = {}
): Promise<readonly string[]> {
  try {
    await parse(raw, environment)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}
