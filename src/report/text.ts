import type { Deployment, Outcome } from '../deploy/deployment.ts'
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
      return []
    case 'planned':
      return sayPlan(report, plan)
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

function sayPlan({ rendering, changed }: Report, plan: readonly string[]): Said[] {
  if (plan.length > 0) return [{ kind: 'group', title: planTitle(rendering), lines: plan }]
  // That nothing changes was said when it was compared.
  if (changed === false) return []
  return [
    line(
      rendering?.sensor === undefined
        ? 'There is no sensor in it'
        : 'The sensor in it is as these inputs ask for already'
    )
  ]
}

/** What the plan is about, in a few words. */
export function planTitle(rendering: Rendering | undefined): string {
  return `Plan: ${sayChange(rendering)}`
}

/** What is done about the sensor, in a few words. */
export function sayChange({ sensor, replaced }: Partial<Rendering> = {}): string {
  if (sensor === undefined) return replaced === undefined ? 'no container changes' : `takes out ${replaced.name}`
  const { name, cpu = 0, memory } = sensor
  const size = memory === undefined ? '' : ` (${Number(cpu)} CPU units, ${memory} MiB)`
  return `${replaced === undefined ? 'adds' : 'updates'} ${name}${size}`
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
  const { service, outcome, previousArn, arn, begun, course, error } = result.deployment
  const which = deploymentOf(result.deployment)
  const verified = sayVerified(result.deployment)
  if (error !== undefined) return `${service}: ${sayOutcome(outcome)} (${which} to ${arn})${verified}`
  if (outcome === 'deployed') return `${service}: ${which} completed, runs ${arn}${verified}`
  if (course !== undefined) return `${service}: runs ${arn}${verified}`
  if (outcome === 'already-running') return `${service}: runs ${arn}${until === 'verify' ? '' : ' already'}`
  if (begun !== true) return `${service}: ${which} to ${arn} is under way`
  return `${service}: ${which} started, ${previousArn} -> ${arn}`
}

function sayVerified({ sensor }: Deployment): string {
  if (sensor === undefined) return ''
  const all = sensor.tasks.length
  if (sensor.expected === 'absent') return `, no sensor any more in ${all - sensor.running}/${all} tasks`
  return `, sensor in ${sensor.running}/${all} tasks`
}

const OUTCOMES: Readonly<Record<Outcome | 'not-begun', string>> = {
  failed: 'failed',
  'timed-out': 'timed out',
  stopped: 'stopped',
  superseded: 'superseded',
  'rolled-back': 'put back',
  started: 'started',
  deployed: 'deployed',
  'already-running': 'runs it already',
  'not-begun': 'not begun'
}

/** An outcome as a person says it. */
export function sayOutcome(outcome: keyof typeof OUTCOMES): string {
  return OUTCOMES[outcome]
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
  if (report.dryRun) return `Dry run: nothing in AWS was changed${wouldDo(report)}`
  if (report.until === 'render')
    return 'Rendered only: nothing in AWS was changed. Register the rendered file in a later step'
  const results = report.services ?? []
  const verified = concludeVerified(results)
  if (report.until === 'verify')
    return `${isProven(results) ? 'Verified' : 'Not verified'}: ${results.map(serviceOf).join(', ')}${verified}`
  const arn = revisionOf(report)
  const there = report.registration?.outcome === 'unchanged' ? `${arn} was there already` : `${arn} is registered`
  if (report.until === 'register') return `Done: ${there}; no service was moved`
  const moving = results.filter(result => result.kind === 'moved' && result.deployment.outcome === 'started')
  if (moving.length === 0)
    return `Done: ${there}, and ${results.map(serviceOf).join(', ')} ${results.length > 1 ? 'run' : 'runs'} it${verified}`
  return `Begun: ${there}; moving onto it now: ${moving.map(serviceOf).join(', ')}`
}

/** What the same step would do without dry-run. */
function wouldDo({ changed, rendering, named }: Report): string {
  const family = rendering?.after.family ?? 'the family'
  const does = [
    ...(changed === false ? [] : [`register a revision of ${family}`]),
    ...(named.length === 0 ? [] : [`move ${named.join(', ')} onto it`])
  ]
  return does.length === 0 ? '' : `. Without dry-run it would ${does.join(' and ')}`
}

/** A sensor that was taken out is gone from tasks, one that was put in runs in them. */
function concludeVerified(results: readonly ServiceResult[]): string {
  const proven = sensorRunningOf(results)
  if (proven === undefined) return ''
  const [running = 0, all = 0] = proven.split('/').map(Number)
  const isGone = results.some(result => result.kind === 'moved' && result.deployment.sensor?.expected === 'absent')
  if (all === 0) return '; no task runs, so there was none to look at'
  return isGone
    ? `; ${all - running} of ${all} tasks have no sensor any more`
    : `; the sensor runs in ${running} of ${all} tasks`
}
