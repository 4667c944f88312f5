import type { Deployment } from '../deploy/deployment.ts'
import { messageOf } from '../errors.ts'
import type { Note } from '../task-definition/definition.ts'
import { sayCourse, sayTasks } from './course.ts'
import { codeDeployLink, consoleLink } from './links.ts'
import { nextSteps } from './next-steps.ts'
import { code, escaped, fenced, htmlOf, linked, toProse, toText } from './prose.ts'
import { isProven, previousOf, type Report, revisionOf, type ServiceResult, serviceOf } from './report.ts'
import { statusOf } from './status.ts'
import { conclude, sayOutcome, titleOf } from './text.ts'

/**
 * The job summary and the body of a comment: the outcome first, then revisions, services with their tasks and their course, the plan
 * folded, what to know and what to do next. `plan` is the text that the log shows too.
 */
export function toMarkdown(report: Report, plan: readonly string[]): string {
  const services = report.services ?? []
  const moved = services.flatMap(result => (result.kind === 'moved' ? [result.deployment] : []))
  const { icon, words } = statusOf(report)
  return [
    `### ${icon} Levo PCAP sensor: ${escaped(words)}`,
    report.error === undefined ? toText(conclude(report)) : toProse(capitalized(messageOf(report.error), report.named)),
    facts(report),
    sayServices(services, report),
    ...moved.flatMap(deployment => [...sayTasks(deployment), ...sayCourse(deployment)]),
    sayPlan(report, plan),
    listed('Warnings', warningsOf(report).map(toProse)),
    listed('Next steps', nextSteps(report).map(toText))
  ]
    .filter(part => part !== '')
    .join('\n\n')
    .concat('\n')
}

/** The job summary of a run that could not begin, mostly because of its inputs. */
export function failedToBegin(error: unknown): string {
  return `### ❌ Levo PCAP sensor: not begun\n\n${toProse(capitalized(messageOf(error), []))}\n\nNothing in AWS was changed.\n`
}

/** The first letter of a sentence; names stay as they are spelled. */
function capitalized(message: string, names: readonly string[]): string {
  const [word = ''] = message.split(/\s/, 1)
  return /^[a-z]+$/.test(word) && !names.includes(word) ? message.charAt(0).toUpperCase() + message.slice(1) : message
}

function facts(report: Report): string {
  const { origin, baseArn, rendering, region, cluster, named } = report
  const revision = revisionOf(report)
  const isOrigin = baseArn !== undefined && origin?.includes(baseArn.slice(baseArn.lastIndexOf('/') + 1)) === true
  const columns = [
    ['Task definition', origin && toText(origin)],
    ['Revision', revision && linked(revision)],
    ['Compared with', baseArn && !isOrigin && baseArn !== revision ? linked(baseArn) : undefined],
    ['Sensor image', rendering?.sensor && code(String(rendering.sensor.image))],
    ['Where', named.length > 0 ? escaped(`${region}, cluster ${nameOf(cluster)}, ${named.join(', ')}`) : undefined]
  ].filter((column): column is [string, string] => column[1] !== undefined)
  return tableOf(
    columns.map(([name]) => name),
    columns.length === 0 ? [] : [columns.map(([, value]) => value)]
  )
}

/** A table without the columns in which no row has a value. */
function tableOf(names: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const used = names.flatMap((_name, index) => (rows.some(row => row[index] !== '') ? [index] : []))
  const lines = [names, names.map(() => '---'), ...rows]
  return lines.map(cells => `| ${used.map(index => cells[index]).join(' | ')} |`).join('\n')
}

function sayServices(results: readonly ServiceResult[], report: Report): string {
  const names = ['Service', 'Outcome', report.until === 'verify' ? 'Runs' : 'Ran before', 'Deployment', 'Sensor']
  const rows = results.map(result => {
    const previous = linked(previousOf(result))
    const service = serviceLink(serviceOf(result), previousOf(result), report)
    if (result.kind !== 'moved') return [service, sayOutcome(result.kind), previous, '', '']
    const { outcome, arn, sensor } = result.deployment
    const running = sensor === undefined ? '' : `${sensor.running}/${sensor.tasks.length}`
    if (report.until === 'verify')
      return [service, verdictOf(result), linked(arn), deploymentOf(result.deployment), running]
    return [service, sayOutcome(outcome), previous, deploymentOf(result.deployment), running]
  })
  return tableOf(names, rows)
}

function verdictOf(result: ServiceResult): string {
  return isProven([result]) ? 'verified' : 'not verified'
}

function deploymentOf({ deploymentId, codeDeployDeploymentId, arn }: Deployment): string {
  if (codeDeployDeploymentId === undefined) return deploymentId === undefined ? '' : code(deploymentId)
  const link = codeDeployLink(codeDeployDeploymentId, arn)
  return link === undefined ? code(codeDeployDeploymentId) : `[${codeDeployDeploymentId}](${link})`
}

/** The service's page; its ARN is that of a revision but for the last part. */
function serviceLink(service: string, arn: string, { cluster }: Report): string {
  const place = arn.split(':').slice(0, 5).join(':')
  const link = consoleLink(`${place}:service/${nameOf(cluster)}/${service}`)
  return link === undefined ? escaped(service) : `[${escaped(service)}](${link})`
}

/** A cluster may be named by its ARN. */
function nameOf(cluster: string): string {
  return cluster.slice(cluster.lastIndexOf('/') + 1)
}

/** Open where the plan is all that there is; why it is as it is stands above the diff. */
function sayPlan(report: Report, plan: readonly string[]): string {
  if (plan.length === 0) return ''
  const why = report.notes.filter(({ level }) => level === 'note').map(({ text }) => itemOf(toProse(text)))
  const open = report.until === 'render' && report.error === undefined ? ' open' : ''
  const parts = [why.join('\n'), fenced(plan.join('\n'), 'diff')].filter(part => part !== '')
  return `<details${open}><summary>${htmlOf(titleOf(report))}</summary>\n\n${parts.join('\n\n')}\n\n</details>`
}

function warningsOf({ notes }: Report): string[] {
  return notes.filter(({ level }: Note) => level === 'warning').map(({ text }) => text)
}

function listed(title: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  return `**${title}**\n\n${items.map(itemOf).join('\n')}`
}

/** An item may be of several paragraphs; what follows the first line stands below it. */
function itemOf(text: string): string {
  return `- ${text.replace(/\n(?=.)/g, '\n  ')}`
}
