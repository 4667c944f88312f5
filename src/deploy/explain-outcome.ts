import { bulleted, StepError } from '../errors.ts'
import type { Conclusion, Failure } from './conclude.ts'
import type { Deployment, FollowOptions } from './deployment.ts'
import type { Finding } from './post-mortem.ts'
import type { RollBack } from './roll-back.ts'
import { sayFinding, sayTask, sayVerdict } from './say-tasks.ts'
import type { Settled } from './settle.ts'

interface Story {
  readonly deployment: Deployment
  readonly conclusion: Conclusion
  readonly settled: Settled | undefined
  readonly findings: readonly Finding[]
  readonly back: RollBack | undefined
  readonly options: FollowOptions
}

/** Why the step fails for a service: what happened, what was found in its tasks, what was done about it, what to do. */
export function explainOutcome(story: Story, redact: (text: string) => string): StepError | undefined {
  const { conclusion, deployment, findings, settled, back, options } = story
  const { failure } = conclusion
  if (failure === undefined) return undefined
  const { service, deploymentId, codeDeployDeploymentId: delivery, arn } = deployment
  const subject = `${service}: ${delivery === undefined ? `deployment ${deploymentId}` : `CodeDeploy deployment ${delivery}`} to ${arn}`
  const judged = settled !== undefined && ['judged', 'timed-out'].includes(settled.kind)
  const seconds = settled?.result.expected === 'absent' ? 0 : options.settle
  const what = [
    headline(story, subject, failure),
    ...(judged ? [bulleted(settled.result.tasks.map(task => sayTask(task, seconds)))] : []),
    ...findings.map(sayFinding),
    ...sayBack(back, deployment)
  ]
  return new StepError({
    code: failure.code,
    what: redact(what.filter(line => line !== '').join('\n')),
    hint: remedyFor(story, failure.code),
    cause: failure.cause
  })
}

function headline(story: Story, subject: string, failure: Failure): string {
  const { settled, options } = story
  if (settled === undefined) return watchHeadline(story, subject, failure)
  switch (settled.kind) {
    case 'superseded':
      return `${subject} completed, and was superseded while its sensors were watched: ${sentence(failure.reason)} Nothing more was sent.`
    case 'unseen':
      return failure.code === 'bad-credentials'
        ? `${subject} completed; the credentials ceased to be valid before its sensors were proven to run. ${sentence(failure.reason)}`
        : `${subject} completed, but its tasks can not be looked at: ${failure.reason}`
    case 'judged':
    case 'timed-out':
      return `${subject} completed, but ${sayVerdict(settled.result, options.settle)}.`
  }
}

function watchHeadline({ deployment, options }: Story, subject: string, { code, reason }: Failure): string {
  const byCodeDeploy = deployment.codeDeployDeploymentId !== undefined
  const by = byCodeDeploy ? 'CodeDeploy' : 'ECS'
  const over = `the ${options.minutes} minutes of wait-for-minutes${byCodeDeploy ? " and the deployment group's own waits" : ''} are over`
  switch (code) {
    case 'deployment-failed':
      return `${subject} failed${byCodeDeploy ? '' : ', and ECS did not put the service back'}: ${sentence(reason)}`
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
      return `${subject} can not be followed any more: ${sentence(reason)}`
    default:
      return `${subject} could not be followed: ${reason}`
  }
}

/** ECS ends some of its reasons with a full stop, and some not. */
function sentence(reason: string): string {
  // A statement to paste into a policy stays as it is.
  return reason.endsWith('}') ? reason : `${reason.replace(/\.+$/, '')}.`
}

function sayBack(back: RollBack | undefined, { previousArn }: Deployment): string[] {
  if (back === undefined) return []
  if (back.kind === 'put-back') return [`The service was put back on ${previousArn}.`]
  if (back.kind === 'left-alone') return [`The service was not put back: ${sentence(back.reason)}`]
  return [`Putting the service back on ${previousArn} failed: ${sentence(back.reason)}`]
}

function remedyFor(story: Story, code: string): string | undefined {
  const { findings, back } = story
  const remedies = [...new Set(findings.flatMap(({ diagnosis }) => diagnosis?.remedy ?? []))]
  const known = remedies.length > 0 ? remedies : [remedyOf(story, code)]
  const rest =
    back?.kind === 'failed'
      ? 'See in the ECS console what the service runs now, and deploy what it should run.'
      : undefined
  return [...known, rest].filter(text => text !== undefined).join('\n') || undefined
}

function remedyOf({ options, deployment, settled, back }: Story, code: string): string | undefined {
  const byCodeDeploy = deployment.codeDeployDeploymentId !== undefined
  if (code === 'timed-out') {
    const goesOn = back === undefined ? `; it goes on in ${byCodeDeploy ? 'CodeDeploy' : 'ECS'}` : ''
    if (settled !== undefined) return 'Give wait-for-minutes more, or see why the sensor does not run in those tasks.'
    return `Give wait-for-minutes more, or see in the events above what keeps it from ending${goesOn}.`
  }
  if (code === 'waits-for-a-person' && byCodeDeploy) {
    return 'Reroute the traffic, or stop the deployment, in the CodeDeploy console.'
  }
  if (code === 'waits-for-a-person') {
    return 'Let it go on, or roll it back, in the ECS console; a rerun of this step attaches to it.'
  }
  const canGoBack = back === undefined && !options.rollback && deployment.begun === true
  // What becomes of a deployment of CodeDeploy that failed is up to its group.
  const codes = byCodeDeploy ? ['sensor-not-running'] : ['deployment-failed', 'sensor-not-running']
  if (codes.includes(code) && canGoBack) {
    return `The service is still on ${deployment.arn}. rollback-on-failure: true puts it back on ${deployment.previousArn}.`
  }
  return undefined
}
