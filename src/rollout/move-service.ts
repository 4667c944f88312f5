import type { Registration } from '../deploy/register.ts'
import { StepError } from '../errors.ts'
import type { Entry, FleetService } from '../fleet/fleet.ts'
import type { Ended } from '../fleet/schedule.ts'
import { Flow } from '../flow.ts'
import { eventsSince, followServices, type Moved } from '../follow-services.ts'
import { moveOne } from '../move-services.ts'
import type { Options } from '../options/options.ts'
import type { Event, ServiceResult } from '../report/report.ts'
import type { Rendering } from '../sensor/render.ts'
import { type Note, warning } from '../task-definition/definition.ts'
import { type FleetFlow, keyOfService } from './fleet-flow.ts'
import { lookBefore, requireSame, tryRightsOnce } from './look-before.ts'

/** What a service is moved onto: known only when the first of its target has its turn. */
export interface Destination {
  readonly registration: Registration
  readonly rendering: Rendering
}

export interface Order {
  readonly service: FleetService
  /** The revision that it is to run, where that is known before its turn. */
  readonly arn?: string | undefined
  readonly destination: () => Promise<Destination>
}

/** Somebody else decided what these run: they are left alone, and told. */
export const LEFT_ALONE = ['moved-on', 'deployed-meanwhile']

/** With these no further call is answered, for any service. */
export const NO_MORE_CALLS = ['bad-credentials', 'no-credentials', 'cancelled']

/** Moves one service and follows it to its end, as a step for it alone would. What comes of it is in its entry. */
export async function moveService(fleet: FleetFlow, order: Order): Promise<Ended> {
  try {
    return await moveAndFollow(fleet, order)
  } catch (error) {
    return tellFailure(fleet, keyOfService(order.service), error)
  }
}

function tellFailure(fleet: FleetFlow, key: string, error: unknown): Ended {
  const code = error instanceof StepError ? error.code : ''
  const { outcome, deployment } = fleet.entry(key)
  if (deployment?.error !== undefined) return 'failed'
  // Once it was moved there is nothing that could be tried again or left alone.
  const isMoved = deployment !== undefined
  if (!isMoved && code === 'deployment-in-progress') {
    fleet.update(key, { error }, true)
    return 'busy'
  }
  const isLeft = !isMoved && LEFT_ALONE.includes(code)
  const isOver = outcome === undefined && NO_MORE_CALLS.includes(code)
  fleet.update(key, { outcome: isLeft || isOver ? 'not-begun' : 'failed', error })
  return isLeft ? 'left-alone' : 'failed'
}

/** A look that is older than so many milliseconds is not one right before. */
const FRESH = 2000

async function moveAndFollow(fleet: FleetFlow, order: Order): Promise<Ended> {
  const { flow, moved } = await move(fleet, order)
  if (moved.deployment.outcome !== 'started') return lookOnce(fleet, flow, order.service, moved)
  const { follow } = fleet.options.each
  if (follow !== undefined) await followServices(flow, [moved], follow)
  return 'done'
}

async function move(fleet: FleetFlow, { service, arn, destination }: Order): Promise<{ flow: Flow; moved: Moved }> {
  const { clock, ecsIn } = fleet.world
  const ecs = await ecsIn(service.region)
  const { now, warnings } = await lookBefore(fleet, service, arn, ecs)
  const lookedAt = clock.now()
  await tryRightsOnce(fleet, service, ecs)
  const known = await destination()
  // Registering may have had to wait for its turn, and somebody may have deployed meanwhile.
  const isFresh = clock.now() - lookedAt <= FRESH
  const latest = isFresh ? now : await requireSame(fleet, { ...service, state: now }, ecs)
  const flow = flowFor(fleet, service, known)
  flow.note(warnings)
  return { flow, moved: withoutOldEvents(await moveOne(flow, latest, known.rendering)) }
}

/** For as long as it is followed: a service has up to a hundred events, and those from before are about another deployment. */
function withoutOldEvents(moved: Moved): Moved {
  const since = eventsSince(moved)
  const events = moved.service.events.filter(({ createdAt }) => createdAt >= since)
  return { ...moved, service: { ...moved.service, events } }
}

/** What was there already is looked at once, not watched for a while; what is wrong with it is told, and is not of this run's making. */
async function lookOnce(fleet: FleetFlow, flow: Flow, service: FleetService, moved: Moved): Promise<Ended> {
  const { follow } = fleet.options.each
  if (moved.deployment.error !== undefined || follow === undefined || follow.verify === 'off') return 'done'
  try {
    await followServices(flow, [moved], { ...follow, settle: 0 })
  } catch (error) {
    if (fleet.entry(keyOfService(service)).error === undefined) throw error
  }
  return 'done'
}

/** The flow of a step for this service alone; what it tells is told of the fleet's entry. */
export function flowFor(
  fleet: FleetFlow,
  service: FleetService,
  { registration, rendering }: Destination,
  onResult: (known: Partial<Entry>) => void = known => fleet.update(keyOfService(service), known)
): Flow {
  const { region, cluster, state } = service
  const { workspace, clock, ecsIn, findImage } = fleet.world
  const options: Options = { ...fleet.options.each, region, cluster, services: [state.name] }
  const onEvent = (event: Event) => {
    const key = keyOfService(service)
    if (event.kind === 'service') onResult(knownFrom(event.result))
    else if (event.kind === 'moment') fleet.tell({ kind: 'moment', entry: fleet.entry(key), moment: event.moment })
    else if (event.kind === 'noted') fleet.note([placed(event.note, service)])
  }
  const flow = new Flow(options, { workspace, clock, ecs: () => ecsIn(region), findImage, onEvent })
  flow.learn({ registration, rendering })
  return flow
}

/** Says which service it is about, once. */
export function placed(note: Note, service: FleetService): Note {
  const key = keyOfService(service)
  const { name } = service.state
  const text = note.text.startsWith(`${name}: `) ? note.text.slice(name.length + 2) : note.text
  return note.level === 'warning' ? warning(`${key}: ${text}`) : { ...note, text: `${key}: ${text}` }
}

function knownFrom(result: ServiceResult): Partial<Entry> {
  if (result.kind !== 'moved') return { outcome: result.kind, error: 'error' in result ? result.error : undefined }
  const { deployment } = result
  return { outcome: deployment.outcome, deployment, error: deployment.error }
}
