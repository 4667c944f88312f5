import type { Clock } from './deploy/clock.ts'
import { type Comparison, compare, readBase } from './deploy/compare.ts'
import { deploy, requireUntouched } from './deploy/deploy.ts'
import { inspect } from './deploy/inspect.ts'
import { type Registration, register, requireFamily } from './deploy/register.ts'
import type { Ecs } from './ecs/ecs.ts'
import { describeServices, type ServiceState } from './ecs/services.ts'
import { describeTaskDefinition, type Revision } from './ecs/task-definitions.ts'
import { bulleted, messageOf, StepError } from './errors.ts'
import type { Options } from './options/options.ts'
import type { Event, Report, ServiceResult } from './report/report.ts'
import { otherChanges } from './sensor/other-changes.ts'
import { type Rendering, render } from './sensor/render.ts'
import type { Place } from './sensor/rule.ts'
import { readTaskDefinition, type Sourced } from './source/source.ts'
import { type Note, textOf, warning } from './task-definition/definition.ts'
import { toRegistrable } from './task-definition/registrable.ts'
import { mergeTags } from './task-definition/tags.ts'

/** The outside world, handed in. */
export interface World {
  readonly workspace: string
  readonly clock: Clock
  /** Connects when it is first asked for: what needs no AWS loads no SDK. */
  readonly ecs: () => Promise<Ecs>
  readonly onEvent: (event: Event, report: Report) => void
}

/**
 * The flow: source, render, compare, inspect, register, deploy, each from what the one before gave. Never throws: what
 * failed is the report's `error`, beside everything that was true before.
 */
export async function run(options: Options, world: World): Promise<Report> {
  const flow = new Flow(options, world)
  try {
    await advance(flow)
  } catch (error) {
    flow.learn({ error })
  }
  return flow.report
}

async function advance(flow: Flow): Promise<void> {
  const { options, world } = flow
  flow.note(options.notes)
  // A file is read first: what is wrong with it is said before anything is asked of AWS.
  const fromFile = options.source.kind === 'file' ? await source(flow, []) : undefined
  const services = await look(options, world)
  const sourced = fromFile ?? (await source(flow, services))
  const rendering = renderSourced(flow, sourced, services)
  const comparison = await compareWithBase(flow, rendering, sourced)
  await warnOfOtherChanges(flow, rendering, services, [sourced.revision, comparison?.base])
  const arn = comparison?.kind === 'unchanged' ? comparison.base.arn : undefined
  flow.note(inspect(services, { ...options.deploy, arn, fromFile: options.source.kind === 'file' }))
  if (comparison?.kind === 'unchanged') flow.register({ arn: comparison.base.arn, outcome: 'unchanged', notes: [] })
  if (comparison === undefined || options.until === 'render') return
  if (comparison.kind === 'changed') {
    requireFamily(rendering.after, sourced.origin)
    flow.register(await register(rendering.after, comparison.tags, options.provenance, await world.ecs(), world.clock))
  }
  if (options.until === 'deploy') await moveServices(flow, services)
}

/** The services as they are now: where the definition may come from, and what the plan is made for. */
async function look(options: Options, world: World): Promise<ServiceState[]> {
  if (options.services.length === 0 || options.aws === 'skip') return []
  return describeServices(await world.ecs(), options.cluster, options.services)
}

async function source(flow: Flow, services: readonly ServiceState[]): Promise<Sourced> {
  const { options, world } = flow
  const sourced = await readTaskDefinition(options.source, { workspace: world.workspace, services, ecs: world.ecs })
  flow.learn(
    { origin: sourced.origin, tags: mergeTags(sourced.tags, options.tags) },
    { kind: 'sourced', origin: sourced.origin }
  )
  flow.note(sourced.notes)
  return sourced
}

function renderSourced(flow: Flow, sourced: Sourced, services: readonly ServiceState[]): Rendering {
  const rendering = render(sourced.definition, flow.options.change, {
    region: flow.options.region,
    ...factsOf(services)
  })
  flow.learn({ rendering }, { kind: 'rendered', rendering })
  flow.note(rendering.notes)
  return rendering
}

/** What the services tell about the tasks that the sensor goes into. */
function factsOf(services: readonly ServiceState[]): Omit<Place, 'definition'> {
  if (services.length === 0) return {}
  return {
    servicesOnFargate: services.some(service => service.onFargate),
    tasks: services.reduce((total, service) => total + service.desiredCount, 0),
    publicAddresses: services.some(service => service.assignsPublicIp === false) ? false : undefined
  }
}

