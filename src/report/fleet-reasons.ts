import { messageOf } from '../errors.ts'
import type { Entry } from '../fleet/fleet.ts'
import { groupByText, listSome, servicesIn } from './fleet-groups.ts'
import { cutProse, listed } from './fleet-list.ts'
import { linkService, placeOf } from './fleet-places.ts'
import type { FleetReport } from './fleet-report.ts'
import { entriesOf, standingOf } from './fleet-standing.ts'
import { folded } from './fleet-tables.ts'
import { labelOf, many } from './fleet-words.ts'
import { escaped } from './prose.ts'

const MOST_NAMES = 10
/** Whoever has to put them right needs the names of all. */
const MOST_FAILED = 100
const MOST_NOT_BEGUN = 200
const LONGEST_REASON = 1000

type Names = ReadonlySet<string>

/** What failed and what to do about it; what is said of several services in the same words stands once. */
export function sayFailed(report: FleetReport, names: Names): string[] {
  const failed = entriesOf(report, 'failed')
  const say = (entry: Entry) => `${linkService(entry)} (${labelOf(standingOf(entry, report), report)})`
  return listed(`Failed: ${many(failed.length, 'service')}`, groupByText(failed, reasonOf, names), (group, prose) => {
    const { same, items } = group
    return blocks(sayMany(items.map(say), MOST_FAILED), prose, same ? '' : OF_FIRST)
  })
}

export function sayRefused(report: FleetReport, names: Names): string[] {
  return sayUntouched('Refused', entriesOf(report, 'refused'), names)
}

export function sayLeftAlone(report: FleetReport, names: Names): string[] {
  return sayUntouched('Left alone', entriesOf(report, 'left-alone'), names)
}

function sayUntouched(title: string, entries: readonly Entry[], names: Names): string[] {
  // How many MiB lack is another number for each; the reason is one.
  const groups = groupByText(entries, reasonOf, names, true)
  return listed(`${title}: ${many(entries.length, 'service')}`, groups, ({ same, items }, prose) => {
    return blocks(prose, sayMany(items.map(entry => linkService(entry))), same ? '' : OF_FIRST)
  })
}

/** Regions, clusters and services that could not be looked at, or are not meant. */
export function sayLeftOut({ skipped }: FleetReport, names: Names): string[] {
  const groups = groupByText(skipped, ({ reason }) => reason, names)
  return listed(`Left out: ${skipped.length}`, groups, ({ items }, prose) => {
    return blocks(prose, escaped(listSome(items.map(placeOf), MOST_NAMES)))
  })
}

/** Only names, folded: nothing happened to these. */
export function sayNotBegun(report: FleetReport, names: Names): string[] {
  const entries = entriesOf(report, 'not-begun')
  if (entries.length === 0) return []
  const shown = groupByText(entries.slice(0, MOST_NOT_BEGUN), reasonOf, names)
  const lists = shown.map(({ text, items }) =>
    blocks(cutProse(text, LONGEST_REASON), items.map(entry => `- ${linkService(entry)}`).join('\n'))
  )
  const more = entries.length - MOST_NOT_BEGUN
  const rest = more > 0 ? [`… and ${more} more, in the output results-file.`] : []
  const label = labelOf('not-begun', report)
  const title = `${label.charAt(0).toUpperCase()}${label.slice(1)}: ${many(entries.length, 'service')}`
  return [folded(title, blocks(...lists, ...rest))]
}

/** Warnings that differ in names alone stand once. */
export function sayWarnings({ notes, entries }: FleetReport, names: Names): string[] {
  const services = new Set(entries.map(({ service }) => service))
  const texts = notes.filter(({ level }) => level === 'warning').map(({ text }) => text)
  const groups = groupByText([...new Set(texts)], text => text, names)
  return listed('Warnings', groups, ({ text, items }, prose) => {
    if (items.length === 1) return prose
    const own = subjectsOf(text, services)
    const others = items.flatMap(item => subjectsOf(item, services)).filter(subject => !own.includes(subject))
    const also = listSome([...new Set(others)], MOST_NAMES)
    return blocks(
      prose,
      also === '' ? `There are ${items.length} warnings like this one.` : escaped(`The same for ${also}.`)
    )
  })
}

/** What a warning is about: the place that it begins with, else the services that it names. */
function subjectsOf(text: string, services: Names): string[] {
  const place = /^([\w-]+(?:\/[\w:-]+)+): /.exec(text)?.[1]
  return place === undefined ? servicesIn(text, services) : [place]
}

function blocks(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('\n\n')
}

const OF_FIRST = 'This is what the first one says; the others differ from it in names and numbers only.'

function sayMany(names: readonly string[], most = MOST_NAMES): string {
  return names.length === 1 ? (names[0] ?? '') : `${many(names.length, 'service')}: ${listSome(names, most)}`
}

function reasonOf({ error, deployment }: Entry): string {
  const known = error ?? deployment?.error
  return known === undefined ? '' : messageOf(known)
}
