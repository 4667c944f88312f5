import { type Comparison, compare, readBase } from './deploy/compare.ts'
import { deploy, requireUntouched } from './deploy/deploy.ts'
import { inspect } from './deploy/inspect.ts'
import { register, requireFamily } from './deploy/register.ts'
import { describeServices, type ServiceState } from './ecs/services.ts'
import { describeTaskDefinition, type Revision } from './ecs/task-definitions.ts'
import { bulleted, messageOf, StepError } from './errors.ts'
import type { Flow, World } from './flow.ts'
import type { Options } from './options/options.ts'
import { otherChanges } from './sensor/other-changes.ts'
import type { Rendering } from './sensor/render.ts'
import type { Sourced } from './source/source.ts'
import { textOf, warning } from './task-definition/definition.ts'
import { toRegistrable } from './task-definition/registrable.ts'

/** The services as they are now: where the definition may come from, and what the plan is made for. */
export async function look(options: Options, world: World): Promise<ServiceState[]> {
  if (options.services.length === 0) return []
  return describeServices(await world.ecs(), options.cluster, options.services)
}

export interface Rendered {
  readonly sourced: Sourced
  readonly rendering: Rendering
  readonly services: readonly ServiceState[]
}

/** The stages behind rendering: compare, inspect, register, deploy, as far as the options go. */
export async function goOn(flow: Flow, { sourced, rendering, services }: Rendered): Promise<void> {
  const { options, world } = flow
  const comparison = await compareWithBase(flow, rendering, sourced)
  await warnOfOtherChanges(flow, rendering, services, [sourced.revision, comparison?.base])
  const arn = comparison?.kind === 'unchanged' ? comparison.base.arn : undefined
  flow.note(
    inspect(services, {
      ...options.deploy,
      arn,
      fromFile: options.source.kind === 'file',
      installs: options.change.kind === 'install'
    })
  )
  if (comparison?.kind === 'unchanged') flow.register({ arn: comparison.base.arn, outcome: 'unchanged', notes: [] })
  if (comparison === undefined || options.until === 'render') return
  if (comparison.kind === 'changed') {
    flow.register(await register(rendering.after, comparison.tags, options.provenance, await world.ecs(), world.clock))
  }
  if (options.until === 'deploy') await moveServices(flow, services)
}

/** When something else than what the services run is put there, what changes besides the sensor is said before it happens. */
async function warnOfOtherChanges(
  flow: Flow,
  rendering: Rendering,
  services: readonly ServiceState[],
  [source, base]: readonly (Revision | undefined)[]
): Promise<void> {
  const { change } = flow.options
  const image = change.kind === 'install' ? change.sensor.image : change.image
  const others = services.filter(service => service.taskDefinition !== source?.arn)
  for (const arn of new Set(others.map(service => service.taskDefinition))) {
    const names = others.filter(service => service.taskDefinition === arn).map(service => service.name)
    const running = base?.arn === arn ? base : await readIfAllowed(flow, arn)
    const changes =
      running === undefined ? [] : otherChanges(toRegistrable(running.definition).definition, rendering, image)
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

/** Undefined when it cannot be compared: no family, or a look that a mere rendering may live without. */
async function compareWithBase(flow: Flow, rendering: Rendering, sourced: Sourced): Promise<Comparison | undefined> {
  const { options, world } = flow
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
