import { requireUntouched } from '../deploy/deploy.ts'
import { inspect, type Plan } from '../deploy/inspect.ts'
import { tryRights } from '../deploy/preflight.ts'
import { waitForOthers } from '../deploy/wait-for-others.ts'
import type { Ecs } from '../ecs/ecs.ts'
import type { ServiceState } from '../ecs/services.ts'
import { StepError } from '../errors.ts'
import type { FleetService } from '../fleet/fleet.ts'
import { isOptedOut } from '../fleet/pick-services.ts'
import { type Note, note } from '../task-definition/definition.ts'
import { type FleetFlow, keyOfService } from './fleet-flow.ts'

/**
 * Looks at a service whose turn it is, before anything is registered for it. `arn` is what it is to run, where that is known: a deployment
 * to it that is under way is followed. Throws StepError `deployment-in-progress` for another one; with on-deployment-in-progress: wait it
 * is waited for, but only when the service is tried again, so that it holds up no other one.
 */
export async function lookBefore(
  fleet: FleetFlow,
  service: FleetService,
  arn: string | undefined,
  ecs: Ecs
): Promise<{ now: ServiceState; warnings: readonly Note[] }> {
  const { each, mode } = fleet.options
  const { onDeploymentInProgress } = each.deploy
  let now = await requireSame(fleet, service, ecs)
  if (onDeploymentInProgress === 'wait' && wasBusy(fleet, service)) {
    const { patience } = each
    const { clock } = fleet.world
    const say = (text: string) => fleet.note([note(`${keyOfService(service)}: ${text}`)])
    const deadline = clock.now() + patience.minutes * 60_000
    await waitForOthers([now], arn, { ...patience, deadline, ecs, clock, cluster: service.cluster, say })
    now = await requireSame(fleet, service, ecs)
  }
  const warnings = inspectOne(now, {
    onDeploymentInProgress: onDeploymentInProgress === 'replace' ? 'replace' : 'error',
    arn,
    installs: mode === 'install'
  })
  return { now, warnings }
}

/** Gives the warnings about a service. Throws StepError when it can not be moved, with what stands against this one alone. */
export function inspectOne(state: ServiceState, plan: Omit<Plan, 'fromFile' | 'amongOthers'>): readonly Note[] {
  try {
    return inspect([state], { ...plan, fromFile: true, amongOthers: true })
  } catch (error) {
    const [, reason] = error instanceof StepError ? error.message.split('\n- ') : []
    if (reason === undefined || !(error instanceof StepError)) throw error
    throw new StepError({ code: error.code, what: reason, cause: error })
  }
}

/** With its cluster a service is gone as well. */
const GONE = ['service-not-found', 'cluster-not-found']

/** The service as it is now. Throws StepError when it is not the one any more that was planned for: then it is left alone. */
export async function requireSame(
  { options: { mode } }: FleetFlow,
  { cluster, state }: FleetService,
  ecs: Ecs
): Promise<ServiceState> {
  const [now = state] = await requireUntouched([state], cluster, ecs).catch(error => {
    throw leftAlone(state, error)
  })
  // Whoever takes a service out of the fleet while it waits for its turn is heard.
  if (mode === 'restore' || !isOptedOut(now)) return now
  const what = `${state.name} has the tag levoai:sensor with the value off by now.`
  throw new StepError({ code: 'moved-on', what })
}

/** What was seen of one service, without a word of the others: they may well be moved. */
function leftAlone({ name }: ServiceState, error: unknown): unknown {
  if (!(error instanceof StepError)) return error
  if (GONE.includes(error.code)) {
    return new StepError({ code: 'moved-on', what: `${name} is not there any more.`, cause: error })
  }
  const [, seen] = error.message.split(/\n(?:- )?/)
  if (error.code !== 'deployed-meanwhile' || seen === undefined) return error
  const hint = 'Run again: the plan is then made from what runs now.'
  return new StepError({ code: error.code, what: `${seen}: it was not moved.`, hint, cause: error })
}

function wasBusy(fleet: FleetFlow, service: FleetService): boolean {
  const { error } = fleet.entry(keyOfService(service))
  return error instanceof StepError && error.code === 'deployment-in-progress'
}

const tried = new WeakMap<FleetFlow, Map<string, Promise<void>>>()

/** The rights to look at tasks are the same for all services of a cluster; a denial stands for all of them, any other trouble passes. */
export async function tryRightsOnce(fleet: FleetFlow, service: FleetService, ecs: Ecs): Promise<void> {
  const { follow } = fleet.options.each
  if (follow === undefined) return
  const known = tried.get(fleet) ?? new Map<string, Promise<void>>()
  tried.set(fleet, known)
  const { region, cluster, state } = service
  const place = `${region}/${cluster}`
  const trial = known.get(place) ?? tryRights([state], follow, ecs, cluster).then(notes => fleet.note(notes))
  known.set(place, trial)
  try {
    await trial
  } catch (error) {
    if (!(error instanceof StepError) || error.code !== 'access-denied') known.delete(place)
    throw error
  }
}
