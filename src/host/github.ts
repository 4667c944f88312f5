import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import { messageOf } from '../errors.ts'
import { toMarkdown } from '../report/markdown.ts'
import { type OutputName, toOutputs, toResults } from '../report/outputs.ts'
import { planLines } from '../report/plan.ts'
import { redactor, redactTexts } from '../report/redact.ts'
import type { Event, Report } from '../report/report.ts'
import { conclude, type Said, say } from '../report/text.ts'
import { toBody } from '../task-definition/registrable.ts'
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
  let folder: string | undefined
  const files: { taskDefinition?: string; results?: string } = {}
  let plan: readonly string[] = []

  const print = (said: Said): void => {
    if (said.kind === 'line') core.info(redact(said.text))
    else if (said.kind === 'note') (said.note.level === 'warning' ? core.warning : core.info)(redact(said.note.text))
    else if (said.kind === 'open') core.startGroup(redact(said.title))
    else if (said.kind === 'close') core.endGroup()
    else {
      core.startGroup(redact(said.title))
      core.info(redact(said.lines.join('\n')))
      core.endGroup()
    }
  }
  const write = (name: string, value: unknown): string => {
    folder ??= mkdtempSync(join(variables.RUNNER_TEMP || tmpdir(), 'fargate-pcap-'))
    const path = join(folder, name)
    writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
    return path
  }
  const setOutputs = (report: Report): void => {
    const outputs = Object.entries(toOutputs(report, files, redact)) as [OutputName, string][]
    const news = outputs.filter(([name, value]) => set.get(name) !== value)
    for (const [name, value] of news) set.set(name, value)
    if (variables.GITHUB_OUTPUT && news.length > 0)
      appendFileSync(variables.GITHUB_OUTPUT, news.map(toOutputBlock).join(''))
  }

  return {
    hide(secrets) {
      for (const secret of secrets) core.setSecret(secret)
      redact = redactor(secrets)
    },
    event(event: Event, report: Report) {
      if (event.kind === 'rendered') {
        files.taskDefinition = write('task-definition.json', toBody(event.rendering.after, report.tags ?? []))
        plan = planLines(event.rendering)
      }
      for (const said of say(event, report, plan)) print(said)
      if (event.kind !== 'noted' && event.kind !== 'moment') setOutputs(report)
    },
    async finish(report, comment) {
      files.results = write('results.json', redactTexts(toResults(report), redact))
      setOutputs(report)
      if (report.error === undefined) core.info(conclude(report))
      else this.fail(report.error)
      // The runner names the file; without one (an old runner) there is no summary.
      const summary = variables.GITHUB_STEP_SUMMARY
      const text = redact(toMarkdown(report, plan))
      if (summary) appendFileSync(summary, text)
      if (comment === undefined) return
      const { commentOnPullRequest } = await import('./github-comment.ts')
      print({ kind: 'note', note: await commentOnPullRequest({ options: comment, report, text, redact, variables }) })
    },
    fail(error) {
      core.setFailed(redact(messageOf(error)))
      if (core.isDebug() && error instanceof Error) core.debug(redact(stackOf(error)))
    }
  }
}

/**
 * One output as the runner's file takes it, between delimiters that no line of the value equals. Not @actions/core's setOutput: it
 * loads node:crypto for a random delimiter, which costs a dry run a fifth of its time.
 */
function toOutputBlock([name, value]: readonly [OutputName, string]): string {
  const lines = new Set(value.split(/\r\n|[\r\n]/))
  let delimiter = 'end-of-output'
  for (let count = 1; lines.has(delimiter); count++) delimiter = `end-of-output-${count}`
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by: ${stackOf(error.cause)}` : ''
  return `${error.stack}${cause}`
}
