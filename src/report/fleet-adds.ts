import type { Entry } from '../fleet/fleet.ts'
import { listSome } from './fleet-groups.ts'
import { placeOf } from './fleet-places.ts'
import type { FleetReport } from './fleet-report.ts'
import { entriesOf } from './fleet-standing.ts'
import { many, signed, sizeName } from './fleet-words.ts'
import { escaped } from './prose.ts'

type Adding = Entry & { readonly adds: NonNullable<Entry['adds']> }

const MOST_AMOUNTS = 15
const MOST_NAMES = 10

/** What the sensor takes or gives back, in all and for each service, and which tasks get another size for it: part of a plan. */
export function sayAdding(report: FleetReport): string[] {
  if (!report.dryRun && report.mode !== 'discover') return []
  const adding = entriesOf(report, 'other').filter(isAdding)
  if (adding.length === 0) return []
  const isLess = report.mode === 'remove'
  const [cpu, memory] = [sum(adding.map(({ adds }) => adds.cpu)), sum(adding.map(({ adds }) => adds.memory))]
  const amount = isLess ? `${-cpu} CPU units and ${-memory} MiB` : `${signed(cpu)} CPU units and ${signed(memory)} MiB`
  const verb = isLess ? 'This gives back' : report.dryRun ? 'This adds' : 'Putting the sensor in would add'
  const whole = `${verb} ${amount} in all (${many(adding.length, 'service')}, one task of each counted).`
  return [
    `**${isLess ? 'What it gives back' : 'What it adds'}**\n\n${whole}`,
    toTable(adding),
    ...saySizes(
      adding.filter(({ adds }) => adds.size !== undefined),
      isLess
    )
  ]
}

function isAdding(entry: Entry): entry is Adding {
  const { adds } = entry
  return adds !== undefined && (adds.cpu !== 0 || adds.memory !== 0 || adds.size !== undefined)
}

function toTable(adding: readonly Adding[]): string {
  const amounts = Map.groupBy(adding, ({ adds }) => `| ${signed(adds.cpu)} | ${signed(adds.memory)} |`)
  const byCount = [...amounts].sort(([, a], [, b]) => b.length - a.length)
  const rows = byCount.slice(0, MOST_AMOUNTS).map(([amount, { length }]) => `${amount} ${length} |`)
  const rest = sum(byCount.slice(MOST_AMOUNTS).map(([, { length }]) => length))
  const more = rest === 0 ? [] : [`| other | other | ${rest} |`]
  return [
    '| CPU units for each task | MiB for each task | Services |',
    '| ---: | ---: | ---: |',
    ...rows,
    ...more
  ].join('\n')
}

function saySizes(resized: readonly Adding[], isLess: boolean): string[] {
  if (resized.length === 0) return ['No task gets another size.']
  const who = many(resized.length, 'service')
  const needs = resized.length === 1 ? 'needs' : 'need'
  const head = isLess
    ? `${who}: the tasks get back the size that they had without the sensor:`
    : `${who} ${needs} a larger Fargate size, which costs more:`
  const sizes = [...Map.groupBy(resized, ({ adds }) => adds.size ?? '')].sort(([, a], [, b]) => b.length - a.length)
  const items = sizes.slice(0, MOST_AMOUNTS).map(([size, entries]) => {
    const names = listSome(entries.map(placeOf), MOST_NAMES)
    return `- ${escaped(`${sizeName(size)}: ${many(entries.length, 'service')}: ${names}`)}`
  })
  return [head, items.join('\n')]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
