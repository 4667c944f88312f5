import type { Deployment } from '../deploy/deployment.ts'
import type { SensorState } from '../deploy/sensor-state.ts'
import { messageOf } from '../errors.ts'
import { consoleLink } from './links.ts'
import { isProven, outcomeOf, type Report, revisionOf, type ServiceResult } from './report.ts'
import { conclude, elapsed } from './text.ts'

/** The job summary: the outcome first, then revisions, services, the plan folded, and what to know. */
export function toMarkdown(report: Report, plan: readonly string[]): string {
  const { rendering, notes, origin } = report
  const warnings = notes.filter(note => note.level === 'warning')
  return [
    `### Levo PCAP sensor: ${report.error === undefined ? headline(report) : 'failed'}`,
    report.error === undefined ? conclude(report) : fenced(messageOf(report.error)),
    table([
      ['Task definition', origin && escaped(origin)],
      ['Revision', linked(revisionOf(report))],
      ['Compared with', linked(report.baseArn)],
      ['Sensor image', rendering?.sensor && `\`${rendering.sensor.image}\``]
    ]),
    services(report.services ?? []),
    ...(report.services ?? []).flatMap(result => (result.kind === 'moved' ? courseOf(result.deployment) : [])),
    plan.length === 0
      ? ''
      : `<details><summary>The sensor's container</summary>\n\n${fenced(plan.join('\n'), 'diff')}\n</details>`,
    warnings.length === 0 ? '' : `**Warnings**\n\n${warnings.map(({ text }) => `- ${escaped(text)}`).join('\n')}`
  ]
    .filter(part => part !== '')
    .join('\n\n')
    .concat('\n')
}

function headline(report: Report): string {
  if (report.until === 'verify') return isProven(report.services ?? []) ? 'verified' : 'not verified'
  const outcome = outcomeOf(report.services ?? [])
  if (outcome === 'deployed') return 'deployed'
  if (report.until === 'render') return report.dryRun ? 'dry run' : 'rendered'
  return report.registration?.outcome === 'unchanged' ? 'nothing to register' : 'registered'
}

function services(results: readonly ServiceResult[]): string {
  if (results.length === 0) return ''
  const rows = results.map(result => {
    if (result.kind !== 'moved') return `| ${result.service} | ${result.kind} | ${linked(result.previousArn)} | | |`
    const { service, outcome, previousArn, deploymentId, codeDeployDeploymentId, sensor } = result.deployment
    const running = sensor === undefined ? '' : `${sensor.running}/${sensor.tasks.length}`
    return `| ${service} | ${outcome} | ${linked(previousArn)} | ${codeDeployDeploymentId ?? deploymentId ?? ''} | ${running} |`
  })
  return ['| Service | Outcome | Ran before | Deployment | Sensor |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n'
  )
}

/** The sensor's state in each task, and the deployment's course, folded. */
function courseOf({ service, sensor, course = [] }: Deployment): string[] {
  const tasks = sensor?.tasks ?? []
  const states = tasks.slice(0, MOST_TASKS).map(({ task, sensor: state, healthStatus = '' }) => {
    const health = healthStatus === 'UNKNOWN' ? '' : healthStatus
    return `| ${taskIdOf(task.arn)} | ${task.lastStatus} | ${sensorText(state)} | ${health} |`
  })
  const table = ['| Task | Status | Sensor | Health |', '| --- | --- | --- | --- |', ...states].join('\n')
  const more = tasks.length > MOST_TASKS ? `\n\n… and ${tasks.length - MOST_TASKS} more tasks` : ''
  const lines = course.map(({ seconds, text }) => `${elapsed(seconds).padStart(8)}  ${text}`)
  return [
    ...(tasks.length === 0 ? [] : [`**Tasks of ${escaped(service)}**\n\n${table}${more}`]),
    ...(lines.length === 0
      ? []
      : [`<details><summary>The course of ${escaped(service)}</summary>\n\n${fenced(lines.join('\n'))}\n</details>`])
  ]
}

/** A table of more rows is read by nobody. */
const MOST_TASKS = 50

function taskIdOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

function sensorText(state: SensorState): string {
  switch (state.kind) {
    case 'running':
      return `RUNNING for ${Math.round(state.seconds)} s`
    case 'starting':
      return `not started (${state.lastStatus})`
    case 'restarted':
      return 'exited and was restarted'
    case 'missing':
      return 'none'
    case 'stopped':
      return state.container.exitCode === undefined ? 'STOPPED' : `STOPPED, exit code ${state.container.exitCode}`
  }
}

function table(rows: readonly (readonly [string, string | undefined])[]): string {
  const known = rows.filter(([, value]) => value !== undefined)
  if (known.length === 0) return ''
  return ['| | |', '| --- | --- |', ...known.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')
}

function linked(arn: string | undefined): string | undefined {
  const link = arn === undefined ? undefined : consoleLink(arn)
  return link === undefined ? arn && `\`${arn}\`` : `[${arn?.slice(arn.lastIndexOf('/') + 1)}](${link})`
}

function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${fence}${language}\n${text}\n${fence}`
}

export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, '\\$&').replaceAll('\n', ' ')
}
