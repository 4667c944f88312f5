import type { Deployment, Outcome } from '../deploy/deployment.ts'
import type { ServiceState } from '../ecs/services.ts'

/** Which services are meant. Names, ARNs or glob patterns, `!pattern` excludes; an empty list means all, and lists narrow each other. */
export interface Scope {
  /** `all` stands for every Region of the account. */
  readonly regions: readonly string[]
  readonly clusters: readonly string[]
  readonly services: readonly string[]
  readonly families: readonly string[]
}

/** In what rhythm services are moved. */
export interface Rhythm {
  /** Services that are moved, followed and verified at the same time. */
  readonly maxParallel: number
  /** Services that are moved, followed and verified before all others. */
  readonly canary: number
  /** Minutes between the last of the canaries and the first of the others. */
  readonly canarySoak: number
  /** After so many failures no service is begun any more. */
  readonly stopAfterFailures: number
}

/** A service as it was found. */
export interface FleetService {
  readonly region: string
  /** The cluster's name. */
  readonly cluster: string
  readonly state: ServiceState
}

/** One revision in one Region and the services that run it, so that it is read, rendered and registered once. */
export interface Target {
  readonly region: string
  readonly arn: string
  /** The sensor's environment, where a tag of the services says it. */
  readonly levoEnv?: string | undefined
  readonly services: readonly FleetService[]
}

/** A Region, cluster or service that was not looked at, and why; it stops nothing. */
export interface Skipped {
  readonly region: string
  readonly cluster?: string | undefined
  readonly service?: string | undefined
  readonly code: string
  readonly reason: string
}

/** How a service stands before anything is done: what `mode: discover` tells. */
export const SENSOR_STATES = ['absent', 'present', 'outdated', 'stopped', 'refused'] as const
export type FleetSensor = (typeof SENSOR_STATES)[number]

/** What is known of one service of the fleet, and what came of it. */
export interface Entry {
  readonly region: string
  readonly cluster: string
  readonly service: string
  /** The revision that it ran when it was found. */
  readonly arn: string
  readonly sensor?: FleetSensor | undefined
  /** Whether a revision was, or would be, registered for it. */
  readonly changed?: boolean | undefined
  /** CPU units and MiB that each task gets more, and the task size where that has to grow. */
  readonly adds?: { readonly cpu: number; readonly memory: number; readonly size?: string | undefined } | undefined
  /** Who registered the revision that it ran, and when (epoch seconds). */
  readonly registeredBy?: string | undefined
  readonly registeredAt?: number | undefined
  /** Absent as long as nothing was done. */
  readonly outcome?: Outcome | 'refused' | 'not-begun' | undefined
  readonly deployment?: Deployment | undefined
  /** Why it failed, was refused or not begun. */
  readonly error?: unknown
}

/** `include` entries for `strategy.matrix`, made of input names. */
export interface Matrix {
  readonly include: readonly Readonly<Record<string, string>>[]
}
