import { bulleted, StepError } from '../errors.ts'
import type { Failure } from './conclude.ts'
import type { Deployment } from './deployment.ts'
import { SEE_CONSOLE, sayBack, sayStanding } from './say-standing.ts'
import { sayFindings, saySettled, sayTasks } from './say-tasks.ts'
import { sayMinutes } from './say-waiting.ts'
import { deployerOf, isLook, type Story, sentence } from './story.ts'

/** Why the step fails for a service: what happened, what was found in its tasks, where the service stands now, what to do. */
export function explainOutcome(story: Story): StepError | undefined {
  const { conclusion, findings, settled, back, options, subject, deployment } = story
  const { failure } = conclusion
  if (failure === undefined) return undefined
  const judged = settled !== undefined && ['judged', 'timed-out'].includes(settled.kind)
  const what = [
    headline(story, failure),
    ...(judged ? [bulleted(sayTasks(settled.result, options.settle))] : []),
    ...sayFindings(findings),
    ...sayStanding(story, failure),
    ...sayBack(back, deployment)
  ]
  return new StepError({
    code: failure.code,
    what: subject.redact(what.filter(line => line !== '').join('\n')),
    hint: remedyFor(story, failure),
    cause: failure.cause
  })
}

function nameOf({ service, deploymentId, codeDeployDeploymentId: delivery, arn }: Deployment): string {
  return `${service}: ${delivery === undefined ? `deployment ${deploymentId}` : `CodeDeploy deployment ${delivery}`} to ${arn}`
}

function headline(story: Story, failure: Failure): string {
  const { settled, options, deployment, expect } = story
  if (settled === undefined) return watchHeadline(story, nameOf(deployment), failure)
  const done = isLook(story) ? `${deployment.service} runs ${deployment.arn}` : `${nameOf(deployment)} completed`
  switch (settled.kind) {
    case 'superseded':
      return isLook(story)
        ? `${deployment.service} ran ${deployment.arn}, which was superseded while its sensors were watched: ${sentence(failure.reason)}`
        : `${done}, and was superseded while its sensors were watched: ${sentence(failure.reason)} Nothing more was sent.`
    case 'unseen': {
      const proof = expect.kind === 'present' ? 'to run' : 'to be gone'
      return failure.code === 'bad-credentials'
        ? `${done}; the credentials ceased to be valid before its sensors were proven ${proof}. ${sentence(failure.reason)}`
        : `${done}, but its tasks cannot be looked at: ${failure.reason}`
    }
    case 'judged':
    case 'timed-out':
      return `${done}, but ${sentence(saySettled(settled, options.settle))}`
  }
}

function watchHeadline({ deployment, options }: Story, subject: string, { code, reason }: Failure): string {
  const by = deployerOf(deployment)
  const byCodeDeploy = by === 'CodeDeploy'
  const over = byCodeDeploy
    ? `the ${sayMinutes(options.minutes)} of wait-for-minutes and the deployment group's own waits are over`
    : `the ${sayMinutes(options.minutes)} of wait-for-minutes ${options.minutes === 1 ? 'is' : 'are'} over`
  switch (code) {
    case 'deployment-failed':
      return `${subject} failed${byCodeDeploy ? '' : ', and ECS left the service there'}: ${sentence(reason)}`
    case 'rolled-back':
      return `${subject} failed, and ${by} put the service back on what ran before: ${sentence(reason)}`
    case 'rollback-failed':
      return `${subject} failed, and so did putting the service back: ${sentence(reason)}`
    case 'superseded':
      return `${subject} was superseded: ${sentence(reason)} Nothing more was sent.`
    case 'stopped':
      return `${subject} was stopped: ${sentence(reason)} Nothing more was sent.`
    case 'timed-out':
      return `${subject}: ${over}, and ${sentence(reason)}`
    case 'waits-for-a-person':
      return `${subject}: ${over}, and ${sentence(reason)} Nothing was put back.`
    case 'bad-credentials':
      return `${subject} was under way when the credentials ceased to be valid; how it ends is not known here. ${sentence(reason)}`
    case 'service-not-active':
      return `${subject} cannot be followed any more: ${sentence(reason)}`
    default:
      return `${subject} could not be followed: ${reason}`
  }
}

function remedyFor({ findings, deployment, settled, expect }: Story, { code }: Failure): string | undefined {
  const isWanted = `if ${expect.kind === 'present' ? 'the sensor should be in' : 'the sensor should be gone from'} what the service runs now`
  switch (code) {
    case 'timed-out':
      // What to do about its cause was said there.
      if (findings.some(({ diagnosis }) => diagnosis !== undefined)) return undefined
      if (settled === undefined) {
        return 'Give wait-for-minutes more, or see in the course of events what keeps it from ending.'
      }
      return settled.kind === 'timed-out' && settled.blind !== undefined
        ? 'A step with mode: verify proves it once AWS answers these looks again.'
        : 'Give wait-for-minutes more, or see why the sensor does not run in those tasks.'
    case 'waits-for-a-person':
      return deployerOf(deployment) === 'CodeDeploy'
        ? 'Reroute the traffic, or stop the deployment, in the CodeDeploy console.'
        : 'Let it go on, or roll it back, in the ECS console; a rerun of this step attaches to it.'
    case 'superseded':
      return `See who deployed that. Run again ${isWanted}.`
    case 'stopped':
      return `See who stopped it, and why. Run again ${isWanted}.`
    case 'rollback-failed':
      return SEE_CONSOLE
    default:
      return undefined
  }
}
