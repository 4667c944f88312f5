import type { Deployment } from '../deploy/deployment.ts'
import type { Rendering } from '../sensor/render.ts'
import type { Note } from '../task-definition/definition.ts'
import type { Event, Report, ServiceResult } from './report.ts'
import { isProven, revisionOf, sensorRunningOf, serviceOf } from './report.ts'

/** What a host prints for an event: lines, a note, or a titled group of lines. */
export type Said =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'group'; readonly title: string; readonly lines: readonly string[] }
  /** A group whose lines come as they happen, until it is closed. */
  | { readonly kind: 'open'; readonly title: string }
  | { readonly kind: 'close' }

const line = (text: string): Said => ({ kind: 'line', text })

/** `plan` makes the diff; it is handed in because it is only needed when there is something to show. */
export function say(event: Event, report: Report, plan: readonly string[]): Said[] {
  switch (event.kind) {
    case 'sourced':
      return [line(`Task definition: ${event.origin}`)]
    case 'rendered':
      return [sayPlan(event.rendering, plan)]
    case 'compared':
      return [line(sayComparison(event.changed, event.baseArn, report))]
    case 'registered':
      return event.registration.outcome === 'registered' ? [line(`Registered ${event.registration.arn}`)] : []
    case 'service':
      return [line(sayService(event.result, report))]
    case 'following':
      return [{ kind: 'open', title: `Following ${event.services.join(', ')}` }]
    case 'moment':
      return [line(`[${elapsed(event.moment.seconds)}] ${event.service}: ${event.moment.text}`)]
    case 'followed':
      return [{ kind: 'close' }]
    case 'noted':
      return [{ kind: 'note', note: event.note }]
  }
}

function sayPlan({ sensor, replaced }: Rendering, plan: readonly string[]): Said {
  const name = (sensor ?? replaced)?.name
  if (plan.length > 0)
    return {
      kind: 'group',
      title: `Plan: container ${name}${sensor === undefined ? ' is taken out' : ''}`,
      lines: plan
    }
  return line(sensor === undefined ? 'There is no sensor in it' : 'The sensor in it is as these inputs ask for already')
}

function sayComparison(changed: boolean, baseArn: string | undefined, report: Report): string {
  if (!changed) return `Nothing changed: ${baseArn} is this definition already, so no revision is registered`
  const family = report.rendering?.after.family ?? 'the family'
  if (baseArn === undefined) return `${family} has no ACTIVE revision yet: this will be its first`
  return `Differs from ${baseArn}: ${report.until === 'render' ? 'registering it would make' : 'registering'} a new revision`
}

function sayService(result: ServiceResult, { until }: Report): string {
  if (result.kind === 'not-begun') return `${result.service}: not moved, nothing was tried`
  if (result.kind === 'failed') return `${result.service}: not ${until === 'verify' ? 'verified' : 'moved'}, it failed`
  const { service, outcome, previousArn, arn, begun, course, sensor, error } = result.deployment
  const which = deploymentOf(result.deployment)
  const verified = sensor === undefined ? '' : `, sensor in ${sensor.running}/${sensor.tasks.length} tasks`
  if (error !== undefined) return `${service}: ${outcome} (${which} to ${arn})${verified}`
  if (outcome === 'deployed') return `${service}: ${which} completed, runs ${arn}${verified}`
  if (course !== undefined) return `${service}: runs ${arn}${verified}`
  if (outcome === 'already-running') return `${service}: runs ${arn} already`
  if (begun !== true) return `${service}: ${which} to ${arn} is under way`
  return `${service}: ${which} started, ${previousArn} -> ${arn}`
}

/** What is followed: where CodeDeploy deploys, ECS's own id is only that of the tasks. */
function deploymentOf({ deploymentId, codeDeployDeploymentId }: Deployment): string {
  return codeDeployDeploymentId === undefined
    ? `deployment ${deploymentId}`
    : `CodeDeploy deployment ${codeDeployDeploymentId}`
}

/** `45s`, `3m05s`, `1h02m05s`. */
export function elapsed(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (number: number) => String(number).padStart(2, '0')
  if (hours > 0) return `${hours}h${two(minutes)}m${two(rest)}s`
  return minutes > 0 ? `${minutes}m${two(rest)}s` : `${rest}s`
}

/** The last line: what the run comes to, in one sentence. */
export function conclude(report: Report): string {
  if (report.dryRun) return 'Dry run: nothing in AWS was changed'
  if (report.until === 'render')
    return 'Rendered only: nothing in AWS was changed. Register the rendered file in a later step'
  const results = report.services ?? []
  const proven = sensorRunningOf(results)
  const verified = proven === undefined ? '' : `; the sensor runs in ${proven} tasks`
  if (report.until === 'verify')
    return `${isProven(results) ? 'Verified' : 'Not verified'}: ${results.map(serviceOf).join(', ')}${verified}`
  const arn = revisionOf(report)
  const done = report.registration?.outcome === 'unchanged' ? `${arn} was there already` : `${arn} is registered`
  if (report.until === 'register') return `Done: ${done}; no service was moved`
  const moving = results.filter(result => result.kind === 'moved' && result.deployment.outcome === 'started')
  if (moving.length === 0) return `Done: ${done}, and every service runs it${verified}`
  return `Done: ${done}; moving onto it now: ${moving.map(serviceOf).join(', ')}`
}
