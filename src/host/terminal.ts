import { InputError, messageOf } from '../errors.ts'
import { type Format, writeFragment } from '../report/fragment.ts'
import { toOutputs, toResults } from '../report/outputs.ts'
import { planLines } from '../report/plan.ts'
import { redactor, redactTexts } from '../report/redact.ts'
import { type Event, type Report, revisionOf, sensorRunningOf } from '../report/report.ts'
import { conclude, type Said, say } from '../report/text.ts'
import { toBody } from '../task-definition/registrable.ts'
import type { Host } from './host.ts'

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
}

/** A terminal: text on stderr, the result on stdout, exit status 0 (done), 1 (failed) or 2 (bad usage or input). */
export function terminalHost(result: Result, terminal: Terminal): Host {
  let redact: (text: string) => string = text => text
  const tell = (text: string): void => terminal.stderr(`${redact(text)}\n`)
  const leave = (text: string): void => terminal.stdout(result.kind === 'plan' ? redact(text) : text)
  const print = (said: Said): void => {
    if (said.kind === 'line') tell(said.text)
    else if (said.kind === 'note') tell(said.note.level === 'warning' ? `warning: ${said.note.text}` : said.note.text)
    else if (said.kind === 'open') tell(said.title)
    else if (said.kind === 'group') tell([said.title, ...said.lines.map(text => `  ${text}`)].join('\n'))
  }
  return {
    hide(secrets) {
      redact = redactor(secrets)
    },
    event(event: Event, report: Report) {
      // A container is the result itself; a definition or a file shows its plan only when that was asked for.
      if (event.kind === 'rendered' && result.kind === 'container') return
      const plan = event.kind === 'rendered' ? planLines(event.rendering) : []
      if (plan.length > 0 && result.kind !== 'revision') return
      for (const said of say(event, report, plan)) print(said)
    },
    async finish(report) {
      if (report.error !== undefined) {
        if ('json' in result && result.json) leave(json(redactTexts(resultsOf(report), redact)))
        this.fail(report.error)
        return
      }
      if (result.kind !== 'container') tell(conclude(report))
      leave(resultText(result, report))
      terminal.exit(0)
    },
    fail(error) {
      tell(`error: ${messageOf(error)}`)
      terminal.exit(error instanceof InputError ? 2 : 1)
    }
  }
}

function resultText(result: Result, report: Report): string {
  const { rendering } = report
  if (result.kind === 'verdict') {
    return result.json ? json(resultsOf(report)) : `${sensorRunningOf(report.services ?? []) ?? ''}\n`
  }
  if (rendering === undefined) return ''
  switch (result.kind) {
    case 'definition':
      return json(toBody(rendering.after, report.tags ?? []))
    case 'file':
      return ''
    case 'plan':
      return `${planLines(rendering).join('\n')}\n`
    case 'container':
      return writeFragment(rendering.sensor, result.format)
    case 'revision':
      return result.json ? json(resultsOf(report)) : `${revisionOf(report) ?? ''}\n`
  }
}

function resultsOf(report: Report) {
  return { ...toOutputs(report, {}), results: toResults(report) }
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
