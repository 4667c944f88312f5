import { existsSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { Environment } from '../options/options.ts'
import { VERSION } from '../version.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/** Reads what the run has to know of its surroundings; `workspace` is what relative paths start from. Nothing else reads environment variables, but for the inputs. */
export function readEnvironment(
  variables: Variables,
  workspace = nonEmpty(variables.GITHUB_WORKSPACE) ?? process.cwd()
): Environment {
  const inWorkflow = variables.GITHUB_ACTIONS === 'true'
  return {
    region: nonEmpty(variables.AWS_REGION) ?? nonEmpty(variables.AWS_DEFAULT_REGION),
    profileRegion: () => readProfileRegion(variables),
    hasCredentials: hasCredentials(variables),
    workspace,
    fileExists: path => existsSync(resolve(workspace, path)),
    provenance: {
      createdBy: `fargate-pcap-action/${VERSION}`,
      repository: inWorkflow ? variables.GITHUB_REPOSITORY : undefined,
      commit: inWorkflow ? variables.GITHUB_SHA : undefined,
      run: inWorkflow ? runUrl(variables) : undefined
    }
  }
}

/** This run's page, of this very attempt. */
export function runUrl(variables: Variables): string | undefined {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: run,
    GITHUB_RUN_ATTEMPT: attempt
  } = variables
  if (!server || !repository || !run) return undefined
  return `${server}/${repository}/actions/runs/${run}${attempt ? `/attempts/${attempt}` : ''}`
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

/** The variables that configure-aws-credentials, containers and people set. */
const CREDENTIAL_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_PROFILE'
]

function hasCredentials(variables: Variables): boolean {
  if (CREDENTIAL_VARIABLES.some(name => nonEmpty(variables[name]) !== undefined)) return true
  const home = `${homeOf(variables)}${sep}.aws${sep}`
  const files = [
    nonEmpty(variables.AWS_SHARED_CREDENTIALS_FILE) ?? `${home}credentials`,
    nonEmpty(variables.AWS_CONFIG_FILE) ?? `${home}config`
  ]
  return files.some(file => existsSync(file))
}

/** As the SDK finds it (@smithy/core, getHomeDir). Node's `os` is loaded only where no variable tells: that takes a while. */
function homeOf({ HOME, USERPROFILE }: Variables): string {
  return nonEmpty(HOME) ?? nonEmpty(USERPROFILE) ?? process.getBuiltinModule('node:os').homedir()
}

/** The profile's Region in the shared configuration files, read as the SDK does. */
async function readProfileRegion(variables: Variables): Promise<string | undefined> {
  const { loadSharedConfigFiles } = await import('@smithy/core/config')
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  const profile = nonEmpty(variables.AWS_PROFILE) ?? 'default'
  return configFile[profile]?.region ?? credentialsFile[profile]?.region
}
