import { StepError } from '../errors.ts'
import { discover } from '../fleet/discover.ts'
import type { Entry, FleetService, Scope } from '../fleet/fleet.ts'
import { byPlace } from '../fleet/order.ts'
import { namesAt } from '../fleet/patterns.ts'
import { revisionOf } from '../fleet/pick-services.ts'
import { type Step, schedule } from '../fleet/schedule.ts'
import { groupTargets } from '../fleet/targets.ts'
import type { FleetOptions } from '../options/options.ts'
import { placeOf } from '../report/fleet-places.ts'
import type { FleetReport } from '../report/fleet-report.ts'
import { note } from '../task-definition/definition.ts'
import { failWith } from './fail-with.ts'
import { FleetFlow, type FleetWorld, keyOfService } from './fleet-flow.ts'
import { lookAgain } from './look-again.ts'
import { moveService, NO_MORE_CALLS } from './move-service.ts'
import { type Planned, planFleet, refuse } from './plan-fleet.ts'

/**
 * The flow over a fleet: discover, plan, and move service by service in the rhythm that was asked for. Never throws: what failed is the
 * report's `error`, beside all that is known of every service.
 */
export async function runFleet(options: FleetOptions, world: FleetWorld): Promise<FleetReport> {
  const flow = new FleetFlow(options, world)
  try {
    flow.note(options.each.notes)
    if (options.mode === 'restore') {
      const { restore } = await import('./restore.ts')
      await restore(flow)
    } else await overFleet(flow)
  } catch (error) {
    flow.learn({ error })
  }
  return flow.report
}

async function overFleet(flow: FleetFlow): Promise<void> {
  const { options, world } = flow
  const found = await discover(options.scope, {
    region: options.each.region,
    ecsIn: world.ecsIn,
    listRegions: world.listRegions,
    note: given => flow.note([given])
  })
  const { targets, untagged } = groupTargets(found.services, options.levoEnvTag)
  flow.learn({ skipped: found.skipped })
  const services = byPlace(targets.flatMap(target => target.services))
  flow.list([...services, ...untagged].map(entryOf))
  flow.tell({ kind: 'discovered' })
  flow.warn(gapsIn(flow.report))
  flow.note(emptyRegions(flow.report, options.scope).map(region => note(`no service was found in ${region}`)))
  for (const service of untagged) refuse(flow, service, withoutEnvironment(service, options.levoEnvTag))
  const planned = await planFleet(flow, targets)
  if (options.each.checkImage !== 'off') {
    const { checkImages } = await import('./check-images.ts')
    await checkImages(flow, planned, options.each.checkImage)
  }
  if (options.mode === 'discover') {
    const { tellStates } = await import('./tell-states.ts')
    await tellStates(flow, { services, passedOver: found.passedOver }, planned)
  } else if (options.each.until === 'render') flow.tellEntries()
  else await moveAll(flow, services, planned)
  failWith(flow.report)
}

function withoutEnvironment({ state }: FleetService, tag = ''): StepError {
  const what = `${state.name} has no tag ${tag} with a value, from which levo-env takes its environment.`
  return new StepError({ code: 'no-environment', what, hint: `Tag the service: its tag ${tag} says the environment.` })
}

/** So many places are named; the summary lists more. */
const MOST_GAPS = 10

/** What was asked for and not seen stops nothing, so that nobody would hear of it from a run that went well. */
function gapsIn({ entries, skipped }: FleetReport): string[] {
  const unseen = skipped.filter(({ code }) => code !== 'opted-out')
  const places = unseen.slice(0, MOST_GAPS).map(each => `${placeOf(each)} (${each.code})`)
  const more = unseen.length > MOST_GAPS ? [`${unseen.length - MOST_GAPS} more`] : []
  return [
    ...(entries.length > 0 ? [] : ['no service was found']),
    ...(unseen.length === 0 ? [] : [`left out, though asked for: ${[...places, ...more].join(', ')}`])
  ]
}

/** Regions that are named, where nothing is meant: one of them may be misspelt, or the lists narrow each other so. */
function emptyRegions({ entries, skipped }: FleetReport, { regions }: Scope): string[] {
  if (entries.length === 0) return []
  const seen = new Set([...entries, ...skipped].map(({ region }) => region))
  return namesAt('regions', regions, {}).filter(region => region !== 'all' && !seen.has(region))
}

function entryOf({ region, cluster, state }: FleetService): Entry {
  return { region, cluster, service: state.name, arn: revisionOf(state) }
}

/** Moves whatever was not refused; of those that have it already only the tasks are looked at. */
async function moveAll(
  flow: FleetFlow,
  services: readonly FleetService[],
  planned: ReadonlyMap<string, Planned>
): Promise<void> {
  const steps = services.flatMap((service): Step[] => {
    const key = keyOfService(service)
    const plan = planned.get(key)
    if (plan === undefined) return []
    if (!hasToDo(plan)) {
      flow.update(key, { outcome: 'already-running' }, true)
      return []
    }
    return [stepFor(flow, service, plan)]
  })
  flow.tellEntries(({ outcome }) => outcome === 'refused' || outcome === 'failed')
  const afterSoak = async (): Promise<boolean> => {
    const looks = services.map(async service => {
      const key = keyOfService(service)
      const plan = planned.get(key)
      return plan === undefined || !isMoved(flow.entry(key)) || lookAgain(flow, service, plan.destination)
    })
    return (await Promise.all(looks)).every(Boolean)
  }
  await runSteps(flow, steps, afterSoak)
}

function stepFor(flow: FleetFlow, service: FleetService, { changed, plan, destination }: Planned): Step {
  const arn = changed ? undefined : plan.sourced.revision?.arn
  return {
    key: keyOfService(service),
    changes: changed || flow.options.each.deploy.forceNewDeployment === true,
    shows: service.state.desiredCount > 0,
    run: () => moveService(flow, { service, arn, destination })
  }
}

function isMoved({ outcome }: Entry): boolean {
  return outcome === 'deployed'
}

/** What has no sensor, and is to have none, need not even be looked at. */
function hasToDo({ changed, plan: { rendering } }: Planned): boolean {
  return changed || rendering.sensor !== undefined
}

/** Drives the steps; what was not begun, or is busy to the last, is in its entry. */
export async function runSteps(
  flow: FleetFlow,
  steps: readonly Step[],
  afterSoak: () => Promise<boolean> = async () => true
): Promise<void> {
  await schedule(steps, flow.options.rhythm, flow.world.clock, {
    notBegun: step => flow.update(step.key, { outcome: 'not-begun' }),
    stillBusy: step => flow.update(step.key, { outcome: 'failed' }),
    mayGoOn: () =>
      !flow.report.entries.some(({ error }) => error instanceof StepError && NO_MORE_CALLS.includes(error.code)),
    afterSoak,
    soaking: minutes => flow.note([note(`The canaries run: ${minutes} minutes until the others begin`)])
  })
}
