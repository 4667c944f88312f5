import { StepError } from '../errors.ts'
import type { FleetService, Matrix } from './fleet.ts'
import { comparePlaces } from './order.ts'
import { type Named, namesOf } from './pick-services.ts'

/** GitHub begins at most so many jobs for one matrix. */
const MOST_ENTRIES = 256

/** Services of one Region; its clusters and names together mean these services and no others. */
interface Entry {
  readonly region: string
  readonly clusters: Set<string>
  readonly names: Set<string>
  readonly services: FleetService[]
}

type Redact = (text: string) => string

/**
 * Divides the services among the entries of a job matrix: by Regions, then into at most `size` each, or as many more as keep it to 256
 * entries. What `withoutEntry` gives is in none. `passedOver` are services that no entry may mean although their names are those of
 * others in the Region. Throws StepError when 256 entries are too few to tell the services apart.
 */
export function toMatrix(
  services: readonly FleetService[],
  size: number,
  redact: Redact,
  passedOver: readonly Named[] = []
): Matrix {
  const namesakes = clustersOfNames([...services.map(namesOf), ...passedOver])
  const named = services.filter(service => isShown(entryOf([service]), redact))
  for (let most = Math.max(size, Math.ceil(named.length / MOST_ENTRIES)); ; most += Math.ceil(most / 8)) {
    const fits = (entry: Entry) => isExact(entry, namesakes) && isShown(entry, redact)
    const entries = pack(chunksOf(named, most), most, fits)
    if (entries.length <= MOST_ENTRIES) return { include: entries.map(toInputs) }
    if (most > named.length) break
  }
  throw new StepError({
    code: 'matrix-too-large',
    what: `GitHub takes ${MOST_ENTRIES} entries of a matrix, in which these services cannot be told apart by their names.`,
    hint: 'Narrow regions, clusters, services or families, and run several times.'
  })
}

/** Services that no entry names: the runner masks something in their names, and GitHub would withhold the whole output. */
export function withoutEntry(services: readonly FleetService[], redact: Redact): FleetService[] {
  return services.filter(service => !isShown(entryOf([service]), redact))
}

function isShown(entry: Entry, redact: Redact): boolean {
  const text = JSON.stringify(toInputs(entry))
  return redact(text) === text
}

function toInputs({ region, clusters, names }: Entry): Record<string, string> {
  return { regions: region, clusters: [...clusters].join(), services: [...names].join() }
}

/** Services of one cluster together, at most so many. */
function chunksOf(services: readonly FleetService[], most: number): Entry[] {
  const sorted = services.toSorted((a, b) => comparePlaces(namesOf(a), namesOf(b)))
  const ofClusters = Map.groupBy(sorted, ({ region, cluster }) => `${region}/${cluster}`)
  return [...ofClusters.values()].flatMap(ofCluster =>
    Array.from({ length: Math.ceil(ofCluster.length / most) }, (_, index) =>
      entryOf(ofCluster.slice(index * most, (index + 1) * most))
    )
  )
}

function entryOf(services: readonly FleetService[]): Entry {
  return {
    region: services[0]?.region ?? '',
    clusters: new Set(services.map(({ cluster }) => cluster)),
    names: new Set(services.map(({ state }) => state.name)),
    services: [...services]
  }
}

/** Puts each chunk, or if it is not fit by itself each of its services, into the first entry of its Region that is fit with it. */
function pack(chunks: readonly Entry[], most: number, fits: (entry: Entry) => boolean): Entry[] {
  const entries: Entry[] = []
  const parts = chunks.flatMap(chunk => (fits(chunk) ? [chunk] : chunk.services.map(service => entryOf([service]))))
  for (const part of parts) {
    const hasRoom = ({ region, services }: Entry) =>
      region === part.region && services.length + part.services.length <= most
    const index = entries.findIndex(entry => hasRoom(entry) && fits(merge(entry, part)))
    const entry = entries[index]
    if (entry === undefined) entries.push(part)
    else entries[index] = merge(entry, part)
  }
  return entries
}

function merge(entry: Entry, part: Entry): Entry {
  return entryOf([...entry.services, ...part.services])
}

/** Clusters that hold a service of a name, by `region/name`. */
type Namesakes = ReadonlyMap<string, ReadonlySet<string>>

function clustersOfNames(known: readonly Named[]): Namesakes {
  const ofNames = Map.groupBy(known, ({ region, service }) => `${region}/${service}`)
  return new Map([...ofNames].map(([name, all]) => [name, new Set(all.map(({ cluster }) => cluster))]))
}

/** Whether the clusters and names of an entry mean no service but its own. */
function isExact({ region, clusters, names, services }: Entry, namesakes: Namesakes): boolean {
  const meant = [...names].flatMap(name => {
    const holders = namesakes.get(`${region}/${name}`)
    return [...clusters].filter(cluster => holders?.has(cluster))
  })
  return meant.length === services.length
}
