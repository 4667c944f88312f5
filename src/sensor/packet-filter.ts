import { type Container, isEssential, objectsOf, textOf } from '../task-definition/definition.ts'
import { wholeNumber } from '../task-definition/sizes.ts'

interface PortRange {
  readonly from: number
  readonly to: number
}

/**
 * The user's packet filter without the traffic of the other non-essential containers: `(USER) and not port 8126 and not
 * portrange 15000-15010`. Ports that an essential container also has stay in. Undefined when nothing is left to say.
 * `and` groups from the left and `not` binds tightest (pcap-filter manual), hence the parentheses.
 */
export function composeFilter(filter: string | undefined, app: readonly Container[]): string | undefined {
  const terms = excludedRanges(app).map(({ from, to }) =>
    from === to ? `not port ${from}` : `not portrange ${from}-${to}`
  )
  if (terms.length === 0) return filter
  return (textOf(filter?.trim()) === undefined ? terms : [`(${filter})`, ...terms]).join(' and ')
}

/** A number that is no port would end the sensor when it sets the filter. */
const LAST_PORT = 65535

/** The ranges of sidecars without those of essential containers, joined where they overlap, in order. */
function excludedRanges(app: readonly Container[]): PortRange[] {
  const sidecars = app.filter(container => !isEssential(container)).flatMap(rangesOf)
  const kept = app.filter(isEssential).flatMap(rangesOf)
  return join(kept.reduce<PortRange[]>((left, range) => left.flatMap(each => without(each, range)), sidecars))
}

function rangesOf(container: Container): PortRange[] {
  return objectsOf(container.portMappings).flatMap(mapping => {
    const port = wholeNumber(mapping.containerPort)
    const range = port === undefined ? portRange(mapping.containerPortRange) : { from: port, to: port }
    return range !== undefined && range.from >= 1 && range.to <= LAST_PORT ? [range] : []
  })
}

/** `8000-8010` as ECS takes it in `containerPortRange`; undefined for anything else. */
export function portRange(value: unknown): PortRange | undefined {
  const [, from, to] = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(textOf(value) ?? '') ?? []
  return from === undefined || to === undefined || Number(from) > Number(to)
    ? undefined
    : { from: Number(from), to: Number(to) }
}

function without(range: PortRange, cut: PortRange): PortRange[] {
  if (cut.to < range.from || cut.from > range.to) return [range]
  return [
    { from: range.from, to: cut.from - 1 },
    { from: cut.to + 1, to: range.to }
  ].filter(({ from, to }) => from <= to)
}

function join(ranges: readonly PortRange[]): PortRange[] {
  const joined: PortRange[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1)
    if (last !== undefined && range.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else joined.push(range)
  }
  return joined
}
