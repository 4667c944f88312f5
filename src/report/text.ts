import type { Deployment, Outcome } from '../deploy/deployment.ts'
import { type Note, textOf } from '../task-definition/definition.ts'
import type { Event, Report, ServiceResult } from './report.ts'
import { isInDoubt, isProven, movesOf, previousOf, revisionOf, sensorRunningOf, serviceOf } from './report.ts'
import { sayChange, saySteps, shortened } from './say-change.ts'

/** What a host prints for an event: lines, a note, or a titled group of lines. */
export type Said =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'group'; readonly title: string; readonly lines: readonly string[] }
  /** A group whose lines come as they happen, until it is closed. */
  | { readonly kind: 'open'; readonly title: string }
  | { readonly kind: 'close' }
  /** Said by nobody: what is to be hidden in all that is said from then on. */
  | { readonly kind: 'secrets'; readonly texts: readonly string[] }

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

function sayPlan(report: Report, plan: readonly string[]): Said[] {
  const { rendering, changed, again } = report
  if (plan.length > 0) return [{ kind: 'group', title: titleOf(report), lines: plan }]
  // That nothing changes was said when it was compared.
  if (changed === false || again === true) return []
  return [
    line(
      rendering?.sensor === undefined
        ? 'There is no sensor in it'
        : 'The sensor in it is as these inputs ask for already'
    )
  ]
}

/** What the plan is about, in a few words. */
export function titleOf(report: Report): string {
  return `Plan: ${sayChange(report)}`
}

function sayComparison(changed: boolean, baseArn: string | undefined, report: Report): string {
  if (!changed) {
    const begin = saySteps(report).length === 0 ? 'Nothing changed: ' : ''
    return `${begin}${baseArn} is this definition already, so no revision is registered`
  }
  const family = report.rendering?.after.family ?? 'the family'
  if (baseArn === undefined) return `${family} has no ACTIVE revision yet: this will be its first`
  if (report.again === true) {
    const then = report.until === 'render' ? 'registering it would make a new revision' : 'the same is registered again'
    return `${baseArn} is this definition already, but was deregistered: ${then}`
  }
  return `Differs from ${baseArn}: ${report.until === 'render' ? 'registering it would make' : 'registering'} a new revision`
}

function sayService(result: ServiceResult, { until }: Report): string {
  if (result.kind === 'not-begun') return `${result.service}: not moved, nothing was tried`
  if (result.kind === 'failed') {
    if (until === 'verify') return `${result.service}: not verified, it failed`
    if (isInDoubt(result)) return `${result.service}: it failed, and whether it was moved is not known`
    return `${result.service}: not moved, it failed`
  }
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
  if (report.until === 'render') return `Rendered only: nothing in AWS was changed. ${sayRendered(report)}`
  const results = report.services ?? []
  const verified = concludeVerified(results)
  if (report.until === 'verify')
    return `${isProven(results) ? 'Verified' : 'Not verified'}: ${results.map(serviceOf).join(', ')}${verified}`
  const arn = revisionOf(report)
  const there = report.registration?.outcome === 'unchanged' ? `${arn} was there already` : `${arn} is registered`
  if (report.until === 'register') return `Done: ${there}; no service was moved`
  const isMoving = (result: ServiceResult) => result.kind === 'moved' && result.deployment.outcome === 'started'
  const [moving, settled] = [results.filter(isMoving), results.filter(result => !isMoving(result))]
  if (moving.length === 0) {
    const isDoubtful = sensorRunningOf(results) !== undefined && !isProven(results)
    return `${isDoubtful ? 'Not verified' : 'Done'}: ${there}, and ${sayRunning(settled)}${verified}`
  }
  const [anew, others] = [moving.filter(isAnew), moving.filter(result => !isAnew(result))]
  const says = [
    ...(others.length === 0 ? [] : [`moving onto it now: ${others.map(serviceOf).join(', ')}`]),
    ...(anew.length === 0 ? [] : [`deploying it anew: ${anew.map(serviceOf).join(', ')}`]),
    ...(settled.length === 0 ? [] : [`${sayRunning(settled)} already`])
  ]
  return `Begun: ${[there, ...says].join('; ')}`
}

/** A deployment of what the service ran before. */
function isAnew(result: ServiceResult): boolean {
  return result.kind === 'moved' && result.deployment.begun === true && previousOf(result) === result.deployment.arn
}

function sayRunning(results: readonly ServiceResult[]): string {
  return `${results.map(serviceOf).join(', ')} ${results.length > 1 ? 'run' : 'runs'} it`
}

/** What a later step has to do with what was only rendered. */
function sayRendered({ changed, baseArn, rendering }: Report): string {
  if (changed === false && baseArn !== undefined) {
    return `${shortened(baseArn)} is the same already, so there is nothing to register`
  }
  if (textOf(rendering?.after.family) === undefined) return 'It has no "family", so it cannot be registered as it is'
  return 'Register the rendered file in a later step'
}

/** Where it was not compared. */
const UNLESS_SAME = ' (unless its latest one is the same)'

/** What the same step would do without dry-run. */
function wouldDo(report: Report): string {
  const { changed, rendering, baseArn } = report
  const family = textOf(rendering?.after.family)
  if (family === undefined) return '. It has no "family", so it cannot be registered as it is'
  if (report.rendersOnly === true)
    return '. Without dry-run it would stop after rendering, too, as register: false asks'
  const { moved, anew, set } = movesOf(report)
  const revision = changed === false ? shortened(baseArn ?? '') : 'it'
  const does = [
    ...(changed === false ? [] : [`register a revision of ${family}${changed === undefined ? UNLESS_SAME : ''}`]),
    ...(moved.length === 0 ? [] : [`move ${moved.join(', ')} onto ${revision}`]),
    ...(anew.length === 0 ? [] : [`deploy ${revision} anew in ${anew.join(', ')}`]),
    ...(set.length === 0 ? [] : [`set ${(report.sets ?? []).join(', ')} of ${set.join(', ')}`])
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
