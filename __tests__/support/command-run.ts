import { runCommand } from '../../src/command/command.ts'
import type { Environment } from '../../src/options/options.ts'
import { createEnvironment } from './options.ts'

export const SENSOR_FLAGS = [
  ...['--satellite-url', 'https://satellite.example.com'],
  ...['--levo-env', 'staging', '--levoai-org-id', 'org-7f3a']
]

export interface Said {
  stdout: string
  stderr: string
  status: number | undefined
}

/** Runs the command without credentials, and keeps what it says and how it ends. */
export async function runIn(
  workspace: string,
  argv: readonly string[],
  overrides: Partial<Environment> = {}
): Promise<Said> {
  const said: Said = { stdout: '', stderr: '', status: undefined }
  await runCommand(argv, {
    environment: createEnvironment({ hasCredentials: false, workspace, ...overrides }),
    proxy: {},
    cancelled: new Promise(() => {}),
    exit: () => {},
    width: 100,
    terminal: {
      stdout: text => {
        said.stdout += text
      },
      stderr: text => {
        said.stderr += text
      },
      exit: status => {
        said.status = status
      }
    }
  })
  return said
}