/** When something else than what the services run is put there, what changes besides the sensor is said before it happens. */
async function warnOfOtherChanges(
  flow: Flow,
  rendering: Rendering,
  services: readonly ServiceState[],
  [source, base]: readonly (Revision | undefined)[]
): Promise<void> {
  const others = services.filter(service => service.taskDefinition !== source?.arn)
  for (const arn of new Set(others.map(service => service.taskDefinition))) {
    const names = others.filter(service => service.taskDefinition === arn).map(service => service.name)
    const running = base?.arn === arn ? base : await readIfAllowed(flow, arn)
    const changes = running === undefined ? [] : otherChanges(toRegistrable(running.definition).definition, rendering)
    if (changes.length === 0) continue
    const text = `${names.join(', ')} runs ${arn}; besides the sensor, this also changes:\n${bulleted(changes)}`
    flow.note([warning(text)])
  }
}

/** A mere rendering may live without a look that is denied; what changes something may not. */
async function readIfAllowed(flow: Flow, arn: string): Promise<Revision | undefined> {
  try {
    return await describeTaskDefinition(await flow.world.ecs(), arn)
  } catch (error) {
    if (flow.options.until !== 'render' || !(error instanceof StepError)) throw error
    flow.note([warning(`not compared with what runs: ${messageOf(error)}`)])
    return undefined
  }
}

/** Undefined when it cannot be compared: no credentials, no family, or a look that a mere rendering may live without. */
async function compareWithBase(flow: Flow, rendering: Rendering, sourced: Sourced): Promise<Comparison | undefined> {
  const { options, world } = flow
  if (options.aws === 'skip') return undefined
  if (options.until === 'render' && textOf(rendering.after.family) === undefined) {
    flow.note([warning('the task definition has no "family": it cannot be registered as it is')])
    return undefined
  }
  requireFamily(rendering.after, sourced.origin)
  try {
    const base = await readBase(sourced, await world.ecs())
    const comparison = compare(rendering.after, sourced, options.tags, base)
    const changed = comparison.kind === 'changed'
    flow.learn({ changed, ...(base && { baseArn: base.arn }) }, { kind: 'compared', changed, baseArn: base?.arn })
    return comparison
  } catch (error) {
    if (options.until !== 'render' || !(error instanceof StepError)) throw error
    flow.note([warning(`not compared with what is registered: ${messageOf(error)}`)])
    return undefined
  }
}

/** One after another; after a failure nothing more is begun. */
async function moveServices(flow: Flow, planned: readonly ServiceState[]): Promise<void> {
  const { options, world, report } = flow
  const ecs = await world.ecs()
  const arn = report.registration?.arn ?? ''
  const move = { cluster: options.cluster, arn, modifiedBy: options.provenance.createdBy, options: options.deploy }
  let failure: unknown
  const now = await requireUntouched(planned, options.cluster, ecs).catch(error => {
    failure = error
    return planned
  })
  for (const service of now) {
    const { name, taskDefinition: previousArn } = service
    if (failure !== undefined) {
      flow.service({ kind: 'not-begun', service: name, previousArn })
      continue
    }
    try {
      const deployment = await deploy(service, move, ecs, world.clock)
      flow.service({ kind: 'moved', deployment })
      flow.note(deployment.notes)
    } catch (error) {
      failure = error
      flow.service({ kind: 'failed', service: name, previousArn, error })
    }
  }
  if (failure !== undefined) throw failure
}

/** What is known before anything was done. */
export function emptyReport({ region, cluster, dryRun, until, secrets }: Options): Report {
  return { region, cluster, dryRun, until, secrets, notes: [] }
}

/** The report as it grows, told to the world at each step. */
class Flow {
  readonly options: Options
  readonly world: World
  report: Report

  constructor(options: Options, world: World) {
    this.options = options
    this.world = world
    this.report = emptyReport(options)
  }

  learn(known: Partial<Report>, event?: Event): void {
    this.report = { ...this.report, ...known }
    if (event !== undefined) this.world.onEvent(event, this.report)
  }

  note(notes: readonly Note[]): void {
    for (const note of notes) this.learn({ notes: [...this.report.notes, note] }, { kind: 'noted', note })
  }

  register(registration: Registration): void {
    this.learn({ registration }, { kind: 'registered', registration })
    this.note(registration.notes)
  }

  service(result: ServiceResult): void {
    this.learn({ services: [...(this.report.services ?? []), result] }, { kind: 'service', result })
  }
}
