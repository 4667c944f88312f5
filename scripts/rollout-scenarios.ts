// The scenarios of the benchmark of rollouts, what is to be known in each, and the stand-in that plays them.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Clock } from '../src/deploy/clock.ts'
import type { Outcome } from '../src/deploy/deployment.ts'
import type { Event } from '../src/report/report.ts'
import { ApiError } from '../stand-in/api-error.ts'
import type { JsonObject } from '../stand-in/json.ts'
import { serviceOf } from '../stand-in/lookups.ts'
import { type Deployment, primaryOf } from '../stand-in/rollouts.ts'
import type { Rollout, Script } from '../stand-in/script.ts'
import {
  blueGreenPausesAtHook,
  breakerRollsBack,
  completes,
  neverEnds,
  sensorRestarts,
  sensorStops,
  stoppedBySomebody,
  supersededBy,
  together
} from '../stand-in/scripts.ts'
import { type StandIn, startStandIn } from '../stand-in/server.ts'
import { liveTasks } from '../stand-in/tasks.ts'

/** `wait-for-minutes` and `sensor-settle-seconds`, given to our flow; the SDK's waiter has as long. */
export const MINUTES = 30
export const SETTLE = 60

export type WaiterAnswer = 'stable' | 'timed out' | 'failed'

/** What is to be known of one service's deployment. */
export interface Fact {
  readonly text: string
  /** A fresh watcher of the account itself: whether what the API showed until now, `seconds` after the beginning, says so. */
  readonly watch: () => (rollout: Rollout, seconds: number) => boolean
  /** Whether one of our flow's events says it. */
  readonly isTold: (event: Event) => boolean
  /** The waiter's answer that says it too; without one it has no words for it. */
  readonly tells?: WaiterAnswer
  /** Whether "stable" is wrong once it is so. */
  readonly isBad?: boolean
}

export interface Scenario {
  readonly name: string
  /** One for each service. */
  readonly courses: readonly Script[]
  readonly facts: readonly Fact[]
  readonly strategy?: string
  /** From when to when each look is throttled, in seconds. */
  readonly throttled?: readonly [number, number]
}

const at = (status: RegExp) => () => (rollout: Rollout) => status.test(rollout.serviceDeployment?.status ?? '')
const ended = (outcome: Outcome, code?: string): Fact['isTold'] => {
  return event =>
    event.kind === 'service' &&
    event.result.kind === 'moved' &&
    event.result.deployment.outcome === outcome &&
    event.result.deployment.error?.code === code
}
const said =
  (words: RegExp): Fact['isTold'] =>
  event =>
    event.kind === 'moment' && words.test(event.moment.text)

const COMPLETED: Fact = {
  text: 'completed',
  watch: at(/^SUCCESSFUL$/),
  isTold: said(/(^|; )completed$/),
  tells: 'stable'
}
const HELD: Fact = { text: `sensor held ${SETTLE} s since then`, watch: holds, isTold: ended('deployed') }
const sensorFails = (text: string, watch: Fact['watch'], isTold = ended('failed', 'sensor-not-running')): Fact => {
  return { text, watch, isTold, isBad: true }
}
const STOPPED = sensorFails('a sensor is STOPPED', () => isStopped, said(/sensor STOPPED/))
const COMPLETED_WITHOUT = sensorFails(
  'completed with a sensor STOPPED',
  () => rollout => rollout.serviceDeployment?.status === 'SUCCESSFUL' && isStopped(rollout)
)
const RESTARTED = sensorFails('a sensor is another run', restarts)
const GOES_BACK: Fact = {
  text: 'ECS puts it back',
  watch: at(/^ROLLBACK_IN_PROGRESS$/),
  isTold: said(/ECS is putting the service back/),
  isBad: true
}
const IS_BACK: Fact = {
  text: 'it is back on what ran before',
  watch: at(/^ROLLBACK_SUCCESSFUL$/),
  isTold: ended('rolled-back', 'rolled-back'),
  isBad: true
}
const SUPERSEDED: Fact = {
  text: "another's deployment is PRIMARY",
  watch: () => rollout => primaryOfService(rollout).id !== rollout.deployment.id,
  isTold: ended('superseded', 'superseded'),
  isBad: true
}
const STOPPED_BY_SOMEBODY: Fact = {
  text: 'its stop is asked for',
  watch: at(/REQUESTED|^ROLLBACK|^STOPPED$/),
  isTold: ended('stopped', 'stopped'),
  isBad: true
}
const OVER: Fact = {
  text: `${MINUTES} minutes are over`,
  watch: () => (rollout, seconds) =>
    seconds >= MINUTES * 60 && primaryOfService(rollout).rolloutState === 'IN_PROGRESS',
  isTold: ended('timed-out', 'timed-out'),
  tells: 'timed out'
}
const PAUSED: Fact = {
  text: 'a hook waits for a person',
  watch: () => rollout =>
    rollout.serviceDeployment?.lifecycleHookDetails.some(({ status }) => status === 'AWAITING_ACTION') === true,
  isTold: said(/waits at .* for somebody to let it go on/)
}

const TWELVE = Array.from({ length: 12 }, (_, index) => completes({ after: 54 + 7 * index }))

