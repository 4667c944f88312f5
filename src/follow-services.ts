import { courseOf, type Following, type Place } from './deploy/course.ts'
import { attach } from './deploy/deploy.ts'
import type { Deployment, FollowOptions } from './deploy/deployment.ts'
import { followAll } from './deploy/follow.ts'
import { isUnderWay } from './deploy/inspect.ts'
import { Looker } from './deploy/look.ts'
import type { Expectation } from './deploy/settle.ts'
import type { Course } from './deploy/watch.ts'
import type { Way } from './deploy/way.ts'
import { describeServices, type ServiceState } from './ecs/services.ts'
import { describeTaskDefinition } from './ecs/task-definitions.ts'
import { messageOf, StepError } from './errors.ts'
import { failWith } from './failures.ts'
import type { Flow } from './flow.ts'
import { redactor } from './report/redact.ts'
import { secretsOf } from './report/secrets-of.ts'
import { isSensor } from './sensor/find.ts'
import { render } from './sensor/render.ts'
import { type Definition, warning } from './task-definition/definition.ts'
import { toRegistrable } from './task-definition/registrable.ts'

/** A service with the deployment that is followed, and the revision that it brings. */
export interface Moved {
  readonly service: ServiceState
  readonly deployment: Deployment
  /** The revision with its response-only members dropped. */
  readonly definition: Definition
  /** The name of the sensor in it, if it has one. */
  readonly sensor: string | undefined
  /** Absent where ECS itself deploys. */
  readonly way?: Way | undefined
}

/** Follows all deployments side by side to their ends, each judged for itself. Throws what fails the step, of all services at once. */
export async function followServices(flow: Flow, moved: readonly Moved[], follow: FollowOptions): Promise<void> {
  if (moved.length === 0) return
  const { options, world } = flow
  const ecs = await world.ecs()
  const place: Place = {
    ecs,
    clock: world.clock,
    cluster: options.cluster,
    options: follow,
    onMoment: (service, moment) => flow.tell({ kind: 'moment', service, moment })
  }
  flow.tell({ kind: 'following', services: moved.map(({ deployment }) => deployment.service) })
  const looker = new Looker(ecs, options.cluster, note => flow.note([note]))
  const courses = moved.map(each => ({
    serviceArn: each.service.arn,
    eventsSince: eventsSince(each),
    course: guarded(each.deployment, followingOf(flow, each), {
      ...place,
      options: { ...follow, minutes: each.way?.minutes ?? follow.minutes }
    })
  }))
  const ended: Deployment[] = []
  const onEnd = (deployment: Deployment): void => {
    ended.push(deployment)
    flow.service({ kind: 'moved', deployment })
  }
  await followAll(courses, looker, world.clock, follow.maxDelay, onEnd, follow.grid)
  flow.tell({ kind: 'followed' })
  const said = moved.flatMap(({ deployment }) => deployment.notes)
  flow.note(ended.flatMap(({ notes }) => notes.filter(note => !said.includes(note))))
  failWith(ended.flatMap(({ error }) => error ?? []))
}

/** When the deployment began, in ECS's own time: of one that was begun here it is that of the last event before. */
export function eventsSince({ service: { deployments, events }, deployment }: Moved): number {
  if (deployment.begun === true) return events.reduce((latest, { createdAt }) => Math.max(latest, createdAt), 0)
  return deployments.find(({ id }) => id === deployment.deploymentId)?.createdAt ?? 0
}

/** What goes wrong with one service must not end the courses of the others. */
async function* guarded(deployment: Deployment, following: Following, place: Place): Course<Deployment> {
  try {
    return yield* courseOf(following, place)
  } catch (cause) {
    const what = `${deployment.service}: following the deployment ${deployment.deploymentId} failed: ${messageOf(cause)}`
    const error = cause instanceof StepError ? cause : new StepError({ code: 'failed', what, cause })
    return { ...deployment, outcome: 'failed', error }
  }
}

