import { isPassing } from '../deploy/look.ts'
import type { Ecs } from '../ecs/ecs.ts'
import { familyOf } from '../ecs/task-definitions.ts'
import { InputError, StepError } from '../errors.ts'
import type { Entry, FleetSensor, FleetService, Target } from '../fleet/fleet.ts'
import type { Rendering } from '../sensor/render.ts'
import { warning } from '../task-definition/definition.ts'
import { wholeNumber } from '../task-definition/sizes.ts'
import { type FleetFlow, keyOfService } from './fleet-flow.ts'
import { inspectOne } from './look-before.ts'
import { type Destination, NO_MORE_CALLS, placed } from './move-service.ts'
import { planTarget, registerTarget, type TargetPlan } from './plan-target.ts'
import { sideBySide } from './side-by-side.ts'

/** What is to be done with one service. */
export interface Planned {
  readonly changed: boolean
  readonly plan: TargetPlan
  /** Registers the target's revision when the first of its services asks for it. */
  readonly destination: () => Promise<Destination>
}

/** Revisions that are read at the same time. */
const READS = 8

/**
 * Renders every target, and says in each entry how its service stands. What a service is not suitable for is in its entry, as refused; it is
 * not in the result, nor is one whose revision could not be read. Throws StepError when no further call is answered.
 */
export async function planFleet(flow: FleetFlow, targets: readonly Target[]): Promise<Map<string, Planned>> {
  const families = new Families(targets)
  const planned = new Map<string, Planned>()
  await sideBySide(targets, READS, async target => {
    const ecs = await flow.world.ecsIn(target.region)
    const services = target.services.filter(service => !isRefusedAlone(flow, service))
    const plan = await tryPlan(flow, { ...target, services }, ecs)
    if (plan === undefined) return
    noteAbout(flow, plan)
    if (flow.options.each.dryRun) noteAboutServices(flow, plan)
    const destination = registerOnce(flow, plan, families, ecs)
    const facts = factsOf(plan)
    for (const service of services) {
      flow.update(keyOfService(service), facts, true)
      planned.set(keyOfService(service), { changed: plan.changed, plan, destination })
    }
  })
  return planned
}

async function tryPlan(flow: FleetFlow, target: Target, ecs: Ecs): Promise<TargetPlan | undefined> {
  if (target.services.length === 0) return undefined
  try {
    return await planTarget(flow, target, ecs)
  } catch (error) {
    if (error instanceof StepError && NO_MORE_CALLS.includes(error.code)) throw error
    // What was not answered, or went wrong here, says nothing about the definition.
    const isVerdict = error instanceof InputError || (error instanceof StepError && !isPassing(error))
    for (const service of target.services) {
      if (isVerdict) refuse(flow, service, error)
      else flow.update(keyOfService(service), { outcome: 'failed', error }, true)
    }
    return undefined
  }
}

function noteAbout(flow: FleetFlow, { target, sourced, rendering }: TargetPlan): void {
  const revision = target.arn.split('/').at(-1)
  const warnings = [...sourced.notes, ...rendering.notes].filter(({ level }) => level === 'warning')
  flow.note(warnings.map(({ text }) => warning(`${target.region}/${revision}: ${text}`)))
  if (sourced.revision?.active === false && flow.options.each.follow?.rollback === true) {
    flow.warn([`${target.arn} is not ACTIVE any more: a service that runs it cannot be put back on it`])
  }
}

/** What a run says of a service when its turn comes: a plan has no turns. */
function noteAboutServices(flow: FleetFlow, { target, changed }: TargetPlan): void {
  if (!changed) return
  const installs = flow.options.mode === 'install'
  for (const service of target.services) {
    const warnings = inspectOne(service.state, { onDeploymentInProgress: 'replace', installs })
    flow.note(warnings.map(note => placed(note, service)))
  }
}

/** What passes may go well for the next service: then it is looked at first whether it did register. */
const WORTH_A_RETRY = ['answer-lost', 'concurrent-revision']

function registerOnce(flow: FleetFlow, plan: TargetPlan, families: Families, ecs: Ecs): () => Promise<Destination> {
  const { target, rendering } = plan
  let registered: Promise<Destination> | undefined
  const registerNow = async (): Promise<Destination> => {
    try {
      const registration = await families.alone(target, most => registerTarget(flow, plan, most, ecs))
      if (registration.outcome === 'registered') {
        flow.tell({ kind: 'registered', arn: registration.arn, services: target.services.length })
      }
      flow.note(registration.notes.map(note => ({ ...note, text: `${registration.arn}: ${note.text}` })))
      return { registration, rendering }
    } catch (error) {
      if (error instanceof StepError && (isPassing(error) || WORTH_A_RETRY.includes(error.code))) registered = undefined
      throw error
    }
  }
  return () => {
    registered ??= registerNow()
    return registered
  }
}

/** CODE_DEPLOY takes inputs of each service's own, and is none of a fleet's. */
export function isRefusedAlone(flow: FleetFlow, service: FleetService): boolean {
  try {
    inspectOne(service.state, { onDeploymentInProgress: 'replace', installs: false })
    return false
  } catch (error) {
    refuse(flow, service, error)
    return true
  }
}

export function refuse(flow: FleetFlow, service: FleetService, error: unknown): void {
  const sensor = flow.options.mode === 'restore' ? undefined : 'refused'
  flow.update(keyOfService(service), { sensor, outcome: 'refused', error }, true)
}

function factsOf({ rendering, changed, sourced }: TargetPlan): Partial<Entry> {
  const { registeredBy, registeredAt } = sourced.revision ?? {}
  return { sensor: sensorOf(rendering, changed), changed, adds: addedBy(rendering), registeredBy, registeredAt }
}

/** Of a run that takes sensors out, one that is there is `present`. */
function sensorOf({ replaced, sensor }: Rendering, changed: boolean): FleetSensor {
  if (replaced === undefined) return sensor === undefined || changed ? 'absent' : 'present'
  return changed && sensor !== undefined ? 'outdated' : 'present'
}

function addedBy({ before, after, replaced, sensor }: Rendering): Entry['adds'] {
  // The sensor was only looked for.
  if (before === after && replaced === undefined) return undefined
  const units = (member: string) => (wholeNumber(sensor?.[member]) ?? 0) - (wholeNumber(replaced?.[member]) ?? 0)
  const grows = before.cpu !== after.cpu || before.memory !== after.memory
  return { cpu: units('cpu'), memory: units('memory'), size: grows ? `${after.cpu}/${after.memory}` : undefined }
}

/** Registrations of one family follow one another: ECS takes no two at the same time. */
class Families {
  private readonly last = new Map<string, Promise<unknown>>()
  private readonly counts = new Map<string, number>()

  constructor(targets: readonly Target[]) {
    for (const target of targets) this.counts.set(keyOfFamily(target), this.countOf(target) + 1)
  }

  /** `act` is told how many targets the family has. */
  alone<T>(target: Target, act: (count: number) => Promise<T>): Promise<T> {
    const family = keyOfFamily(target)
    const before = this.last.get(family) ?? Promise.resolve()
    const begin = () => act(this.countOf(target))
    const own = before.then(begin, begin)
    this.last.set(family, own)
    return own
  }

  private countOf(target: Target): number {
    return this.counts.get(keyOfFamily(target)) ?? 0
  }
}

function keyOfFamily({ region, arn }: Target): string {
  return `${region}/${familyOf(arn)}`
}
