import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOutputs } from '../../scripts/runner.ts'
import { githubHost } from '../../src/host/github.ts'
import { bodyOf, markerOf, targetOf } from '../../src/host/github-comment.ts'
import type { Host } from '../../src/host/host.ts'
import { runnerLog } from '../../src/host/runner-log.ts'
import { type Result, terminalHost } from '../../src/host/terminal.ts'
import type { CommentOptions } from '../../src/options/options.ts'
import { rawSecrets } from '../../src/options/parse.ts'
import { proxyCredentials } from '../../src/options/proxy-credentials.ts'
import { redactor } from '../../src/report/redact.ts'
import type { Event, Report } from '../../src/report/report.ts'
import { FakeTerminal } from './fake-terminal.ts'

export interface Opening {
  /** The inputs as they were given: what is hidden and which command does the same are told from them. */
  readonly raw: Readonly<Record<string, string>>
  readonly workspace: string
  readonly proxy?: Readonly<Record<string, string | undefined>>
  /** As with the runner's debug logging: `log` then holds the stacks of errors, which have paths of this machine. */
  readonly debug?: boolean
}

/** What a run says, and to whom. Paths of this machine are `RUNNER_TEMP` and `GITHUB_WORKSPACE`. */
export interface Texts {
  /** The step's log as the runner gets it, commands and all, without the lines that say what to mask. */
  readonly log: string
  /** Empty where the run could not begin. */
  readonly summary: string
  /** The body of a comment on the pull request; undefined while it is not known what it would be about. */
  readonly comment: string | undefined
  readonly outputs: Readonly<Record<string, string>>
  /** The file that the output results-file names. */
  readonly results: string
  /** The command that does the same as the inputs. */
  readonly terminal: {
    readonly command: 'install' | 'remove' | 'verify' | 'render --plan'
    readonly stderr: string
    readonly stdout: string
    readonly status: number | undefined
  }
  /** What `render --plan` leaves on stdout; empty where nothing was planned, or nothing changes. */
  readonly plan: string
}

/** The hosts that a run is told to. Each call writes to all of them, and leaves the process as it was. */
export interface Streams {
  event(event: Event, report: Report): void
  /** `about` is what a comment is about: the run's options have it. */
  finish(report: Report, about?: Pick<CommentOptions, 'source' | 'services'>): Promise<void>
  /** The run could not begin. */
  fail(error: unknown): void
  /** What was said by now. */
  texts(): Texts
}

/** A run on a pull request, the same each time. */
export const RUN = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'example/web',
  GITHUB_RUN_ID: '1234567890',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'deploy',
  GITHUB_WORKFLOW_REF: 'example/web/.github/workflows/deploy.yml@refs/pull/17/merge'
}

/** Ends with `finish` or `fail`, which remove what was written to files. */
export function openStreams({ raw, workspace, proxy = {}, debug = false }: Opening): Streams {
  const runner = openRunner(workspace, debug)
  const command = commandFor(raw)
  const terminal = new FakeTerminal({})
  const planner = new FakeTerminal({})
  const told = terminalHost(RESULTS[command], terminal)
  const planning = terminalHost({ kind: 'plan' }, planner)
  const secrets = [...rawSecrets(raw), ...proxyCredentials(proxy)]
  const redact = redactor(secrets)
  let comment: string | undefined

  for (const host of [told, planning]) host.hide(secrets)
  runner.call(host => host.hide(secrets))
  return {
    event(event, report) {
      runner.call(host => host.event(event, report))
      for (const host of [told, planning]) host.event(event, report)
    },
    async finish(report, about) {
      await runner.call(host => host.finish(report))
      await told.finish(report)
      // What was planned stands, whatever failed after it.
      const { error: _error, ...planned } = report
      await planning.finish(planned)
      runner.close()
      const { summary } = runner.said()
      if (about !== undefined) comment = commentOf({ ...about, token: undefined }, report, summary, redact)
    },
    fail(error) {
      runner.call(host => host.fail(error))
      told.fail(error)
      runner.close()
    },
    texts() {
      const { stderr, stdout } = terminal.written
      const shown = { command, stderr, stdout, status: terminal.status }
      return runner.stable({ ...runner.said(), comment, terminal: shown, plan: planner.written.stdout })
    }
  }
}

