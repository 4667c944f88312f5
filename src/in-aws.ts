import { askForImage, checkImage } from './check-image.ts'
import { type Comparison, compare, readBase } from './deploy/compare.ts'
import { previousOf } from './deploy/deploy.ts'
import { inspect } from './deploy/inspect.ts'
import { tryRights } from './deploy/preflight.ts'
import { register, requireFamily } from './deploy/register.ts'
import { waitForOthers } from './deploy/wait-for-others.ts'
import { describeServices, type ServiceState } from './ecs/services.ts'
import { describeTaskDefinition, type Revision } from './ecs/task-definitions.ts'
import { bulleted, messageOf, StepError } from './errors.ts'
import type { Flow, World } from './flow.ts'
import { moveServices } from './move-services.ts'
import type { Options } from './options/options.ts'
import { movesOf, type OtherChanges } from './report/report.ts'
import { otherChanges, sensorChange } from './sensor/other-changes.ts'
import type { Rendering } from './sensor/render.ts'
import type { Sourced } from './source/source.ts'
import { type Note, note, textOf, warning } from './task-definition/definition.ts'
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
  /** Finds the places of warnings in the file that the definition comes from. */
  readonly place: (notes: readonly Note[]) => Promise<readonly Note[]>
}

/**
 * The stages behind rendering: compare, inspect, register, deploy, as far as the options go. `plan-again`: what the services run
 * changed while a deployment was waited for, so the plan no longer holds.
 */
export async function goOn(flow: Flow, rendered: Rendered): Promise<'done' | 'plan-again'> {
  const { options, world } = flow
  const { sourced, rendering, services } = rendered
  const comparison = await compareWithBase(flow, rendering, sourced)
  const say = beginImageCheck(flow, rendered)
  await findOtherChanges(flow, rendered, comparison?.base)
  flow.note(await say())
  flow.plan()
  const arn = comparison?.kind === 'unchanged' ? comparison.base.arn : undefined
  await warnOfInactive(flow, services, [sourced.revision, comparison?.base], arn)
  flow.note(
    inspect(services, {
      ...options.deploy,
      arn,
      fromFile: options.source.kind === 'file',
      installs: options.change.kind === 'install'
    })
  )
  if (comparison?.kind === 'unchanged') flow.register({ arn: comparison.base.arn, outcome: 'unchanged', notes: [] })
  const codeDeploy = await prepareCodeDeploy(flow, services, arn)
  if (comparison === undefined || options.until === 'render') return 'done'
  const now = codeDeploy === undefined ? await waitIfBusy(flow, services, arn) : [codeDeploy.service]
  if (now.some((service, index) => service.taskDefinition !== services[index]?.taskDefinition)) {
    return 'plan-again'
  }
  if (options.follow !== undefined && options.until === 'deploy') {
    flow.note(await tryRights(now, options.follow, await world.ecs(), options.cluster))
  }
  if (comparison.kind === 'changed') {
    flow.register(await register(rendering.after, comparison.tags, options.provenance, await world.ecs(), world.clock))
  }
  if (options.until === 'deploy') await moveServices(flow, now, rendering, codeDeploy)
  return 'done'
}

/** The registry is asked while more is asked of AWS, and only where some task would pull. Gives what says the answer, or throws for it. */
function beginImageCheck(flow: Flow, { rendering, services, place }: Rendered): () => Promise<readonly Note[]> {
  const { options, report, world } = flow
  const { checkImage: level } = options
  const { moved, anew } = movesOf(report)
  if (level === 'off' || (report.changed === false && moved.length + anew.length === 0)) return async () => []
  const found = askForImage(rendering, world.findImage)
  const servicesOnFargate = services.length === 0 ? undefined : services.some(({ onFargate }) => onFargate)
  return async () => place(checkImage({ rendering, servicesOnFargate }, level, await found))
}

/** A service that CodeDeploy deploys is alone: anything else was refused. What it takes is loaded only for such a service. */
async function prepareCodeDeploy(flow: Flow, services: readonly ServiceState[], arn: string | undefined) {
  const service = services.find(({ controller }) => controller === 'CODE_DEPLOY')
  if (service === undefined) return undefined
  const { throughCodeDeploy } = await import('./through-code-deploy.ts')
  return throughCodeDeploy(flow, service, arn)
}

