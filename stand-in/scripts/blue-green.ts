import { hookFailed } from '../causes.ts'
import { uuid } from '../identifiers.ts'
import { failDeployment } from '../rollouts.ts'
import type { Rollout, Script, Step } from '../script.ts'
import { completes } from './completes.ts'
import { begins, drains, finishes, startsTasks } from './parts.ts'

/** The stages that a deployment goes through, in order; enum ServiceDeploymentLifecycleStage. */
const STAGES = [
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP'
] as const

export type LifecycleStage = (typeof STAGES)[number]

/** API reference, DeploymentLifecycleHookTimeoutConfiguration: 24 hours. */
const HOOK_TIMES_OUT = 24 * 3600

export interface BlueGreen {
  /** Seconds from the beginning to the end: 180 if not given. */
  after?: number
}

/** A deployment of a service whose strategy is BLUE_GREEN, LINEAR or CANARY goes through its stages in equal steps. */
export function blueGreen({ after = 180 }: BlueGreen = {}): Script {
  return [begins(), ...stages(after, 0, STAGES.length), finishes(after)]
}

export interface Pause extends BlueGreen {
  /** The stage that a person has to let pass. */
  hook: LifecycleStage
  /** Seconds from the pause until somebody lets it go on; without, it waits for the 24 hours and is rolled back then. */
  continuesIn?: number
  /** The course of the way back: it completes if not given. */
  back?: Script
}

/** As `blueGreen`, but waits at a PAUSE hook. */
export function blueGreenPausesAtHook({ hook, after = 180, continuesIn, back }: Pause): Script {
  const index = STAGES.indexOf(hook)
  const paused = stageAt(after, index)
  const until = [begins(), ...stages(after, 0, index + 1), { at: paused, act: pause }]
  if (continuesIn === undefined) return [...until, timesOut(paused + HOOK_TIMES_OUT, hook, back)]
  const goesOn: Step = { at: paused + continuesIn, act: rollout => settleHook(rollout, 'SUCCEEDED') }
  const rest = stages(after, index + 1, STAGES.length).map(step => ({ ...step, at: step.at + continuesIn }))
  return [...until, goesOn, ...rest, finishes(after + continuesIn)]
}

function stageAt(after: number, index: number): number {
  return 1 + (index * (after - 1)) / STAGES.length
}

function stages(after: number, from: number, to: number): Step[] {
  return STAGES.slice(from, to).flatMap((stage, offset) => {
    const at = stageAt(after, from + offset)
    const length = stageAt(after, 1) - stageAt(after, 0)
    const enters: Step = { at, act: rollout => enter(rollout, stage) }
    if (stage === 'SCALE_UP') return [enters, startsTasks(at, length / 2)]
    return stage === 'CLEAN_UP' ? [enters, drains(at, length / 2)] : [enters]
  })
}

function enter({ account, serviceDeployment }: Rollout, lifecycleStage: string): void {
  if (serviceDeployment === undefined) return
  Object.assign(serviceDeployment, { lifecycleStage, updatedAt: account.seconds() })
}

function pause({ account, serviceDeployment }: Rollout): void {
  serviceDeployment?.lifecycleHookDetails.push({
    hookId: uuid(account.next()),
    targetType: 'PAUSE',
    status: 'AWAITING_ACTION',
    expiresAt: account.seconds() + HOOK_TIMES_OUT,
    timeoutAction: 'ROLLBACK'
  })
}

function settleHook({ serviceDeployment }: Rollout, status: string): void {
  Object.assign(serviceDeployment?.lifecycleHookDetails.at(-1) ?? {}, { status })
}

function timesOut(at: number, hook: LifecycleStage, back: Script = completes()): Step {
  return {
    at,
    act: rollout => {
      settleHook(rollout, 'TIMED_OUT')
      failDeployment(rollout.account, rollout.serviceArn, { cause: hookFailed(hook), rollback: true, back })
    }
  }
}