/** Everything that people read of a run, and every output but the container, which holds its real values by design. */
export function readable({ terminal, outputs, ...texts }: Texts): string {
  const beside = Object.entries(outputs).flatMap(([name, value]) => (name === 'container-definition' ? [] : [value]))
  // The definition on stdout has its real values too, but neither of these commands prints it.
  const { log, summary, comment = '', results, plan } = texts
  return [log, summary, comment, results, plan, terminal.stderr, terminal.stdout, ...beside].join('\n')
}

const RESULTS: Readonly<Record<Texts['terminal']['command'], Result>> = {
  install: { kind: 'revision', json: false },
  remove: { kind: 'revision', json: false },
  verify: { kind: 'verdict', json: false },
  'render --plan': { kind: 'plan' }
}

function commandFor(raw: Opening['raw']): Texts['terminal']['command'] {
  if (raw.mode === 'verify') return 'verify'
  if (raw['dry-run'] === 'true' || raw.register === 'false') return 'render --plan'
  return raw.mode === 'remove' ? 'remove' : 'install'
}

function commentOf(
  options: CommentOptions,
  report: Report,
  text: string,
  redact: (text: string) => string
): string | undefined {
  const target = targetOf(options, report)
  if (target === undefined) return undefined
  return bodyOf({ options, report, text, redact, variables: RUN }, markerOf(target, RUN), target)
}

/** A runner's files, and the action's host on them. */
function openRunner(workspace: string, debug: boolean) {
  const temp = mkdtempSync(join(tmpdir(), 'streams-'))
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const log: string[] = []
  const runner = runnerLog(debug, text => void log.push(text))
  const host = githubHost({ ...RUN, ...files, RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace }, runner)
  const read = (): Pick<Texts, 'log' | 'summary' | 'outputs' | 'results'> => {
    const outputs = readOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8'))
    const results = outputs['results-file']
    return {
      log: withoutMasks(log.join('')),
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
      outputs,
      results: results === undefined ? '' : readFileSync(results, 'utf8')
    }
  }
  let kept: ReturnType<typeof read> | undefined
  const stand = (text: string): string =>
    text
      .replaceAll(temp, 'RUNNER_TEMP')
      .replace(/(RUNNER_TEMP\/fargate-pcap-)\w{6}/g, '$1XXXXXX')
      .replaceAll(workspace, 'GITHUB_WORKSPACE')
  return {
    call: <T>(act: (host: Host) => T): T => withoutExitCode(() => act(host)),
    said: () => kept ?? read(),
    stable: (texts: Texts): Texts => mapTexts(texts, stand),
    close: () => {
      kept = read()
      rmSync(temp, { recursive: true, force: true })
    }
  }
}

/** A step that fails says so by the process's exit code; ours is that of the tests. */
function withoutExitCode<T>(act: () => T): T {
  const { exitCode } = process
  try {
    return act()
  } finally {
    process.exitCode = exitCode
  }
}

function withoutMasks(log: string): string {
  return log.replace(/^::add-mask::.*\n/gm, '')
}

function mapTexts(texts: Texts, change: (text: string) => string): Texts {
  const { terminal, comment, outputs } = texts
  return {
    log: change(texts.log),
    summary: change(texts.summary),
    comment: comment === undefined ? undefined : change(comment),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, change(value)])),
    results: change(texts.results),
    terminal: { ...terminal, stderr: change(terminal.stderr), stdout: change(terminal.stdout) },
    plan: change(texts.plan)
  }
}
