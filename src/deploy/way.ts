import type { Deployment } from './deployment.ts'
import type { RollBack } from './roll-back.ts'
import type { Settled } from './settle.ts'
import type { Course, Timing, Watch } from './watch.ts'

/** What was seen of a deployment before anything is put back. */
export interface Ended {
  readonly watched: Watch | undefined
  readonly settled: Settled | undefined
}

/** How a service is followed and put back that ECS does not deploy by itself. */
export interface Way {
  /** What watching and settling have, the waits of whoever deploys included. */
  readonly minutes: number
  /** `told`: ids of the service's events that are no news. */
  watch(deployment: Deployment, told: readonly string[], timing: Timing, say: (text: string) => void): Course<Watch>
  rollBack(deployment: Deployment, ended: Ended, timing: () => Timing, say: (text: string) => void): Course<RollBack>
}
