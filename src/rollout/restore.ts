import { isUnderWay } from '../deploy/inspect.ts'
import { isPassing } from '../deploy/look.ts'
import { describeFound } from '../ecs/services.ts'
import { describeTaskDefinition } from '../ecs/task-definitions.ts'
import { StepError } from '../errors.ts'
import type { FleetService } from '../fleet/fleet.ts'
import { byPlace } from '../fleet/order.ts'
import type { Step } from '../fleet/schedule.ts'
import { render } from '../sensor/render.ts'
import { toRegistrable } from '../task-definition/registrable.ts'
import { failWith } from './fail-with.ts'
import { type FleetFlow, keyOf, keyOfService } from './fleet-flow.ts'
import { type Destination, moveService, NO_MORE_CALLS } from './move-service.ts'
import { isRefusedAlone, refuse } from './plan-fleet.ts'
import { type Moved, readResults } from './read-results.ts'
import { runSteps } from './run-fleet.ts'
import { sideBySide } from './side-by-side.ts'

/** Revisions, and clusters, that are read at the same time. */
const READS = 8

/**
 * Moves back each service that still runs the revision that the earlier run gave it; one that has moved on is left alone. Nothing is
 * registered. Throws InputError for a file that holds no results.
 */
export async function restore(flow: FleetFlow): Promise<void> {
  const moved = byPlace(readResults(flow.options.resultsFile ?? '', flow.world.workspace))
  if (moved.length === 0) flow.warn([`results-file: ${flow.options.resultsFile} tells of no service that was moved`])
  flow.list(moved.map(({ region, cluster, service, given }) => ({ region, cluster, service, arn: given })))
  const found = await lookAt(flow, moved)
  flow.tell({ kind: 'discovered' })
  const destinations = new Destinations(flow)
  const open = moved.flatMap(each => {
    const service = isStillOurs(flow, each, found.get(keyOf(each)))
    return service === undefined ? [] : [{ service, arn: each.previous }]
  })
  const steps = await possibleOf(flow, open, destinations)
  if (flow.options.each.until === 'render') flow.tellEntries()
  else {
    flow.tellEntries(({ outcome }) => outcome !== undefined)
    await runSteps(flow, steps)
  }
  failWith(flow.report)
}

/** The service, if it is to be moved back; else what stands against it is in its entry. */
function isStillOurs(flow: FleetFlow, moved: Moved, service: FleetService | undefined): FleetService | undefined {
  const key = keyOf(moved)
  if (flow.entry(key).error !== undefined) return undefined
  // A service that was deleted is told of for a while.
  const now = service?.state.status === 'ACTIVE' ? service.state.taskDefinition : undefined
  if (service !== undefined && now === moved.given) return isRefusedAlone(flow, service) ? undefined : service
  // An earlier restore got to it.
  if (service !== undefined && now === moved.previous) {
    const isDone = !isUnderWay(service.state)
    flow.update(key, { arn: moved.previous, outcome: isDone ? 'already-running' : undefined }, true)
    return isDone ? undefined : service
  }
  const why = now === undefined ? 'it is not there any more' : `it runs ${now} now, not ${moved.given}`
  const error = new StepError({ code: 'moved-on', what: `${why}.` })
  flow.update(key, { outcome: 'not-begun', error }, true)
  return undefined
}

interface Open {
  readonly service: FleetService
  readonly arn: string
}

/** Looked at for all services before the first is moved: what can not be moved back holds up no other one. */
async function possibleOf(flow: FleetFlow, open: readonly Open[], destinations: Destinations): Promise<Step[]> {
  const steps = new Map<string, Step>()
  await sideBySide(open, READS, async ({ service, arn }) => {
    const destination = () => destinations.of(service.region, arn)
    const key = keyOfService(service)
    try {
      await destination()
      const shows = service.state.desiredCount > 0
      steps.set(key, { key, changes: true, shows, run: () => moveService(flow, { service, arn, destination }) })
    } catch (error) {
      if (error instanceof StepError && NO_MORE_CALLS.includes(error.code)) throw error
      const isRefused = error instanceof StepError && !isPassing(error)
      if (isRefused) refuse(flow, service, error)
      else flow.update(key, { outcome: 'failed', error }, true)
    }
  })
  return open.flatMap(({ service }) => steps.get(keyOfService(service)) ?? [])
}

/** The services as they are now, by their keys. Where they could not be looked at, that is in their entries. */
async function lookAt(flow: FleetFlow, moved: readonly Moved[]): Promise<Map<string, FleetService>> {
  const places = Map.groupBy(moved, ({ region, cluster }) => `${region}/${cluster}`)
  const found = new Map<string, FleetService>()
  await sideBySide([...places.values()], READS, async group => {
    const [{ region, cluster } = { region: '', cluster: '' }] = group
    const names = group.map(({ service }) => service)
    try {
      const states = await describeFound(await flow.world.ecsIn(region), cluster, names)
      for (const state of states) found.set(keyOf({ region, cluster, service: state.name }), { region, cluster, state })
    } catch (error) {
      if (!(error instanceof StepError) || NO_MORE_CALLS.includes(error.code)) throw error
      // That a cluster is gone is an answer: so are its services.
      if (error.code === 'cluster-not-found') return
      for (const each of group) flow.update(keyOf(each), { outcome: 'failed', error }, true)
    }
  })
  return found
}

/** The revisions that services are moved back onto, each read once. */
class Destinations {
  private readonly flow: FleetFlow
  private readonly known = new Map<string, Promise<Destination>>()

  constructor(flow: FleetFlow) {
    this.flow = flow
  }

  of(region: string, arn: string): Promise<Destination> {
    const known = this.known.get(arn) ?? this.read(region, arn)
    this.known.set(arn, known)
    return known
  }

  private async read(region: string, arn: string): Promise<Destination> {
    const { options, world } = this.flow
    const revision = await describeTaskDefinition(await world.ecsIn(region), arn)
    if (revision?.active !== true) {
      const gone = revision === undefined ? 'is not there' : 'is not ACTIVE any more'
      const what = `${arn} ${gone}: a service cannot be put back on it.`
      throw new StepError({ code: 'task-definition-inactive', what, hint: 'Deploy a revision that is ACTIVE.' })
    }
    const { definition } = toRegistrable(revision.definition)
    const rendering = render(definition, options.each.change, { region })
    return { registration: { arn, outcome: 'unchanged', notes: [] }, rendering }
  }
}
