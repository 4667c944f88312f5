import { InputError, messageOf } from '../errors.ts'
import { type Format, writeFragment } from '../report/fragment.ts'
import { toOutputs, toResults } from '../report/outputs.ts'
import { planLines } from '../report/plan.ts'
import { Redaction, redactTexts } from '../report/redact.ts'
import { type Event, isProven, mayBeQuoted, type Report, revisionOf, sensorRunningOf } from '../report/report.ts'
import { secretsIn } from '../report/secrets-of.ts'
import { conclude, type Said, say } from '../report/text.ts'
import { toBody } from '../task-definition/registrable.ts'
import { paintConclusion, paintDiff, paintGroup, paintPrefix, paintTitle } from './colour.ts'
import type { Host } from './host.ts'
import { type Progress, type Screen, startProgress } from './progress.ts'

/** What the command leaves behind. */
export type Result =
  /** The rendered definition, on stdout. */
  | { readonly kind: 'definition' }
  /** Nothing on stdout: the definition went into a file. */
  | { readonly kind: 'file' }
  /** The diff of the sensor's container. */
  | { readonly kind: 'plan' }
  /** The sensor's container, to paste. */
  | { readonly kind: 'container'; readonly format: Format }
  /** How many sensors run of how many, such as `2/2`, or with `json` every output. */
  | { readonly kind: 'verdict'; readonly json: boolean }
  /** The revision's ARN, or with `json` every output. */
  | { readonly kind: 'revision'; readonly json: boolean }

export interface Terminal {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly exit: (status: 0 | 1 | 2) => void
  /** Which of the two takes colour; neither, when it is not said. */
  readonly coloured?: { readonly stdout: boolean; readonly stderr: boolean }
  /** Only where stderr is a terminal that can rewrite a line. */
  readonly screen?: Screen | undefined
}

/** The same terminal for what is told line by line, without a host. The texts are redacted already. */
export function paintPrefixes(terminal: Terminal): Terminal {
  const { coloured, stderr } = terminal
  return coloured?.stderr === true ? { ...terminal, stderr: text => stderr(paintPrefix(text)) } : terminal
}

/** A terminal: text on stderr, the result on stdout, exit status 0 (done), 1 (failed) or 2 (bad usage or input). */
export function terminalHost(result: Result, terminal: Terminal): Host {
  const redaction = new Redaction()
  const { text: redact, result: redactResult } = redaction
  let progress: Progress | undefined
  const { coloured, screen } = terminal
  const tell = (text: string, paint = paintPrefix): void => {
    progress?.makeWay()
    terminal.stderr(`${coloured?.stderr === true ? paint(redact(text)) : redact(text)}\n`)
  }
  const leave = (text: string): void => {
    if (result.kind !== 'plan') terminal.stdout(text)
    else terminal.stdout(coloured?.stdout === true ? paintDiff(redact(text)) : redact(text))
  }
  const print = (said: Said): void => {
    if (said.kind === 'line') tell(said.text)
    else if (said.kind === 'note') tell(said.note.level === 'warning' ? `warning: ${said.note.text}` : said.note.text)
    else if (said.kind === 'open') tell(said.title, paintTitle)
    else if (said.kind === 'secrets') redaction.suspect(said.texts)
    else if (said.kind === 'group') tell([said.title, ...said.lines.map(text => `  ${text}`)].join('\n'), paintGroup)
  }
  return {
    hide(secrets) {
      redaction.hide(secrets)
      if (screen !== undefined) progress ??= startProgress(screen, terminal.stderr, redact)
    },
    event(event: Event, report: Report) {
      progress?.learn(event)
      if (event.kind === 'rendered') redaction.suspectLater(() => secretsIn(report))
      if (mayBeQuoted(report)) redaction.beWary()
      // A container is the result itself; a definition or a file shows its plan only when that was asked for.
      if (event.kind === 'planned' && result.kind === 'container') return
      const plan = event.kind === 'planned' ? planLines(report) : []
      if (plan.length > 0 && result.kind !== 'revision') return
      for (const said of say(event, report, plan)) print(said)
    },
    async finish(report) {
      progress?.end()
      if (mayBeQuoted(report)) redaction.beWary()
      if (report.error !== undefined) {
        if ('json' in result && result.json) leave(json(resultsOf(report, redactResult)))
        this.fail(report.error)
        return
      }
      if (result.kind !== 'container') tell(conclude(report), text => paintConclusion(text, !isDoubtful(report)))
      leave(resultText(result, report, redactResult))
      terminal.exit(0)
    },
    say(all) {
      for (const said of all) print(said)
    },
    keepFleet() {
      // The result on stdout is one, at the end.
    },
    async finishFleet(report) {
      progress?.end()
      const { concludeFleet, toFleetOutputs, toFleetResults } = await import('../report/fleet.ts')
      const isJson = 'json' in result && result.json
      const results = redactTexts(toFleetResults(report), isJson ? redaction.kept : redactResult)
      // The whole list is there already: no output has to be cut.
      // What became of each service is worth as much after a failure.
      leave(isJson ? json({ ...toFleetOutputs(report, {}, redactResult), results }) : rowsOf(results as FleetRow[]))
      if (report.error !== undefined) return this.fail(report.error)
      tell(concludeFleet(report), text => paintConclusion(text, true))
      terminal.exit(0)
    },
    fail(error) {
      progress?.end()
      tell(`error: ${messageOf(error)}`)
      terminal.exit(error instanceof InputError ? 2 : 1)
    }
  }
}

type FleetRow = Readonly<Record<'region' | 'cluster' | 'service' | 'sensor' | 'outcome', string | undefined>>

/** A line for each service, its columns apart by tabs: for `grep`, `cut` and people. */
function rowsOf(rows: readonly FleetRow[]): string {
  return rows
    .map(
      ({ region, cluster, service, sensor = '', outcome = '' }) =>
        `${[region, cluster, service, sensor, outcome].join('\t')}\n`
    )
    .join('')
}

/** A sensor that was looked for and not proven to run, where that fails no step. */
function isDoubtful({ until, services = [] }: Report): boolean {
  return (until === 'verify' || sensorRunningOf(services) !== undefined) && !isProven(services)
}

type Redact = (text: string) => string

function resultText(result: Result, report: Report, redact: Redact): string {
  const { rendering } = report
  if (result.kind === 'verdict') {
    return result.json ? json(resultsOf(report, redact)) : `${sensorRunningOf(report.services ?? []) ?? ''}\n`
  }
  if (rendering === undefined) return ''
  switch (result.kind) {
    case 'definition':
      return json(toBody(rendering.after, report.tags ?? []))
    case 'file':
      return ''
    case 'plan':
      return planLines(report)
        .map(line => `${line}\n`)
        .join('')
    case 'container':
      return writeFragment(rendering.sensor, result.format)
    case 'revision':
      return result.json ? json(resultsOf(report, redact)) : `${revisionOf(report) ?? ''}\n`
  }
}

/** As the action's outputs: the container has its real values, and what AWS said is redacted. */
function resultsOf(report: Report, redact: Redact) {
  return { ...toOutputs(report, {}), results: redactTexts(toResults(report), redact) }
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