export const SCENARIOS: readonly Scenario[] = [
  { name: 'completes after 60 s', courses: [completes()], facts: [COMPLETED, HELD] },
  { name: 'completes after 20 min', courses: [completes({ after: 1200 })], facts: [COMPLETED, HELD] },
  { name: 'breaker rolls back', courses: [breakerRollsBack({ after: 90 })], facts: [GOES_BACK, IS_BACK] },
  {
    name: 'sensor crashes after it ran for 40 s, as the rollout completes',
    courses: [together(completes(), sensorStops({ runningFor: 40 }))],
    facts: [STOPPED]
  },
  {
    name: 'sensor crashes after 40 s of a rollout of 60 s',
    courses: [together(completes(), sensorStops({ after: 40 }))],
    facts: [STOPPED, COMPLETED_WITHOUT]
  },
  {
    name: 'sensor restarts between two looks',
    courses: [together(completes(), sensorRestarts({ after: 70 }))],
    facts: [RESTARTED]
  },
  {
    name: 'superseded',
    courses: [together(completes({ after: 300 }), supersededBy('other', { after: 45 }))],
    facts: [SUPERSEDED]
  },
  {
    name: 'stopped by somebody',
    courses: [together(completes({ after: 300 }), stoppedBySomebody({ after: 100 }))],
    facts: [STOPPED_BY_SOMEBODY]
  },
  { name: 'never ends', courses: [neverEnds()], facts: [OVER] },
  {
    name: 'paused at a hook',
    courses: [blueGreenPausesAtHook({ hook: 'POST_TEST_TRAFFIC_SHIFT' })],
    facts: [PAUSED],
    strategy: 'BLUE_GREEN'
  },
  { name: 'throttled from 30 to 90 s', courses: [completes()], facts: [COMPLETED, HELD], throttled: [30, 90] },
  { name: '12 services, ending 7 s apart', courses: TWELVE, facts: [COMPLETED, HELD] }
]

function primaryOfService({ account, serviceArn }: Rollout): Deployment {
  return primaryOf(serviceOf(account, serviceArn))
}

function runs({ account, deployment }: Rollout) {
  return liveTasks(account, deployment.id).map(({ task }) => {
    const sensor = task.containers.find(({ name }) => name === 'levo-pcap-sensor')
    return { task: task.taskArn, status: sensor?.lastStatus, run: sensor?.runtimeId }
  })
}

function isStopped(rollout: Rollout): boolean {
  return runs(rollout).some(({ status }) => status === 'STOPPED')
}

/** The deployment completed, and for so long since then each sensor has been RUNNING in one and the same run. */
function holds(): ReturnType<Fact['watch']> {
  let [before, since] = ['', 0]
  return (rollout, seconds) => {
    const now = runs(rollout)
    const areUp = now.length > 0 && now.every(({ status }) => status === 'RUNNING')
    const text = areUp && rollout.serviceDeployment?.status === 'SUCCESSFUL' ? JSON.stringify(now) : ''
    if (text !== before) [before, since] = [text, seconds]
    return text !== '' && seconds - since >= SETTLE
  }
}

function restarts(): ReturnType<Fact['watch']> {
  const first = new Map<string, string>()
  return rollout =>
    runs(rollout).some(({ task, run }) => {
      if (run !== undefined && !first.has(task)) first.set(task, run)
      return first.get(task) !== run
    })
}

/** Milliseconds; what becomes so is noticed this finely, and the first gaps between looks are multiples of it. */
const STEP = 250

/** Time that passes in small steps when somebody sleeps, so that it can be seen when something became so. */
export class SteppedClock implements Clock {
  private time = Date.UTC(2026, 0, 1)
  onStep: () => void = () => {}
  readonly now = (): number => this.time
  readonly sleep = async (seconds: number): Promise<void> => this.pass(seconds)

  pass(seconds: number): void {
    const end = this.time + seconds * 1000
    while (this.time < end) {
      this.time = Math.min(end, this.time - (this.time % STEP) + STEP)
      this.onStep()
    }
  }
}

export interface Stage {
  readonly standIn: StandIn
  readonly services: readonly string[]
  /** Whether looks are throttled right now. */
  readonly isThrottled: () => boolean
}

export const workspace = resolve(import.meta.dirname, '../examples')
const LOOKS = ['DescribeServices', 'DescribeServiceDeployments', 'ListTasks', 'DescribeTasks']

export async function setStage({ courses, strategy, throttled }: Scenario, clock: Clock): Promise<Stage> {
  const [begun, [from, to]] = [clock.now(), throttled ?? [0, 0]]
  const standIn = await startStandIn({ now: () => clock.now() })
  const { account } = standIn
  const definition: JsonObject = JSON.parse(readFileSync(join(workspace, 'task-definition.json'), 'utf8'))
  const taskDefinition = account.addTaskDefinition(definition)
  account.addTaskDefinition({ ...definition, family: 'other' })
  const services = courses.map((course, index) => {
    const seed = { name: `web-${index + 1}`, taskDefinition, desiredCount: 2 }
    account.scriptRollouts(
      account.addService({ ...seed, ...(strategy && { deploymentConfiguration: { strategy } }) }),
      course
    )
    return seed.name
  })
  const isThrottled = (): boolean => clock.now() >= begun + from * 1000 && clock.now() < begun + to * 1000
  const act = (): void => {
    if (isThrottled()) throw new ApiError('ThrottlingException', 'Rate exceeded')
  }
  for (const operation of LOOKS) standIn.fault({ operation, kind: 'before', times: Infinity, act })
  return { standIn, services, isThrottled }
}
