import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import { toBody } from '../deploy/register.ts'
import { messageOf } from '../errors.ts'
import { toMarkdown } from '../report/markdown.ts'
import { type OutputName, toOutputs, toResults } from '../report/outputs.ts'
import { planLines } from '../report/plan.ts'
import { redactor } from '../report/redact.ts'
import type { Event, Report } from '../report/report.ts'
import { conclude, type Said, say } from '../report/text.ts'
import type { Host } from './host.ts'

type Variables = Readonly<Record<string, string | undefined>>

export interface Inputs {
  readonly raw: Readonly<Record<string, string>>
  /** `INPUT_…` variables that are none of ours. */
  readonly unknown: readonly string[]
}

/** The inputs as the runner hands them over: `INPUT_` and the name in capitals, its hyphens kept. */
export function readInputs(variables: Variables, names: readonly string[]): Inputs {
  const known = new Map(names.map(name => [`INPUT_${name.toUpperCase()}`, name]))
  const raw: Record<string, string> = {}
  const unknown: string[] = []
  for (const [variable, value] of Object.entries(variables)) {
    const name = known.get(variable.toUpperCase())
    if (name !== undefined) raw[name] = value ?? ''
    else if (variable.startsWith('INPUT_') && value !== '') unknown.push(variable.slice('INPUT_'.length).toLowerCase())
  }
  return { raw, unknown }
}

/** The GitHub runner: masks, groups, annotations, outputs as soon as they are true, and the job summary. */
export function githubHost(variables: Variables): Host {
  let redact: (text: string) => string = text => text
  const set = new Map<OutputName, string>()
  const folder = join(variables.RUNNER_TEMP || tmpdir(), `fargate-pcap-${randomUUID()}`)
  const files: { taskDefinition?: string; results?: string } = {}

  const print = (said: Said): void => {
    if (said.kind === 'line') core.info(redact(said.text))
    else if (said.kind === 'note') (said.note.level === 'warning' ? core.warning : core.info)(redact(said.note.text))
    else {
      core.startGroup(redact(said.title))
      for (const text of said.lines) core.info(redact(text))
      core.endGroup()
    }
  }
  const write = (name: string, value: unknown): string => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, name)
    writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
    return path
  }
  const setOutputs = (report: Report): void => {
    for (const [name, value] of Object.entries(toOutputs(report, files)) as [OutputName, string][]) {
      if (set.get(name) === value) continue
      set.set(name, value)
      core.setOutput(name, value)
    }
  }

  return {
    hide(secrets) {
      for (const secret of secrets) core.setSecret(secret)
      redact = redactor(secrets)
    },
    event(event: Event, report: Report) {
      if (event.kind === 'rendered') {
        files.taskDefinition = write('task-definition.json', toBody(event.rendering.after, report.tags ?? []))
      }
      for (const said of say(event, report, event.kind === 'rendered' ? planLines(event.rendering) : [])) print(said)
      setOutputs(report)
    },
    async finish(report) {
      files.results = write(
        'results.json',
        toResults(report).map(result => JSON.parse(redact(JSON.stringify(result))))
      )
      setOutputs(report)
      if (report.error === undefined) core.info(conclude(report))
      else this.fail(report.error)
      await summarize(report, redact)
    },
    fail(error) {
      core.setFailed(redact(messageOf(error)))
      if (core.isDebug() && error instanceof Error) core.debug(redact(stackOf(error)))
    }
  }
}

/** The runner sets the variable; without it (an old runner) there is no summary to write. */
async function summarize(report: Report, redact: (text: string) => string): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY) return
  const plan = report.rendering === undefined ? [] : planLines(report.rendering)
  await core.summary.addRaw(redact(toMarkdown(report, plan))).write()
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by: ${stackOf(error.cause)}` : ''
  return `${error.stack}${cause}`
}
