import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOutputs } from '../../scripts/runner.ts'
import { githubHost } from '../../src/host/github.ts'
import type { Host } from '../../src/host/host.ts'
import { runnerLog } from '../../src/host/runner-log.ts'
import { terminalHost } from '../../src/host/terminal.ts'
import { rawSecrets } from '../../src/options/parse.ts'
import { sayFleet } from '../../src/report/fleet.ts'
import type { FleetEvent, FleetReport } from '../../src/report/fleet-report.ts'
import { FakeTerminal } from './fake-terminal.ts'
import { RUN } from './streams.ts'

/** What a run over a fleet says, by the real hosts, with debug logging on. */
export interface FleetTexts {
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
  readonly results: string
  readonly stderr: string
  readonly stdout: string
  readonly status: number | undefined
}

export interface FleetStreams {
  event(event: FleetEvent, report: FleetReport): void
  finish(report: FleetReport): Promise<FleetTexts>
}

export function openFleetStreams(raw: Readonly<Record<string, string>>, workspace: string): FleetStreams {
  const temp = mkdtempSync(join(tmpdir(), 'fleet-streams-'))
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const log: string[] = []
  const runner = runnerLog(true, text => void log.push(text))
  const host = githubHost({ ...RUN, ...files, RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace }, runner)
  const terminal = new FakeTerminal({})
  const told = terminalHost({ kind: 'revision', json: true }, terminal)
  const both = (act: (host: Host) => void): void => {
    const { exitCode } = process
    act(host)
    process.exitCode = exitCode
    act(told)
  }
  both(each => each.hide(rawSecrets(raw)))
  return {
    event: (event, report) => both(each => each.say(sayFleet(event, report))),
    finish: async report => {
      const { exitCode } = process
      await host.finishFleet(report)
      process.exitCode = exitCode
      await told.finishFleet(report)
      const outputs = readOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8'))
      const results = readFileSync(outputs['results-file'] ?? '', 'utf8')
      const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')
      rmSync(temp, { recursive: true, force: true })
      const shown = log.join('').replace(/^::add-mask::.*\n/gm, '')
      return { log: shown, summary, outputs, results, ...terminal.written, status: terminal.status }
    }
  }
}
