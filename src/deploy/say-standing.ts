import { isEssential } from '../task-definition/definition.ts'
import type { Failure } from './conclude.ts'
import type { Deployment } from './deployment.ts'
import type { RollBack } from './roll-back.ts'
import { deployerOf, isLook, type Story, sentence } from './story.ts'

export const SEE_CONSOLE = 'See in the ECS console what the service runs now, and deploy what it should run.'

/** There is nothing left that could go on. */
const GONE = ['service-not-found', 'cluster-not-found']

/** Where a service stands that was not put back, and what could be done about that. */
export function sayStanding(story: Story, { code, cause }: Failure): string[] {
  const { deployment, settled, back, conclusion } = story
  // What was found when it was to be put back is said there.
  if (back !== undefined && conclusion.calledBack) return []
  const goesOn = `The deployment goes on in ${deployerOf(deployment)}`
  if (cause !== undefined) {
    if (GONE.includes(code) || isLook(story)) return []
    return settled === undefined
      ? [`${goesOn}; a rerun of this step attaches to it.`]
      : [`The service stays on ${deployment.arn}; a rerun of this step looks at it again.`]
  }
  if (settled === undefined && code === 'timed-out') return [`${goesOn}.`]
  return STAYING.includes(code) ? sayStaying(story) : []
}

const STAYING = ['deployment-failed', 'sensor-not-running', 'sensor-still-there', 'timed-out']

function sayStaying(story: Story): string[] {
  const { deployment, settled, options, conclusion } = story
  const { arn, previousArn, begun } = deployment
  // What becomes of a deployment of CodeDeploy that failed is up to its group.
  if (settled === undefined && deployerOf(deployment) === 'CodeDeploy') return []
  const runs = applicationRuns(story)
  if (isLook(story)) return runs ? ['The application runs.'] : []
  const stays = `The service stays on ${arn}${runs ? ', and its application runs' : ''}.`
  const couldGoBack = conclusion.calledBack && !options.rollback && begun === true
  return [couldGoBack ? `${stays} rollback-on-failure: true puts it back on ${previousArn}.` : stays]
}

/** Whether every essential container but the sensor was seen to run in all tasks. */
function applicationRuns({ settled, subject: { definition, sensor } }: Story): boolean {
  const tasks = settled?.result.tasks ?? []
  const names = definition.containerDefinitions.filter(isEssential).map(({ name }) => name)
  const application = names.filter(name => name !== sensor)
  if (tasks.length === 0 || application.length === 0) return false
  return tasks.every(({ task }) =>
    application.every(name => {
      const container = task.containers.find(candidate => candidate.name === name)
      return container?.lastStatus === 'RUNNING' && container.healthStatus !== 'UNHEALTHY'
    })
  )
}

/** What became of putting the service back. */
export function sayBack(back: RollBack | undefined, { previousArn }: Deployment): string[] {
  switch (back?.kind) {
    case undefined:
      return []
    case 'put-back':
      return [`This run put the service back on ${previousArn}.`]
    case 'left-alone':
      return [`The service was not put back: ${sentence(back.reason)}`]
    case 'failed':
      return [
        `Putting the service back on ${previousArn} failed: ${sentence(back.reason)}`,
        back.cause === undefined ? '' : `Likely cause: ${back.cause}.`,
        back.remedy ?? SEE_CONSOLE
      ]
  }
}
