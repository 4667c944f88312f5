// The fewest calls that the benchmark's fleet can be moved with, and the least time: by formulas, from what was seeded alone.
import { CANARIES, MAX_PARALLEL, RUNNING_AFTER, type SceneService, TASKS_OF_A_SERVICE } from './bench-fleet-scene.ts'

/** What one call takes (API reference). */
const PAGE = 100
const SERVICES = 10
const SERVICE_DEPLOYMENTS = 20
const TASKS = 100

/** By default: `wait-max-delay-seconds` and `sensor-settle-seconds`. */
const MAX_DELAY = 15
const SETTLE = 60

/** A line of the formula; calls are a fraction where a call is shared with others. */
export interface Term {
  readonly operation: string
  readonly what: string
  readonly calls: number
}

/** The looks that one rollout and its settling take. */
interface Looks {
  /** Until one that comes at the end or after it. */
  readonly watch: number
  /** Of those, before the end and with tasks that run. */
  readonly glances: number
  /** After that one, which is the first of the window, until the window has passed. */
  readonly settle: number
}

/** From its beginning on as far apart as is allowed: the shorter gaps at first, by which a run on one service knows sooner, are no need. */
function looksFor({ rollout }: SceneService): Looks {
  const watch = Math.ceil(rollout / MAX_DELAY)
  const beforeTasksRun = Math.ceil((rollout * RUNNING_AFTER) / MAX_DELAY) - 1
  return { watch, glances: watch - 1 - beforeTasksRun, settle: Math.ceil(SETTLE / MAX_DELAY) }
}

/** The lines for services of one Region, or of more. The first `canaries` of them have nobody to share a call with. */
export function minimumFor(services: readonly SceneService[], canaries: number): Term[] {
  return [...oncePerPlace(services), ...perService(services), ...following(services, canaries)]
}

function oncePerPlace(services: readonly SceneService[]): Term[] {
  const regions = new Set(services.map(({ region }) => region)).size
  const clusters = [...Map.groupBy(services, ({ cluster }) => cluster).values()].map(all => all.length)
  const families = new Set(services.map(({ family }) => family)).size
  const sum = (count: (size: number) => number) => clusters.reduce((total, size) => total + count(size), 0)
  const pages = sum(size => Math.ceil(size / PAGE))
  const tens = sum(size => Math.ceil(size / SERVICES))
  return [
    { operation: 'ListClusters', what: 'Σ Regions ⌈clusters/100⌉', calls: regions },
    { operation: 'ListServices', what: 'Σ clusters ⌈services/100⌉', calls: pages },
    { operation: 'DescribeServices', what: 'discovery: Σ clusters ⌈services/10⌉', calls: tens },
    { operation: 'DescribeServices', what: 'the look before each move: Σ clusters ⌈services/10⌉', calls: tens },
    { operation: 'DescribeTaskDefinition', what: 'one for each revision that runs', calls: families },
    {
      operation: 'DescribeTaskDefinition',
      what: "one for each family's latest, before it is registered",
      calls: families
    },
    { operation: 'RegisterTaskDefinition', what: 'one for each family', calls: families },
    { operation: 'ListTasks', what: 'the right to it, tried once in each cluster', calls: clusters.length },
    { operation: 'DescribeTasks', what: 'the right to it, tried once in each cluster', calls: clusters.length }
  ]
}

function perService({ length }: readonly SceneService[]): Term[] {
  return [
    { operation: 'UpdateService', what: 'one for each service', calls: length },
    { operation: 'TagResource', what: 'one for each service', calls: length }
  ]
}

function following(services: readonly SceneService[], canaries: number): Term[] {
  const looks = services.map(looksFor)
  /** With each shared by so many; a canary shares with nobody. */
  const sum = (of: (looks: Looks) => number, shared: number) =>
    looks.reduce((total, each, index) => total + of(each) / (index < canaries ? 1 : shared), 0)
  const withTasks = ({ glances, settle }: Looks) => glances + 1 + settle
  const once = () => 1
  const together = Math.min(TASKS / TASKS_OF_A_SERVICE, MAX_PARALLEL)
  return [
    {
      operation: 'DescribeServices',
      what: 'looks, 10 in a call',
      calls: sum(each => each.watch + each.settle, SERVICES)
    },
    {
      operation: 'DescribeServiceDeployments',
      what: 'looks until the rollout has ended, 20 in a call',
      calls: sum(each => each.watch, SERVICE_DEPLOYMENTS)
    },
    { operation: 'ListTasks', what: 'the first look with tasks that run, one for each service', calls: sum(once, 1) },
    { operation: 'ListTasks', what: 'the verdict, one for each service', calls: sum(once, 1) },
    {
      operation: 'DescribeTasks',
      what: `looks with tasks that run, ${together} services in a call`,
      calls: sum(withTasks, together)
    },
    { operation: 'DescribeTasks', what: `the verdict, ${together} services in a call`, calls: sum(once, together) }
  ]
}

/** The token buckets that the run takes from: AWS, "Request throttling for the Amazon ECS API". */
const BUCKETS = [
  { operations: ['RegisterTaskDefinition'], burst: 20, refill: 1 },
  { operations: ['DescribeTaskDefinition'], burst: 50, refill: 20 },
  { operations: ['UpdateService'], burst: 50, refill: 5 },
  { operations: ['DescribeServices', 'ListServices'], burst: 100, refill: 20 },
  { operations: ['DescribeServiceDeployments'], burst: 50, refill: 20 },
  { operations: ['ListClusters'], burst: 50, refill: 20 },
  { operations: ['ListTasks', 'DescribeTasks'], burst: 100, refill: 20 },
  { operations: ['TagResource'], burst: 20, refill: 10 }
]
/** Of burst and refill. */
const SHARE = 0.8

export interface Floor {
  readonly what: string
  readonly seconds: number
}

/** What the fullest bucket of any Region takes for the fewest calls, and what the services take that may be under way together. */
export function floorsFor(services: readonly SceneService[]): Floor[] {
  const regions = [...Map.groupBy(services, ({ region }) => region)]
  const first = services[0]?.region
  const floors = regions.flatMap(([region, inside]) => {
    const terms = minimumFor(inside, region === first ? CANARIES : 0)
    return BUCKETS.map(({ operations, burst, refill }) => {
      const calls = terms.reduce((sum, { operation, calls }) => sum + (operations.includes(operation) ? calls : 0), 0)
      const seconds = Math.max(0, calls - burst * SHARE) / (refill * SHARE)
      return { what: `token buckets (${operations.join(' and ')} in ${region})`, seconds }
    })
  })
  const fullest = floors.reduce((a, b) => (b.seconds > a.seconds ? b : a))
  return [fullest, { what: `${CANARIES} canary, then ${MAX_PARALLEL} services at a time`, seconds: inTurns(services) }]
}

/** Without any gap: one lane as busy as the other, each service known to be done the moment that it is. */
function inTurns(services: readonly SceneService[]): number {
  const courses = services.map(({ rollout }) => rollout + SETTLE)
  const canaries = courses.slice(0, CANARIES)
  const others = courses.slice(CANARIES).reduce((sum, seconds) => sum + seconds, 0)
  return Math.max(0, ...canaries) + Math.max(others / MAX_PARALLEL, ...courses.slice(CANARIES))
}
