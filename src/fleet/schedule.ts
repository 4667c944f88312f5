import type { Clock } from '../deploy/clock.ts'
import type { Rhythm } from './fleet.ts'

/** What is done for one service. */
export interface Step {
  readonly key: string
  /** Whether it changes something: only then it is worth a canary. */
  readonly changes: boolean
  /** False: nothing runs there that could show what the change does, so that any other one is the better canary. */
  readonly shows?: boolean
  run(): Promise<Ended>
}

/**
 * `busy`: nothing was begun, since something else is under way there. `left-alone`: nothing was begun, and nothing will be, since somebody
 * else decided what is there now.
 */
export type Ended = 'done' | 'failed' | 'busy' | 'left-alone'

export interface Hooks<S extends Step = Step> {
  /** False: nothing more begins, such as when the run is cancelled or its credentials have expired. */
  mayGoOn(): boolean
  /** Told before the others have to wait for what becomes of the canaries. */
  soaking?(minutes: number): void
  /** A last look at the canaries after they have soaked. False, or what it throws: nothing more begins. */
  afterSoak?(): Promise<boolean>
  /** For each step that is left, in their order, once all that was begun has ended. */
  notBegun(step: S): void
  /** For a step that was busy when it was tried again, which is a failure. */
  stillBusy(step: S): void
}

/** The course of one rollout. */
interface Rollout<S extends Step> {
  readonly rhythm: Rhythm
  readonly clock: Clock
  readonly hooks: Hooks<S>
  /** Canaries that have yet to be done. */
  canaries: number
  failures: number
  isStopped: boolean
  /** Busy ones that are to be tried again. */
  readonly busy: Set<S>
}

/**
 * Carries out the steps: canaries first, a soak, then the rest, and at the end once more what was busy. Ends when all that was begun has
 * ended. A step that throws has failed.
 */
export async function schedule<S extends Step>(
  steps: readonly S[],
  rhythm: Rhythm,
  clock: Clock,
  hooks: Hooks<S>
): Promise<void> {
  const busy = new Set<S>()
  const rollout: Rollout<S> = { rhythm, clock, hooks, canaries: rhythm.canary, failures: 0, isStopped: false, busy }
  const waiting = new Set(steps)
  await carryOut(rollout, waiting, step => void busy.add(step))
  const again = new Set(steps.filter(step => waiting.has(step) || busy.has(step)))
  busy.clear()
  await carryOut(rollout, again, step => {
    rollout.failures += 1
    hooks.stillBusy(step)
  })
  for (const step of again) hooks.notBegun(step)
}

/** Takes out of `waiting` what is begun. */
async function carryOut<S extends Step>(
  rollout: Rollout<S>,
  waiting: Set<S>,
  onBusy: (step: S) => void
): Promise<void> {
  if (rollout.canaries > 0) {
    await carryOutCanaries(rollout, waiting, onBusy)
    if (rollout.canaries === 0) await soak(rollout, waiting)
  }
  await sideBySide(
    rollout.rhythm.maxParallel,
    () => (mayBegin(rollout) ? take(waiting, () => true) : undefined),
    async step => {
      const outcome = await outcomeOf(step)
      if (outcome === 'busy') onBusy(step)
      if (outcome === 'failed') rollout.failures += 1
    }
  )
}

/**
 * A canary that is busy or left alone proves nothing: the next step that changes something takes its place. One that fails stops
 * everything else.
 */
async function carryOutCanaries<S extends Step>(
  rollout: Rollout<S>,
  waiting: Set<S>,
  onBusy: (step: S) => void
): Promise<void> {
  let underWay = 0
  const isOneNeeded = () => mayBegin(rollout) && underWay < rollout.canaries
  await sideBySide(
    rollout.rhythm.maxParallel,
    () => (isOneNeeded() ? takeCanary(waiting) : undefined),
    async step => {
      underWay += 1
      const outcome = await outcomeOf(step)
      underWay -= 1
      if (outcome === 'busy') onBusy(step)
      else if (outcome === 'failed') rollout.isStopped = true
      else if (outcome === 'done') rollout.canaries -= 1
    }
  )
}

function takeCanary<S extends Step>(waiting: Set<S>): S | undefined {
  return take(waiting, ({ changes, shows = true }) => changes && shows) ?? take(waiting, ({ changes }) => changes)
}

/** Time for what a canary may do to its service later; only for what is still to be changed. */
async function soak<S extends Step>(rollout: Rollout<S>, waiting: Set<S>): Promise<void> {
  const { clock, hooks, rhythm, busy } = rollout
  const isMoreToChange = [...waiting, ...busy].some(({ changes }) => changes)
  if (rhythm.canarySoak === 0 || !isMoreToChange || !mayBegin(rollout)) return
  hooks.soaking?.(rhythm.canarySoak)
  await clock.sleep(rhythm.canarySoak * 60)
  if (hooks.afterSoak === undefined || !mayBegin(rollout)) return
  try {
    if (!(await hooks.afterSoak())) rollout.isStopped = true
  } catch {
    rollout.isStopped = true
  }
}

function mayBegin<S extends Step>(rollout: Rollout<S>): boolean {
  // Once is for ever: a second pass must not take up what the first one has left.
  if (!rollout.hooks.mayGoOn()) rollout.isStopped = true
  return !rollout.isStopped && rollout.failures < rollout.rhythm.stopAfterFailures
}

function take<S>(waiting: Set<S>, isWanted: (step: S) => boolean): S | undefined {
  for (const step of waiting) {
    if (!isWanted(step)) continue
    waiting.delete(step)
    return step
  }
  return undefined
}

async function outcomeOf(step: Step): Promise<Ended> {
  try {
    return await step.run()
  } catch {
    return 'failed'
  }
}

/** At most so many at a time; `next` is asked whenever one has ended, and gives nothing when none may begin. */
async function sideBySide<S>(
  most: number,
  next: () => S | undefined,
  carry: (step: S) => Promise<void>
): Promise<void> {
  const lane = async () => {
    for (let step = next(); step !== undefined; step = next()) await carry(step)
  }
  await Promise.all(Array.from({ length: most }, lane))
}
