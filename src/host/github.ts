import { messageOf } from '../errors.ts'
import type { CommentOptions } from '../options/options.ts'
import { failedToBegin, toMarkdown } from '../report/markdown.ts'
import { noteMasked, toOutputs, toResults } from '../report/outputs.ts'
import { planLines } from '../report/plan.ts'
import { Redaction, redactTexts, SHORTEST_MASK } from '../report/redact.ts'
import { type Event, mayBeQuoted, type Report } from '../report/report.ts'
import { secretsIn } from '../report/secrets-of.ts'
import { conclude, type Said, say } from '../report/text.ts'
import type { Note } from '../task-definition/definition.ts'
import { toBody } from '../task-definition/registrable.ts'
import { annotateFailure, annotateNote, MOST_ANNOTATIONS } from './annotations.ts'
import type { Subject } from './github-comment.ts'
import { GithubFiles } from './github-files.ts'
import type { Host } from './host.ts'
import { type RunnerLog, runnerLog } from './runner-log.ts'

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
export function githubHost(variables: Variables, log = runnerLog(variables.RUNNER_DEBUG === '1')): Host {
  const redaction = new Redaction()
  const { text: redact, result: redactResult } = redaction
  const files = new GithubFiles(variables)
  const written: { taskDefinition?: string; results?: string } = {}
  const masked: Note[] = []
  let plan: readonly string[] = []
  let warnings = 0

  /** What was begun in AWS is not left half done, and not called failed, for a file that can not be written. */
  const attempt = (what: string, act: () => void): boolean => {
    try {
      act()
      return true
    } catch (error) {
      log.warning(redact(`${what} could not be written: ${messageOf(error)}`))
      return false
    }
  }

  const print = (said: Said): void => printSaid(said, log, redact)
  const setOutputs = (report: Report): void => {
    const first = files.setOutputs(toOutputs(report, written, redactResult))
    const notes = noteMasked(first, redaction.masked)
    for (const note of notes) print({ kind: 'note', note })
    masked.push(...notes.filter(({ level }) => level === 'warning'))
  }
  const sayFailure = (error: unknown): void => {
    annotateFailure(error, log, redact)
    process.exitCode = 1
    if (error instanceof Error) log.debug?.(redact(stackOf(error)))
  }
  const writeComment = async (options: CommentOptions, report: Subject, text: string): Promise<void> => {
    const { commentOnPullRequest } = await import('./github-comment.ts')
    print({ kind: 'note', note: await commentOnPullRequest({ options, report, text, redact, variables }) })
  }

  return {
    hide(secrets) {
      for (const secret of secrets) if (secret.length >= SHORTEST_MASK) log.mask(secret)
      redaction.hide(secrets)
    },
    event(event: Event, report: Report) {
      if (mayBeQuoted(report)) redaction.beWary()
      if (event.kind === 'rendered') {
        // The runner is not told of them: it would withhold outputs that are needed.
        redaction.suspectLater(() => secretsIn(report))
        written.taskDefinition = files.write('task-definition.json', toBody(event.rendering.after, report.tags ?? []))
      }
      if (event.kind === 'planned') plan = planLines(report)
      for (const said of say(event, report, plan)) print(said)
      if (event.kind === 'noted' || event.kind === 'moment') return
      // As long as nothing was changed, a step without outputs had better end.
      if (report.registration === undefined && report.services === undefined) setOutputs(report)
      else attempt('an output', () => setOutputs(report))
    },
    async finish(ended, comment) {
      if (mayBeQuoted(ended)) redaction.beWary()
      const isWritten = attempt('the outputs', () => {
        written.results = files.write('results.json', redactTexts(toResults(ended), redaction.kept))
        setOutputs(ended)
      })
      if (!isWritten) process.exitCode = 1
      const report = { ...ended, notes: [...ended.notes, ...masked] }
      if (report.error === undefined) log.info(redact(conclude(report)))
      else sayFailure(report.error)
      const text = redact(toMarkdown(report, plan))
      attempt('the job summary', () => files.writeSummary(text))
      if (comment !== undefined) await writeComment(comment, report, text)
    },
    say(all) {
      for (const said of all) {
        if (said.kind === 'secrets') redaction.suspect(said.texts)
        if (said.kind === 'note' && said.note.level === 'warning') warnings += 1
        // GitHub shows no more of them, and in a fleet there may be hundreds.
        if (said.kind === 'note' && warnings > MOST_ANNOTATIONS) log.info(redact(`warning: ${said.note.text}`))
        else print(said)
      }
    },
    keepFleet(resultsOf) {
      attempt('the results', () => {
        const path = files.write('results.json', redactTexts(resultsOf(), redaction.kept))
        files.setOutputs({ 'results-file': path })
      })
    },
    async finishFleet(report, comment) {
      const { concludeFleet, toFleetMarkdown, toFleetOutputs, toFleetResults } = await import('../report/fleet.ts')
      const isWritten = attempt('the outputs', () => {
        const results = files.write('results.json', redactTexts(toFleetResults(report), redaction.kept))
        files.setOutputs(toFleetOutputs(report, { results }, redactResult))
      })
      if (!isWritten) process.exitCode = 1
      if (report.error === undefined) log.info(redact(concludeFleet(report)))
      else sayFailure(report.error)
      const text = redact(toFleetMarkdown(report))
      attempt('the job summary', () => files.writeSummary(text))
      if (comment !== undefined) await writeComment(comment, { region: '', cluster: '' }, text)
    },
    fail(error, isBegun = false) {
      sayFailure(error)
      if (!isBegun) attempt('the job summary', () => files.writeSummary(redact(failedToBegin(error))))
    }
  }
}

function printSaid(said: Said, log: RunnerLog, redact: (text: string) => string): void {
  if (said.kind === 'line') log.info(redact(said.text))
  else if (said.kind === 'note') annotateNote(said.note, log, redact)
  else if (said.kind === 'open') log.startGroup(redact(said.title))
  else if (said.kind === 'close') log.endGroup()
  else if (said.kind === 'group') {
    log.startGroup(redact(said.title))
    log.info(redact(said.lines.join('\n')))
    log.endGroup()
  }
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by: ${stackOf(error.cause)}` : ''
  return `${error.stack}${cause}`
}
