import { attach } from '../deploy/deploy.ts'
import type { FollowOptions } from '../deploy/deployment.ts'
import { describeFound } from '../ecs/services.ts'
import { messageOf, StepError } from '../errors.ts'
import type { FleetService } from '../fleet/fleet.ts'
import { followServices } from '../follow-services.ts'
import { type FleetFlow, keyOfService } from './fleet-flow.ts'
import { type Destination, flowFor } from './move-service.ts'

/**
 * Whether the sensor of a service that was moved a while ago still runs in all its tasks. One that somebody has moved on since says nothing
 * about ours. Where it is not so, or can not be seen, that is in its entry.
 */
export async function lookAgain(
  fleet: FleetFlow,
  service: FleetService,
  destination: () => Promise<Destination>
): Promise<boolean> {
  const { follow } = fleet.options.each
  if (follow === undefined || follow.verify === 'off') return true
  const key = keyOfService(service)
  try {
    await followOnce(fleet, service, await destination(), follow)
  } catch (cause) {
    // What came of the following is in the entry already.
    if (fleet.entry(key).error !== undefined) return false
    const code = cause instanceof StepError ? cause.code : 'failed'
    const what = `it was moved, but whether its sensor still runs could not be seen: ${messageOf(cause)}`
    const outcome = code === 'bad-credentials' ? 'timed-out' : 'failed'
    fleet.update(key, { outcome, error: new StepError({ code, what, cause }) })
  }
  return fleet.entry(key).error === undefined
}

async function followOnce(
  fleet: FleetFlow,
  service: FleetService,
  destination: Destination,
  follow: FollowOptions
): Promise<void> {
  const { region, cluster, state } = service
  const { registration, rendering } = destination
  const [now] = await describeFound(await fleet.world.ecsIn(region), cluster, [state.name])
  const key = keyOfService(service)
  if (now !== undefined && now.taskDefinition === state.taskDefinition) {
    const what = `somebody put it back on ${now.taskDefinition}, which it ran before, while it was a canary.`
    const hint = 'Find out why before the others get the same.'
    fleet.update(key, { outcome: 'superseded', error: new StepError({ code: 'superseded', what, hint }) })
  }
  if (now?.taskDefinition !== registration.arn) return
  // That it is still well is no news: what it was moved by stays its outcome.
  const flow = flowFor(fleet, service, destination, known => {
    if (known.error !== undefined) fleet.update(key, known)
  })
  const { error: _failedBefore, ...attached } = attach(now)
  const deployment = { ...attached, previousArn: state.taskDefinition, begun: true }
  const moved = { service: now, deployment, definition: rendering.after, sensor: rendering.sensor?.name }
  await followServices(flow, [moved], { ...follow, settle: 0 })
}