/** With `on-deployment-in-progress: wait`, what somebody else deploys is waited for before anything is registered. */
async function waitIfBusy(flow: Flow, services: readonly ServiceState[], arn: string | undefined) {
  const { options, world } = flow
  const { cluster, patience, deploy } = options
  if (deploy.onDeploymentInProgress !== 'wait' || options.until !== 'deploy') return services
  const say = (text: string) => flow.note([note(text)])
  flow.waitUntil ??= world.clock.now() + patience.minutes * 60_000
  const waiting = { ...patience, deadline: flow.waitUntil, ecs: await world.ecs(), clock: world.clock, cluster, say }
  return waitForOthers(services, arn, waiting)
}

/** A revision that was deregistered runs on, but nothing can be put back on it. */
async function warnOfInactive(
  flow: Flow,
  services: readonly ServiceState[],
  known: readonly (Revision | undefined)[],
  target: string | undefined
): Promise<void> {
  if (flow.options.follow?.rollback !== true) return
  for (const arn of new Set(services.map(service => previousOf(service, target)))) {
    const revision = known.find(candidate => candidate?.arn === arn) ?? (await readIfAllowed(flow, arn))
    if (revision?.active !== false) continue
    flow.note([warning(`${arn} is not ACTIVE any more: a service that runs it cannot be put back on it`)])
  }
}

/**
 * When something else than what the services run is put there, what changes is said before it happens; without services the plan alone
 * says how the definition differs from what is registered.
 */
async function findOtherChanges(
  flow: Flow,
  { sourced, rendering, services }: Rendered,
  base: Revision | undefined
): Promise<void> {
  const { change } = flow.options
  const others = services.filter(service => service.taskDefinition !== sourced.revision?.arn)
  const arns =
    services.length > 0 ? others.map(service => service.taskDefinition) : base === undefined ? [] : [base.arn]
  const found: OtherChanges[] = []
  for (const arn of new Set(arns)) {
    if (arn === sourced.revision?.arn) continue
    const running = base?.arn === arn ? base : await readIfAllowed(flow, arn)
    if (running === undefined) continue
    const { definition } = toRegistrable(running.definition)
    const changes = otherChanges(definition, rendering, change)
    const sensor = sensorChange(definition, rendering, change)
    if (changes.length === 0 && sensor === undefined) continue
    const names = others.filter(({ taskDefinition }) => taskDefinition === arn).map(({ name }) => name)
    found.push({ arn, services: names, changes, sensor })
  }
  flow.learn({ otherChanges: found })
  const concerned = found.filter(({ services }) => services.length > 0)
  flow.note(concerned.map(other => (isUpdateOfSensor(other, rendering) ? note : warning)(sayOther(other))))
}

/** More of them are read in the plan. */
const MOST_CHANGES = 10

/** What an install is for, where nothing else changes and nothing is lost. */
function isUpdateOfSensor({ changes, sensor }: OtherChanges, rendering: Rendering): boolean {
  const loses = sensor === undefined || sensor.lost.length + sensor.others.length > 0
  return changes.length === 0 && !loses && rendering.sensor !== undefined
}

function sayOther({ arn, services, changes, sensor }: OtherChanges): string {
  const all = [...(sensor?.says ?? []), ...changes]
  const more = all.length > MOST_CHANGES ? [`${all.length - MOST_CHANGES} more, in the plan`] : []
  const listed = bulleted([...all.slice(0, MOST_CHANGES), ...more])
  const what = sensor === undefined ? 'besides the sensor, this also changes' : 'compared with that, this changes'
  return `${services.join(', ')} ${services.length === 1 ? 'runs' : 'run'} ${arn}; ${what}:\n${listed}`
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
  if (options.until === 'render' && textOf(rendering.after.family) === undefined) return undefined
  requireFamily(rendering.after, sourced.origin)
  try {
    const base = await readBase(sourced, await world.ecs())
    const comparison = compare(rendering.after, sourced, options.tags, base)
    const changed = comparison.kind === 'changed'
    const known = base && { baseArn: base.arn, tagsBefore: base.tags }
    const again = comparison.kind === 'changed' && comparison.again
    flow.learn({ changed, again, ...known }, { kind: 'compared', changed, baseArn: base?.arn })
    return comparison
  } catch (error) {
    if (options.until !== 'render' || !(error instanceof StepError)) throw error
    flow.note([warning(`not compared with what is registered: ${messageOf(error)}`)])
    return undefined
  }
}
