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
