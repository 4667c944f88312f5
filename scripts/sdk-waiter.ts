// What the SDK's own waiter says of a deployment, and when, in simulated time.
import { ECSClient, UpdateServiceCommand, waitUntilServicesStable } from '@aws-sdk/client-ecs'
import { StandardRetryStrategy } from '@smithy/core/retry'
import type { JsonObject } from '../stand-in/json.ts'
import { MINUTES, type Scenario, SteppedClock, setStage, type WaiterAnswer } from './rollout-scenarios.ts'

export interface Said {
  readonly answer: WaiterAnswer
  /** Seconds since the deployment began. */
  readonly at: number
}

/** DescribeServices takes ten at a time, and so does the waiter: more than that it never sees. */
const GROUP = 10
/** The waiter's own defaults, in seconds. */
const [MIN_DELAY, MAX_DELAY] = [15, 600]
/** Instead of Math.random, so that each run prints the same. */
export const JITTER = 0.5

/** What it says of each service of the scenario, each group of services before a fresh stand-in. */
export async function askWaiter(scenario: Scenario, definition: JsonObject): Promise<Said[]> {
  const said: Said[] = []
  for (let start = 0; start < scenario.courses.length; start += GROUP) {
    const group = { ...scenario, courses: scenario.courses.slice(start, start + GROUP) }
    const answer = await askOnce(group, definition)
    said.push(...group.courses.map(() => answer))
  }
  return said
}

async function askOnce(scenario: Scenario, definition: JsonObject): Promise<Said> {
  const clock = new SteppedClock()
  const { standIn, services } = await setStage(scenario, clock)
  const backoff = { setDelayBase: () => {}, computeNextBackoffDelay: () => 1 }
  const client = new ECSClient({
    region: standIn.account.region,
    endpoint: standIn.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    retryStrategy: new StandardRetryStrategy({ maxAttempts: 3, backoff })
  })
  try {
    const taskDefinition = standIn.account.addTaskDefinition(definition)
    for (const service of services) await client.send(new UpdateServiceCommand({ service, taskDefinition }))
    const begun = clock.now()
    const answer = await inSimulatedTime(client, clock, () => wait(client, services))
    return { answer, at: (clock.now() - begun) / 1000 }
  } finally {
    client.destroy()
    await standIn.close()
  }
}

async function wait(client: ECSClient, services: readonly string[]): Promise<WaiterAnswer> {
  try {
    await waitUntilServicesStable({ client, maxWaitTime: MINUTES * 60 }, { services: [...services] })
    return 'stable'
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timed out' : 'failed'
  }
}

/**
 * The waiter sleeps by the global setTimeout and reads Date.now: meanwhile both go by the clock. A timer that is set while a call is
 * under way is the HTTP client's or its retry's, which must not move the clock.
 */
async function inSimulatedTime<T>(client: ECSClient, clock: SteppedClock, act: () => Promise<T>): Promise<T> {
  const real = { setTimeout: globalThis.setTimeout, now: Date.now, random: Math.random }
  const slept: number[] = []
  let [looks, underWay] = [0, 0]
  client.middlewareStack.add(
    next => async call => {
      looks += 1
      underWay += 1
      return next(call).finally(() => {
        underWay -= 1
      })
    },
    { step: 'initialize', priority: 'high', name: 'countLooks' }
  )
  const setTimeout = (callback: (...given: unknown[]) => void, milliseconds = 0, ...given: unknown[]) => {
    if (underWay > 0) return real.setTimeout(callback, milliseconds, ...given)
    slept.push(milliseconds / 1000)
    clock.pass(milliseconds / 1000)
    return real.setTimeout(callback, 0, ...given)
  }
  Object.assign(globalThis, { setTimeout })
  Date.now = clock.now
  Math.random = () => JITTER
  try {
    const result = await act()
    requireOwnSleep(slept, looks)
    return result
  } finally {
    Object.assign(globalThis, { setTimeout: real.setTimeout })
    Date.now = real.now
    Math.random = real.random
  }
}

/** Only the waiter's pauses between two looks may have moved the clock. */
function requireOwnSleep(slept: readonly number[], looks: number): void {
  const own = slept.every(seconds => seconds >= MIN_DELAY && seconds <= MAX_DELAY)
  if (own && slept.length === looks - 1) return
  throw new Error(`the waiter looked ${looks} times, but the clock was moved by ${slept.join(', ')} s`)
}
