import { parseRun } from '../../src/options/parse.ts'
import { readYaml } from './read-workflows.ts'

interface Action {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
}

export const ACTION = readYaml<Action>('action.yml')

/** What stands for an expression in an input; any other input takes none. */
const SAMPLES: Readonly<Record<string, string>> = {
  mode: 'install',
  'dry-run': 'true',
  'task-definition': 'task-definition.json',
  'task-definition-arn': 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:2',
  cluster: 'prod',
  service: 'web',
  regions: 'us-east-1',
  clusters: 'prod',
  services: 'web,api',
  families: 'web-*',
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'tag:environment',
  'levoai-org-id': 'example',
  image: '',
  'check-image': 'warn',
  'matrix-size': '50',
  'max-parallel': '5',
  canary: '1',
  'canary-soak-minutes': '0',
  'stop-after-failures': '1'
}

const fill = (name: string, value: unknown): string =>
  String(value).includes('${{') ? (SAMPLES[name] ?? `no sample of ${name}`) : String(value)

/** The options of a step, as the runner hands its inputs over: one that is not given has its default. Throws InputError. */
export function parseStep(given: Readonly<Record<string, unknown>>, hasCredentials: boolean) {
  const raw = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fill(name, value)]))
  return parseRun(raw, {
    ...(hasCredentials && { region: 'us-east-1' }),
    profileRegion: async () => undefined,
    hasCredentials,
    workspace: '/workspace',
    fileExists: () => true,
    provenance: { createdBy: 'test' }
  })
}
