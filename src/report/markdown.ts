import { messageOf } from '../errors.ts'
import { consoleLink } from './links.ts'
import { type Report, revisionOf, type ServiceResult } from './report.ts'
import { conclude } from './text.ts'

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
  if (report.until === 'render') return report.dryRun ? 'dry run' : 'rendered'
  return report.registration?.outcome === 'unchanged' ? 'nothing to register' : 'registered'
}

function services(results: readonly ServiceResult[]): string {
  if (results.length === 0) return ''
  const rows = results.map(result => {
    if (result.kind !== 'moved') return `| ${result.service} | ${result.kind} | ${linked(result.previousArn)} | |`
    const { service, outcome, previousArn, deploymentId } = result.deployment
    return `| ${service} | ${outcome} | ${linked(previousArn)} | ${deploymentId ?? ''} |`
  })
  return ['| Service | Outcome | Ran before | Deployment |', '| --- | --- | --- | --- |', ...rows].join('\n')
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

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, '\\$&').replaceAll('\n', ' ')
}
