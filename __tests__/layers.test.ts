import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '..')

/**
 * What a room may import besides itself. `types of X` allows `import type` only. A room that is not named here, or an import
 * that is not allowed, fails.
 */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'version.ts': [],
  'proxy.ts': ['errors.ts', 'node:http', 'node:https'],
  'task-definition': ['errors.ts', 'types of @aws-sdk/client-ecs'],
  sensor: ['task-definition', 'errors.ts', 're2js'],
  policy: ['types of ecs'],
  ecs: [
    'task-definition',
    'policy',
    'errors.ts',
    'proxy.ts',
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-codedeploy',
    '@aws-sdk/client-ecs',
    '@smithy/core/protocols',
    '@smithy/core/retry',
    '@smithy/node-http-handler',
    'types of @smithy/types'
  ],
  registry: ['task-definition', 'sensor', 'ecs', 'errors.ts', 'proxy.ts', 'node:http', 'node:https'],
  source: ['task-definition', 'ecs', 'errors.ts', 'node:fs', 'node:path', 'jsonc-parser', 'yaml'],
  layout: ['task-definition', 'errors.ts', 'jsonc-parser', 'yaml'],
  deploy: ['task-definition', 'ecs', 'errors.ts', 'types of source', 'node:crypto'],
  fleet: ['task-definition', 'ecs', 'errors.ts', 'types of deploy', 'p-limit', 'picomatch'],
  report: ['task-definition', 'sensor', 'errors.ts', 'diff', 'types of deploy', 'types of fleet'],
  options: ['task-definition', 'sensor', 'fleet', 'errors.ts', 'source', 'types of deploy'],
  'failures.ts': ['errors.ts'],
  'check-image.ts': ['task-definition', 'sensor', 'registry', 'errors.ts'],
  'flow.ts': ['task-definition', 'report', 'types of deploy', 'types of ecs', 'types of options', 'types of registry'],
  'in-aws.ts': [
    'task-definition',
    'sensor',
    'ecs',
    'deploy',
    'report',
    'errors.ts',
    'check-image.ts',
    'move-services.ts',
    'through-code-deploy.ts',
    'types of flow.ts',
    'types of options',
    'types of source'
  ],
  'move-services.ts': [
    'ecs',
    'deploy',
    'failures.ts',
    'follow-services.ts',
    'types of flow.ts',
    'types of sensor',
    'types of through-code-deploy.ts'
  ],
  'through-code-deploy.ts': ['task-definition', 'source', 'deploy', 'errors.ts', 'types of ecs', 'types of flow.ts'],
  'follow-services.ts': [
    'task-definition',
    'sensor',
    'ecs',
    'deploy',
    'report',
    'errors.ts',
    'failures.ts',
    'types of flow.ts'
  ],
  'output-file.ts': ['task-definition', 'layout', 'source', 'errors.ts', 'node:fs', 'node:path'],
  'run.ts': [
    'task-definition',
    'sensor',
    'source',
    'flow.ts',
    'in-aws.ts',
    'follow-services.ts',
    'output-file.ts',
    'types of ecs',
    'types of options',
    'types of report'
  ],
  host: [
    'task-definition',
    'report',
    'errors.ts',
    'version.ts',
    'proxy.ts',
    'types of sensor',
    'types of options',
    '@octokit/core',
    '@smithy/core/config',
    'node:crypto',
    'node:fs',
    'node:http',
    'node:https',
    'node:os',
    'node:path'
  ],
  rollout: [
    'task-definition',
    'sensor',
    'source',
    'ecs',
    'deploy',
    'fleet',
    'report',
    'errors.ts',
    'check-image.ts',
    'flow.ts',
    'follow-services.ts',
    'move-services.ts',
    'types of options',
    'types of registry',
    'node:fs',
    'node:path',
    'p-limit'
  ],
  'main.ts': [
    'task-definition',
    'options',
    'flow.ts',
    'run.ts',
    'main-fleet.ts',
    'ecs',
    'registry',
    'deploy',
    'errors.ts',
    'types of host',
    'types of report'
  ],
  'main-fleet.ts': [
    ...['deploy', 'rollout', 'report', 'errors.ts', 'main.ts'],
    ...['types of host', 'types of options']
  ],
  command: [
    'task-definition',
    'sensor',
    'policy',
    'ecs',
    'registry',
    'source',
    'options',
    'rollout',
    'report',
    'host',
    'main.ts',
    'errors.ts',
    'version.ts',
    'node:util'
  ],
  'index.ts': ['host', 'options', 'main.ts'],
  'cli.ts': ['host', 'command']
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm

interface Import {
  readonly file: string
  readonly room: string
  readonly typesOnly: boolean
  readonly imported: string
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, 'src', file), 'utf8')
  return [...text.matchAll(IMPORT)].map(([, type, from, dynamic]) => {
    const module = from ?? dynamic ?? ''
    const imported = module.startsWith('.') ? roomOf(posix.join(posix.dirname(file), module)) : module
    return { file, room: roomOf(file), typesOnly: type !== undefined, imported }
  })
}

function roomOf(file: string): string {
  return file.split('/', 1)[0] ?? file
}

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'))

describe('the rooms of the house', () => {
  test('there are files to look at', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(files.flatMap(importsOf).length).toBeGreaterThan(100)
  })

  test.each(files)('%s imports only what its room may', file => {
    const allowed = LAYERS[roomOf(file)] ?? []
    expect(Object.keys(LAYERS)).toContain(roomOf(file))
    const forbidden = importsOf(file).filter(({ room, typesOnly, imported }) => {
      if (imported === room || allowed.includes(imported)) return false
      return !(typesOnly && allowed.includes(`types of ${imported}`))
    })
    expect(forbidden).toEqual([])
  })

  test.each(files)('%s is of one concern: at most 250 lines', file => {
    expect(readFileSync(join(ROOT, 'src', file), 'utf8').split('\n').length).toBeLessThanOrEqual(250)
  })
})

describe('pure rooms', () => {
  const pure = files.filter(file => ['task-definition', 'sensor', 'policy', 'report'].includes(roomOf(file)))

  test.each(pure)('%s touches no network, clock, environment or printer', file => {
    const text = readFileSync(join(ROOT, 'src', file), 'utf8')
    expect(text).not.toMatch(
      /process\.|Date\.now|new Date|setTimeout|console\.(log|info|warn|error)|@actions\/core|node:/
    )
  })
})
