import { createRequire } from 'node:module'
import { readYaml, runs, stepsOf, type Workflow } from './read-workflows.ts'

/** What a script told the runner. */
export interface Told {
  readonly outputs: Readonly<Record<string, string>>
  readonly failures: readonly string[]
  readonly notices: readonly string[]
  readonly summary: string
}

type Body = (...given: readonly unknown[]) => Promise<unknown>

const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (...texts: string[]) => Body

/** What actions/github-script (v9) gives a script; its script may declare none of these names. */
const GIVEN = 'github octokit getOctokit context core exec glob io require __original_require__'.split(' ')

/**
 * Runs the script of a step of actions/github-script, found by its id or name, with the variables of its `env` and those of the runner;
 * `github` is the client that it talks to, of the repository levoai/fargate-pcap-action.
 * Throws where the step takes other variables than it is given here.
 */
export async function runScript(
  path: string,
  job: string,
  step: string,
  env: Readonly<Record<string, string>>,
  runner: Readonly<Record<string, string>> = {},
  github: object = {}
): Promise<Told> {
  const steps = stepsOf(readYaml<Workflow>(path).jobs[job] ?? {})
  const found = steps.find(({ id, name }) => id === step || name === step)
  if (found === undefined || !runs('actions/github-script')(found))
    throw new Error(`no script: ${step} of ${job} in ${path}`)
  const variables = Object.keys(found.env ?? {})
  if (variables.toSorted().join() !== Object.keys(env).toSorted().join()) throw new Error(`env holds ${variables}`)
  const { core, told } = fakeCore()
  const known: Readonly<Record<string, unknown>> = {
    core,
    github,
    context: { repo: { owner: 'levoai', repo: 'fargate-pcap-action' } },
    require: createRequire(import.meta.url)
  }
  const run = new AsyncFunction(...GIVEN, 'process', String(found.with?.script))
  await run(...GIVEN.map(name => known[name]), { env: { ...runner, ...env } })
  return told()
}

/** As much of @actions/core as the scripts use. */
function fakeCore() {
  const outputs: Record<string, string> = {}
  const failures: string[] = []
  const notices: string[] = []
  let buffer = ''
  let written = ''
  const summary = {
    addRaw(text: string, addEol = false) {
      buffer += addEol ? `${text}\n` : text
      return summary
    },
    async write() {
      written += buffer
      buffer = ''
      return summary
    }
  }
  const core = {
    summary,
    setFailed: (text: string) => failures.push(text),
    notice: (text: string) => notices.push(text),
    setOutput(name: string, value: unknown) {
      outputs[name] = typeof value === 'string' ? value : JSON.stringify(value)
    }
  }
  return { core, told: (): Told => ({ outputs, failures, notices, summary: written }) }
}