const redactors = new WeakMap<readonly string[], WeakMap<Definition, (text: string) => string>>()

/** The same for all services that get the same revision: what is looked for is much, and there may be a thousand of them. */
function redactorFor(secrets: readonly string[], definition: Definition): (text: string) => string {
  const ofSecrets = redactors.get(secrets) ?? new WeakMap<Definition, (text: string) => string>()
  redactors.set(secrets, ofSecrets)
  const redact = ofSecrets.get(definition) ?? redactor(secrets, secretsOf(definition))
  ofSecrets.set(definition, redact)
  return redact
}

function followingOf(flow: Flow, { service, deployment, definition, sensor, way }: Moved): Following {
  const redact = redactorFor(flow.options.secrets, definition)
  return {
    deployment,
    service,
    expect: expectationOf(flow, sensor),
    subject: { definition, sensor, redact },
    earlierServiceDeploymentArn: deployment.begun === true ? service.serviceDeploymentArn : undefined,
    way
  }
}

function expectationOf({ options: { change } }: Flow, sensor: string | undefined): Expectation {
  if (change.kind !== 'remove') return { kind: 'present', sensor: sensor ?? '' }
  return { kind: 'absent', isSensor: container => isSensor({ ...container }, change.image) }
}

/** `mode: verify`: services as they stand, whoever deployed them. Nothing is changed. */
export async function verifyServices(flow: Flow, follow: FollowOptions): Promise<void> {
  const { options, world } = flow
  const ecs = await world.ecs()
  const services = await describeServices(ecs, options.cluster, options.services)
  const moved: Moved[] = []
  const errors: unknown[] = []
  for (const service of services) {
    try {
      const each = await standing(flow, service)
      moved.push(each)
      flow.service({ kind: 'moved', deployment: each.deployment })
    } catch (error) {
      errors.push(error)
      flow.service({ kind: 'failed', service: service.name, previousArn: service.taskDefinition, error })
    }
  }
  await followServices(flow, moved, follow).catch(error => errors.push(error))
  failWith(errors)
}

/** What the service runs, and which of its containers is the sensor. Throws StepError when it has none. */
async function standing(flow: Flow, service: ServiceState): Promise<Moved> {
  const { options, world } = flow
  const { name, taskDefinition, status } = service
  if (status !== 'ACTIVE') {
    throw new StepError({ code: 'service-not-active', what: `${name} is ${status}: there is nothing to verify.` })
  }
  const revision = await describeTaskDefinition(await world.ecs(), taskDefinition)
  const { definition } = toRegistrable(revision?.definition ?? { containerDefinitions: [] })
  const { sensor } = render(definition, options.change, { region: options.region })
  if (sensor === undefined) {
    throw new StepError({
      code: 'no-sensor',
      what: `${name} runs ${taskDefinition}, which has no sensor.`,
      hint: 'Put it in with this action (mode: install) before the step that deploys, or give image when it runs a mirror of another name.'
    })
  }
  const attached = attach(service)
  if (attached.error !== undefined && !options.waits) throw attached.error
  // CodeDeploy keeps the old tasks for a while after it is done: what has the traffic is judged as it stands.
  const byCodeDeploy = service.controller !== 'ECS'
  const judgedNow = isUnderWay(service) && (!options.waits || byCodeDeploy)
  if (judgedNow && byCodeDeploy) {
    flow.note([
      warning(`${name} has more than one task set; judged is the one that has the traffic, ${attached.deploymentId}`)
    ])
  } else if (judgedNow) {
    const text = `${name}: deployment ${attached.deploymentId} is under way; judged as it stands (wait-for-service-stability: true waits for its end)`
    flow.note([warning(text)])
  }
  const deployment: Deployment = judgedNow ? { ...attached, outcome: 'already-running' } : attached
  return { service, deployment, definition, sensor: sensor.name }
}
