import { afterAll, afterEach, beforeAll } from '@jest/globals'
import nock from 'nock'

const NO_FILES = { AWS_CONFIG_FILE: '/no/such/file', AWS_SHARED_CREDENTIALS_FILE: '/no/such/file' }

/**
 * What a test file sends is answered by nock, or not at all; of AWS's variables there are those given alone. nock patches node:http itself,
 * which outlives a file's modules: undone at its end, or the next file meets it.
 */
export function useNock(variables: Readonly<Record<string, string>>): void {
  const before = { ...process.env }
  beforeAll(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
    Object.assign(process.env, NO_FILES, variables)
    if (!nock.isActive()) nock.activate()
    nock.disableNetConnect()
  })
  afterEach(() => nock.cleanAll())
  afterAll(() => {
    nock.restore()
    process.env = before
  })
}

export const ENVIRONMENT_KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' }
