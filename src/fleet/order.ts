interface Names {
  readonly region: string
  readonly cluster?: string | undefined
  readonly service?: string | undefined
}

/** By Region, cluster and service; what is not of one cluster or service comes first. */
export function comparePlaces(a: Names, b: Names): number {
  return (
    compareTexts(a.region, b.region) ||
    compareTexts(a.cluster ?? '', b.cluster ?? '') ||
    compareTexts(a.service ?? '', b.service ?? '')
  )
}

/** The same order everywhere, whatever the locale. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The order in which services are begun: Region by Region, so that what is wrong shows before it is everywhere, and in each cluster by
 * cluster, since one look is for many of the same cluster. One Region's share of calls is more than a fleet takes.
 */
export function byPlace<T extends { readonly region: string; readonly cluster: string }>(items: readonly T[]): T[] {
  const ofRegions = [...Map.groupBy(items, ({ region }) => region).values()]
  return ofRegions.flatMap(inside => [...Map.groupBy(inside, ({ cluster }) => cluster).values()].flat())
}
