import type { Entry } from '../fleet/fleet.ts'
import { linkRevision, linkService } from './fleet-places.ts'
import type { FleetReport } from './fleet-report.ts'
import { entriesOf, sortByRank, standingOf } from './fleet-standing.ts'
import { isoTime } from './fleet-time.ts'
import { labelOf, many, sayCounts, signed, sizeName } from './fleet-words.ts'
import { escaped } from './prose.ts'

/** A summary of more rows is read by nobody. */
const MOST_ROWS = 200

/** So few need not be unfolded. */
const FEW_ROWS = 15

/**
 * The services that neither failed, nor were refused, nor not begun: a folded table for each cluster. Of many the first are shown, those first
 * that somebody may have to do something about.
 */
export function sayTables(report: FleetReport): string[] {
  const others = entriesOf(report, 'other')
  if (others.length === 0) return []
  const shown = new Set(sortByRank(others, report).slice(0, MOST_ROWS))
  const open = others.length > FEW_ROWS ? '' : ' open'
  const tables = [...Map.groupBy(others, ({ region, cluster }) => `${region}/${cluster}`)].flatMap(
    ([place, inside]) => {
      const rows = inside.filter(entry => shown.has(entry))
      return rows.length === 0 ? [] : [folded(titleOf(place, inside, rows, report), toTable(rows, report), open)]
    }
  )
  const more = others.length - shown.size
  return more > 0 ? [...tables, `… and ${more} more, in the output results-file.`] : tables
}

export function folded(title: string, content: string, open = ''): string {
  return `<details${open}><summary>${inHtml(title)}</summary>\n\n${content}\n\n</details>`
}

function titleOf(place: string, inside: readonly Entry[], rows: readonly Entry[], report: FleetReport): string {
  const part = rows.length < inside.length ? ` (${rows.length} of them here)` : ''
  return `${place}: ${many(inside.length, 'service')}: ${sayCounts(inside, report)}${part}`
}

/** The line of a fold is HTML, in which Markdown's own marks mean nothing. */
function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ')
}

interface Column {
  readonly title: string
  readonly right?: boolean
  readonly cell: (entry: Entry, report: FleetReport) => string
}

const SERVICE: Column = { title: 'Service', cell: entry => linkService(entry, entry.service) }
const RUNS: Column = { title: 'Runs', cell: ({ arn }) => linkRevision(arn) }
const standing = (title: string): Column => ({
  title,
  cell: (entry, report) => labelOf(standingOf(entry, report), report)
})
const ADDS: readonly Column[] = [
  { title: 'CPU units', right: true, cell: ({ adds }) => sayAmount(adds?.cpu) },
  { title: 'MiB', right: true, cell: ({ adds }) => sayAmount(adds?.memory) },
  { title: 'New task size', cell: ({ adds }) => escaped(sizeName(adds?.size ?? '')) }
]

const MOVED: readonly Column[] = [
  SERVICE,
  standing('Outcome'),
  { title: 'Ran before', cell: ({ arn, deployment }) => linkRevision(deployment?.previousArn ?? arn) },
  { title: 'Runs', cell: ({ deployment }) => (deployment === undefined ? '' : linkRevision(deployment.arn)) },
  { title: 'Sensor', cell: ({ deployment }) => saySensor(deployment) }
]

const FOUND: readonly Column[] = [
  SERVICE,
  standing('Sensor'),
  RUNS,
  { title: 'Registered', cell: sayRegistered },
  ...ADDS
]

function columnsOf({ mode, dryRun }: FleetReport): readonly Column[] {
  if (mode === 'discover') return FOUND
  if (!dryRun) return MOVED
  return mode === 'restore' ? [SERVICE, standing('Outcome'), RUNS] : [SERVICE, standing('Outcome'), RUNS, ...ADDS]
}

/** Columns in which no row has anything are left out. */
function toTable(rows: readonly Entry[], report: FleetReport): string {
  const columns = columnsOf(report)
    .map(({ title, right, cell }) => ({ title, right, cells: rows.map(row => cell(row, report)) }))
    .filter(({ cells }) => cells.some(cell => cell !== ''))
  const head = columns.map(({ title }) => title)
  const rule = columns.map(({ right }) => (right === true ? '---:' : '---'))
  const body = rows.map((_, index) => columns.map(({ cells }) => cells[index] ?? ''))
  return [head, rule, ...body].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

function sayAmount(amount = 0): string {
  return amount === 0 ? '' : signed(amount)
}

function saySensor(deployment: Entry['deployment']): string {
  const sensor = deployment?.sensor
  return sensor === undefined ? '' : `${sensor.running}/${sensor.tasks.length}`
}

/** Of an ARN what follows the account: every row has the same before it. */
function sayRegistered({ registeredBy, registeredAt }: Entry): string {
  const by = registeredBy?.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, '')
  const at =
    registeredAt === undefined
      ? undefined
      : isoTime(registeredAt)
          .replace('T', ' ')
          .replace(/:\d\dZ$/, ' UTC')
  return escaped([by, at].filter(text => text !== undefined).join(', '))
}
