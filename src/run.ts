import type { ServiceState } from './ecs/services.ts'
import { Flow, type World } from './flow.ts'
import type { Options } from './options/options.ts'
import type { Report } from './report/report.ts'
import { type Rendering, render } from './sensor/render.ts'
import type { Place } from './sensor/rule.ts'
import { findInWorkspace, placeFaults, placeNotes, type WorkspaceFile } from './source/place.ts'
import { readTaskDefinition, type Sourced } from './source/source.ts'
import { type Note, note, textOf, warningAt } from './task-definition/definition.ts'
import { mergeTags } from './task-definition/tags.ts'

/**
 * The flow: source, render, compare, inspect, register, deploy, each from what the one before gave. Never throws: what
 * failed is the report's `error`, beside everything that was true before.
 */
export async function run(options: Options, world: World): Promise<Report> {
  const flow = new Flow(options, world)
  try {
    await advance(flow)
  } catch (error) {
    flow.plan()
    await placeFaults(error, () => fileOf(flow))
    flow.learn({ error })
  }
  return flow.report
}

async function advance(flow: Flow): Promise<void> {
  const { options } = flow
  flow.note(options.notes)
  if (options.until === 'verify') {
    const { verifyServices } = await import('./follow-services.ts')
    return verifyServices(flow, options.follow)
  }
  // A file is read first: what is wrong with it is said before anything is asked of AWS.
  const fromFile = options.source.kind === 'file' ? await source(flow, []) : undefined
  const { notes } = flow.report
  while ((await planAndGoOn(flow, fromFile)) === 'plan-again') {
    flow.planAgain(notes, note('What the services run changed while that was waited for: the plan is made anew'))
  }
}

async function planAndGoOn(flow: Flow, fromFile: Sourced | undefined): Promise<'done' | 'plan-again'> {
  const { options, world } = flow
  // Loaded only for a run that may ask AWS: rendering a file is to start quickly.
  const aws = options.aws === 'skip' ? undefined : await import('./in-aws.ts')
  const services = (await aws?.look(options, world)) ?? []
  if (services.length > 0) {
    flow.learn({ running: services.map(({ name, taskDefinition }) => ({ service: name, arn: taskDefinition })) })
  }
  const sourced = fromFile ?? (await source(flow, services))
  const rendering = await renderSourced(flow, sourced, services)
  if (options.outputFile !== undefined) {
    const { writeOutputFile } = await import('./output-file.ts')
    flow.note(await writeOutputFile(options.outputFile, world.workspace, rendering.after, flow.report.tags ?? []))
  }
  if (aws === undefined) {
    flow.plan()
    return 'done'
  }
  return aws.goOn(flow, { sourced, rendering, services, place: notes => placeNotes(notes, () => fileOf(flow)) })
}

async function source(flow: Flow, services: readonly ServiceState[]): Promise<Sourced> {
  const { options, world } = flow
  const sourced = await readTaskDefinition(options.source, { workspace: world.workspace, services, ecs: world.ecs })
  flow.learn(
    { origin: sourced.origin, tagsBefore: sourced.tags, tags: mergeTags(sourced.tags, options.tags) },
    { kind: 'sourced', origin: sourced.origin }
  )
  flow.note(await placeNotes(sourced.notes, () => fileOf(flow)))
  return sourced
}

/** The file that the definition comes from, when messages can point into it. */
function fileOf({ options, world }: Flow): WorkspaceFile | undefined {
  return options.source.kind === 'file' ? findInWorkspace(options.source.path, world.workspace) : undefined
}

async function renderSourced(flow: Flow, sourced: Sourced, services: readonly ServiceState[]): Promise<Rendering> {
  const rendering = render(sourced.definition, flow.options.change, {
    region: flow.options.region,
    asksRegistry: flow.options.checkImage !== 'off',
    ...factsOf(services)
  })
  flow.learn({ rendering }, { kind: 'rendered', rendering })
  flow.note(await placeNotes([...rendering.notes, ...withoutFamily(flow, rendering)], () => fileOf(flow)))
  return rendering
}

/** What would be registered has to have a family; a mere rendering may get one later. */
function withoutFamily({ options }: Flow, { after }: Rendering): Note[] {
  if (options.until !== 'render' || textOf(after.family) !== undefined) return []
  return [warningAt('the task definition has no "family": it cannot be registered as it is', ['family'])]
}

/** What the services tell about the tasks that the sensor goes into. */
function factsOf(services: readonly ServiceState[]): Omit<Place, 'definition'> {
  if (services.length === 0) return {}
  return {
    servicesOnFargate: services.some(service => service.onFargate),
    servicesOnBoth: new Set(services.map(service => service.onFargate)).size > 1,
    tasks: services.reduce((total, service) => total + service.desiredCount, 0),
    publicAddresses: services.some(service => service.assignsPublicIp === false) ? false : undefined
  }
}
