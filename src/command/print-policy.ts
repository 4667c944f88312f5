import { InputError, messageOf } from '../errors.ts'
import type { Terminal } from '../host/terminal.ts'
import type { Reach } from '../options/fleet-reach.ts'
import type { Environment } from '../options/options.ts'
import { type ParsedRun, parseRun, rawSecrets } from '../options/parse.ts'
import type { Intent } from '../policy/intent.ts'
import { policyFor } from '../policy/policy.ts'
import { redactor } from '../report/redact.ts'
import { locate, readDefinitionFile } from '../source/file.ts'
import type { Run } from './arguments.ts'
import { fleetIntentOf, intentOf, type Known, PLACEHOLDERS } from './intent.ts'

const ROLE = /^(?:arn:aws[a-z-]*:iam::\d{12}:role\/)?[\w+=,.@/-]+$/

/** Prints the least policy for a run with these options, and on stderr what is left to fill in. Nothing is asked of AWS. */
export async function printPolicy(run: Run, environment: Environment, terminal: Terminal): Promise<void> {
  const redact = redactor(rawSecrets(run.raw))
  try {
    const account = run.own.get('account')
    const roles = (run.own.get('role') ?? '').split(/[\n,]/).flatMap(role => role.trim() || [])
    const problems = [...run.problems, ...problemsOf(account, roles)]
    const parsed = await parseRun(run.raw, environment, { rightsOnly: true, problems })
    const definition = await readDefinition(run.raw['task-definition'], environment.workspace)
    const intent = await toIntent(parsed, { account, roles, definition }, environment.workspace)
    const text = `${JSON.stringify(policyFor(intent), null, 2)}\n`
    for (const line of remarksOn(text, intent)) terminal.stderr(`${line}\n`)
    terminal.stdout(text)
    terminal.exit(0)
  } catch (error) {
    terminal.stderr(`${redact(`error: ${messageOf(error)}`)}\n`)
    terminal.exit(error instanceof InputError ? 2 : 1)
  }
}

async function toIntent(parsed: ParsedRun, known: Known, workspace: string): Promise<Intent> {
  if (parsed.kind === 'one') return intentOf(parsed.options, known)
  const { options } = parsed
  const { reachOf } = await import('../options/fleet-reach.ts')
  const reach =
    options.resultsFile === undefined ? reachOf(options) : await reachOfResults(options.resultsFile, workspace)
  return fleetIntentOf(options, known, reach)
}

/** Of more services than this one policy could not name each. */
const MOST_NAMED = 8

/** Where a restore gets to is what its results tell of: those services, or of many all in their clusters. */
async function reachOfResults(path: string, workspace: string): Promise<Reach> {
  const { readResults } = await import('../rollout/read-results.ts')
  const moved = readResults(path, workspace)
  if (moved.length === 0) throw new InputError([`results-file: ${path} tells of no service that was moved`])
  const distinct = (texts: readonly string[]) => [...new Set(texts)]
  const services = distinct(moved.map(({ service }) => service))
  return {
    regions: distinct(moved.map(({ region }) => region)),
    clusters: distinct(moved.map(({ cluster }) => cluster)),
    services: services.length > MOST_NAMED ? ['*'] : services,
    families: ['*'],
    lists: { regions: false, clusters: false, services: false },
    arns: moved.map(({ given }) => given)
  }
}

function problemsOf(account: string | undefined, roles: readonly string[]): string[] {
  return [
    ...(account === undefined || /^\d{12}$/.test(account)
      ? []
      : [`--account: must be the twelve digits of an account, not "${account}"`]),
    ...roles
      .filter(role => !ROLE.test(role))
      .map(role => `--role: must be the name or the ARN of a role, not "${role}"`)
  ]
}

async function readDefinition(path: string | undefined, workspace: string): Promise<Known['definition']> {
  if (path === undefined || path.trim() === '') return undefined
  const { absolute, shown } = locate(path, workspace)
  return (await readDefinitionFile(absolute, shown)).definition
}

/** Characters of a managed policy that is not one of AWS's own, white space not counted (IAM and STS quotas). */
const LARGEST_POLICY = 6144

function sizeOf(policy: string): number {
  return policy.replace(/\s/g, '').length
}

function remarksOn(policy: string, { until, services, lists, codeDeploy }: Intent): string[] {
  const left = Object.entries(PLACEHOLDERS).filter(([name]) => new RegExp(`\\b${name}\\b`).test(policy))
  const mayBeDelivered = until !== 'verify' && lists === undefined && services.length === 1 && codeDeploy === undefined
  return [
    ...(left.length === 0 ? [] : ['Left to fill in:', ...left.map(([name, what]) => `- ${name}: ${what}`)]),
    ...(policy.includes('"Optional')
      ? ['A statement whose Sid begins with Optional may be taken out: the run then tells less, or leaves no mark.']
      : []),
    ...(sizeOf(policy) > LARGEST_POLICY
      ? [
          `warning: this has ${sizeOf(policy)} characters without white space, and IAM takes ${LARGEST_POLICY} in a managed policy: ` +
            'divide its statements among several policies, or give patterns such as prod-* in the place of many names.'
        ]
      : []),
    ...(mayBeDelivered
      ? ['This is for a service that ECS deploys; for one that CodeDeploy deploys give --codedeploy-appspec.']
      : [])
  ]
}
