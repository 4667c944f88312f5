import { InputError, StepError } from '../errors.ts'
import { textOf } from '../task-definition/definition.ts'
import {
  isInDoubt,
  isProven,
  movesOf,
  outcomeOf,
  type Report,
  revisionOf,
  sensorRunningOf,
  serviceOf
} from './report.ts'

/** What whoever reads this may want to do now; nothing where the message of an error has said it. */
export function nextSteps(report: Report): string[] {
  if (report.error !== undefined) return afterFailure(report)
  if (report.until === 'render') return afterRendering(report)
  if (report.until === 'register') return afterRegistering(report)
  if (report.until === 'verify') return []
  return afterMoving(report)
}

/** A message has said what to do about the failure; this is about what was, or was not, left behind. */
function afterFailure({ until, registration, services = [], error }: Report): string[] {
  if (until === 'verify' || services.some(({ kind }) => kind === 'moved')) return []
  // A run that was cancelled may have left a call behind; its message says what is known.
  if (error instanceof StepError && error.code === 'cancelled') return []
  if (registration?.outcome === 'registered') {
    const doubtful = services.filter(isInDoubt).map(serviceOf)
    const moved =
      doubtful.length === 0
        ? 'no service was moved onto it'
        : `whether ${doubtful.join(', ')} was moved onto it is not known`
    return [`${registration.arn} is registered and stays; ${moved}.`]
  }
  return services.length === 0 && isWithoutTrace(error) ? ['Nothing in AWS was changed.'] : []
}

/** After these a call may have been carried out without our knowing. */
const UNCERTAIN = ['answer-lost', 'bad-answer', 'cancelled', 'failed']

function isWithoutTrace(error: unknown): boolean {
  return error instanceof InputError || (error instanceof StepError && !UNCERTAIN.includes(error.code))
}

function afterRendering(report: Report): string[] {
  const { dryRun, changed, rendering } = report
  const { moved, anew, set } = movesOf(report)
  if (changed === false && moved.length + anew.length + set.length === 0) return []
  if (textOf(rendering?.after.family) === undefined) return ['Add "family" to the task definition.']
  if (dryRun) return ['The same step without dry-run does what the plan says.']
  const verify =
    rendering?.sensor === undefined ? '' : ' A step with mode: verify after it proves that the sensor runs.'
  return [
    `Give the output task-definition to the step that registers and deploys it, such as aws-actions/amazon-ecs-deploy-task-definition.${verify}`
  ]
}

function afterRegistering(report: Report): string[] {
  if (report.registration?.outcome === 'unchanged') return []
  return [
    `Nothing runs ${revisionOf(report)} yet: name a service, or give the output task-definition-arn to the step that deploys.`
  ]
}

function afterMoving({ services = [], rendering }: Report): string[] {
  const installs = rendering?.sensor !== undefined
  if (outcomeOf(services) === 'started') {
    return [
      `Nobody has watched how it ends: wait-for-service-stability: true follows the deployment, and proves that the sensor ${installs ? 'runs' : 'is gone'}.`
    ]
  }
  if (!installs) return []
  if (isProven(services)) return ['Send traffic to the service: the APIs that the sensor sees in it show up in Levo.']
  return sensorRunningOf(services) === undefined
    ? ['Whether the sensor runs was not looked at: mode: verify proves it.']
    : []
}
