import { createHash } from 'node:crypto'
import { createDeployment, type GroupName, listDeployments, readDeployment } from '../ecs/code-deploy.ts'
import type { Ecs } from '../ecs/ecs.ts'
import type { ServiceState } from '../ecs/services.ts'
import { messageOf, StepError } from '../errors.ts'
import type { Clock } from './clock.ts'
import { attach, type Move, mark } from './deploy.ts'
import type { Deployment } from './deployment.ts'

/** What the inputs say of CodeDeploy; what is not given has its default by cluster and service. */
export interface CodeDeployOptions {
  /** Path of the AppSpec, relative to the workspace. */
  readonly appSpec?: string | undefined
  readonly application?: string | undefined
  readonly group?: string | undefined
  readonly description?: string | undefined
  /** Sent only when given. */
  readonly config?: string | undefined
}

/** How CodeDeploy deploys one service. */
export interface Delivery {
  readonly name: GroupName
  /** The AppSpec with a revision in it, as JSON. */
  readonly appSpecFor: (arn: string) => string
  readonly description?: string | undefined
  readonly config?: string | undefined
  /** Minutes that a deployment waits for somebody to reroute the traffic; 0: it does so by itself. */
  readonly readyMinutes: number
  /** Id of a deployment to the very revision that was under way before: it is followed, and no other is begun. */
  readonly underWay?: string | undefined
}

/** Has CodeDeploy move one service onto the revision, or says that it is, or gets, there already. */
export async function deployByCodeDeploy(
  service: ServiceState,
  move: Move,
  delivery: Delivery,
  ecs: Ecs,
  clock: Clock
): Promise<Deployment> {
  const { name, taskDefinition } = service
  const { arn, options } = move
  await updateSettings(service, move, ecs)
  const begins = { service: name, outcome: 'started', arn } as const
  if (delivery.underWay !== undefined) {
    const previousArn = runBefore(service, arn)
    return { ...begins, previousArn, codeDeployDeploymentId: delivery.underWay, notes: [] }
  }
  if (taskDefinition === arn && options.forceNewDeployment !== true) {
    return { ...attach(service), outcome: 'already-running' }
  }
  const codeDeployDeploymentId = await start(delivery, arn, ecs, clock)
  const notes = await mark(service, move, ecs)
  return { ...begins, begun: true, previousArn: taskDefinition, codeDeployDeploymentId, notes }
}

/** Once the traffic is rerouted the service names the new revision; the other task set is what ran before. */
function runBefore({ taskDefinition, deployments }: ServiceState, arn: string): string {
  if (taskDefinition !== arn) return taskDefinition
  return deployments.find(other => other.taskDefinition !== arn)?.taskDefinition ?? arn
}

/** CodeDeploy changes the revision alone. These ECS takes under its controller too, without a revision beside them. */
async function updateSettings(service: ServiceState, { cluster, options }: Move, ecs: Ecs): Promise<void> {
  const { desiredCount, propagateTags, enableECSManagedTags } = options
  const settings = {
    ...(desiredCount === undefined ? {} : { desiredCount }),
    ...(propagateTags === undefined ? {} : { propagateTags }),
    ...(enableECSManagedTags === undefined ? {} : { enableECSManagedTags })
  }
  if (Object.keys(settings).length === 0) return
  await ecs.call('UpdateService', { cluster, service: service.name, ...settings }, { on: service.name })
}

const LOST_ATTEMPTS = 3
/** How far the clock of this machine may be behind that of AWS; a signature by one that is further off is refused. */
const CLOCKS_APART = 600

/** Begins a deployment to the revision, and never a second one when the answer of the first is lost. Gives its id. */
export async function start(delivery: Delivery, arn: string, ecs: Ecs, clock: Clock): Promise<string> {
  const { name, config, description } = delivery
  const content = delivery.appSpecFor(arn)
  const sha256 = hashOf(content)
  const request = {
    ...(config === undefined ? {} : { deploymentConfigName: config }),
    ...(description === undefined ? {} : { description: cutDescription(description) }),
    revision: { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } }
  } as const
  const createTimeRange = { start: Math.floor(clock.now() / 1000) - CLOCKS_APART }
  const before = await listDeployments(ecs, name, { createTimeRange })
  for (let attempt = 1; ; attempt++) {
    try {
      return requireId(await createDeployment(ecs, name, request), name)
    } catch (error) {
      if (!(error instanceof StepError) || !mayBeMade(error, attempt)) throw error
      const since = async () => {
        const ids = await listDeployments(ecs, name, { createTimeRange })
        return ids.filter(id => !before.includes(id))
      }
      const made = await findMade(name, sha256, since, ecs, clock).catch(cause => {
        throw unseen(name, error, cause)
      })
      if (made !== undefined) return made
      if (error.code !== 'answer-lost' || attempt === LOST_ATTEMPTS) throw error
    }
  }
}

/** After a lost answer the group may be busy with the very deployment that the answer was about. */
function mayBeMade({ code }: StepError, attempt: number): boolean {
  return code === 'answer-lost' || (attempt > 1 && code === 'deployment-in-progress')
}

/** The deployment of that AppSpec, looked for twice, since it may be about to appear. */
async function findMade(
  name: GroupName,
  sha256: string,
  since: () => Promise<string[]>,
  ecs: Ecs,
  clock: Clock
): Promise<string | undefined> {
  for (const seconds of [1, 3]) {
    await clock.sleep(seconds)
    for (const id of await since()) {
      if ((await readDeployment(ecs, name, id)).sha256 === sha256) return id
    }
  }
  return undefined
}

/** The look that was to tell whether it was begun failed as well: then it stays unknown, and both are to be told. */
function unseen({ application, group }: GroupName, { message }: StepError, cause: unknown): StepError {
  return new StepError({
    code: 'answer-lost',
    what: `${message}\nWhether a deployment was begun is not known, since looking for it failed too: ${messageOf(cause)}`,
    hint: `See in the CodeDeploy console whether ${group} of ${application} got a deployment before the step is run again.`,
    cause
  })
}

function requireId(id: string | undefined, { group }: GroupName): string {
  if (id !== undefined) return id
  throw new StepError({ code: 'bad-answer', what: `CodeDeploy answered for ${group} without the deployment's id.` })
}

/** The hash by which CodeDeploy tells AppSpecs apart. */
export function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

const LONGEST_DESCRIPTION = 512

/** Not in the middle of a character that takes two places. */
function cutDescription(description: string): string {
  return description.slice(0, LONGEST_DESCRIPTION).replace(/[\uD800-\uDBFF]$/, '')
}
