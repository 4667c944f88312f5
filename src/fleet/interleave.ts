/** As many services of one cluster as one look takes. */
const CHUNK = 10

/**
 * The order in which services are begun: tens of the same cluster, so that one look is for all of them, a ten of each Region in turn,
 * since calls are limited for each Region by itself.
 */
export function interleave<T extends { readonly region: string; readonly cluster: string }>(items: readonly T[]): T[] {
  const chunksOfRegions = [...Map.groupBy(items, ({ region }) => region).values()].map(ofRegion =>
    [...Map.groupBy(ofRegion, ({ cluster }) => cluster).values()].flatMap(intoChunks)
  )
  const rounds = Math.max(0, ...chunksOfRegions.map(chunks => chunks.length))
  return Array.from({ length: rounds }, (_, round) => chunksOfRegions.flatMap(chunks => chunks[round] ?? [])).flat()
}

function intoChunks<T>(items: readonly T[]): T[][] {
  const chunks = Math.ceil(items.length / CHUNK)
  return Array.from({ length: chunks }, (_, index) => items.slice(index * CHUNK, (index + 1) * CHUNK))
}
