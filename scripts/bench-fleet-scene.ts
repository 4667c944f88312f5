// The fleet of the benchmark: what is seeded in the stand-in, what the run is told, and what both know of each service.
export const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2'] as const
const CLUSTERS = 10
/** Services that run the same family, side by side in one cluster. */
const SERVICES_OF_A_FAMILY = 5
export const TASKS_OF_A_SERVICE = 2
/** As many as ECS keeps, at the pace at which it says that a service is in a steady state. */
export const EVENTS_OF_A_SERVICE = 100
export const HOURS_BETWEEN_EVENTS = 6
export const MAX_PARALLEL = 50
export const CANARIES = 1

export const CREATED_BY = 'fargate-pcap-action/bench'

/** Everything that is not said here is as by default, but that no registry is asked. */
export const INPUTS = {
  regions: REGIONS.join(','),
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'staging',
  'levoai-org-id': 'example',
  'check-image': 'off',
  'max-parallel': String(MAX_PARALLEL),
  canary: String(CANARIES)
} as const

export interface SceneService {
  readonly region: string
  readonly cluster: string
  readonly name: string
  readonly family: string
  /** Seconds from the beginning of its rollout to the end. */
  readonly rollout: number
}

/** What the rollouts of a stand-in take until their tasks run, as a part of the whole. */
export const RUNNING_AFTER = 1 / 3

const SHORTEST_ROLLOUT = 60
/** Rollouts of all whole seconds from 60 to 90, neighbours far apart: this number shares no factor with that of the seconds. */
const SPREAD = { seconds: 31, stride: 17 }

/** In as many clusters and Regions whatever their number is, so that only what each service costs grows. */
export function servicesOf(count: number): SceneService[] {
  const inEach = Math.ceil(count / CLUSTERS)
  return Array.from({ length: count }, (_, index) => {
    const cluster = Math.floor(index / inEach)
    const place = index % inEach
    return {
      region: REGIONS[cluster % REGIONS.length] ?? REGIONS[0],
      cluster: `cluster-${cluster}`,
      name: `service-${cluster}-${String(place).padStart(3, '0')}`,
      family: `family-${cluster}-${Math.floor(place / SERVICES_OF_A_FAMILY)}`,
      rollout: SHORTEST_ROLLOUT + ((index * SPREAD.stride) % SPREAD.seconds)
    }
  })
}

/** Calls by Region and operation, as they arrived. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>

/** What the stand-in's process has counted. */
export interface Asked {
  readonly calls: Counts
  /** Those that the token buckets did not let pass. */
  readonly throttled: number
}

/** What the fleet's process has measured of itself. */
export interface Measured {
  readonly outcomes: Readonly<Record<string, number>>
  readonly error?: string | undefined
  /** Seconds that passed on the simulated clock. */
  readonly simulated: number
  /** Seconds of CPU, user and system, from before the run to its report. */
  readonly cpu: number
  readonly wall: number
  /** Bytes that were resident when all was loaded, after a garbage collection. */
  readonly loaded: number
  /** Bytes of heap and buffers by which there are more at the end, when all that is reported is held. */
  readonly growth: number
  /** Bytes that were resident at most, with no collection that was asked for between. */
  readonly resident: number
  /** Calls that ended in being throttled, beyond all retries. */
  readonly gaveUp: number
}
