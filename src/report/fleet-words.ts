import type { Entry } from '../fleet/fleet.ts'
import { nameSize } from '../sensor/fargate-size.ts'
import { countStandings, type Run, type Standing } from './fleet-standing.ts'

const LABELS: Readonly<Partial<Record<Standing, string>>> = {
  'left-alone': 'left alone',
  'not-begun': 'not begun',
  'would-change': 'would change'
}

const LABELS_BY_MODE: Readonly<Partial<Record<Run['mode'], Readonly<Partial<Record<Standing, string>>>>>> = {
  discover: { 'not-begun': 'not looked at' },
  restore: { deployed: 'moved back', 'would-change': 'would be moved back' }
}

/** The contract's word where it has one. */
export function labelOf(standing: Standing, { mode }: Run): string {
  return LABELS_BY_MODE[mode]?.[standing] ?? LABELS[standing] ?? standing
}

const MEANINGS: Readonly<Record<Standing, string>> = {
  failed: 'what went wrong stands below',
  'timed-out': 'the time was over before the deployment ended, or before the sensor was proven to run',
  stopped: 'somebody stopped the deployment',
  superseded: 'somebody else deployed meanwhile',
  'rolled-back': 'the deployment went wrong, and the service is back on what it ran before',
  refused: 'nothing was tried, for the reason below',
  'left-alone': 'nothing was tried, since somebody else deployed meanwhile',
  'not-begun': 'nothing was tried',
  started: 'the deployment is under way; how it ends was not seen',
  'would-change': 'would be moved onto a new revision',
  outdated: 'has a sensor, but with another image or other options than these inputs give',
  absent: 'has no sensor',
  deployed: 'runs the new revision, with the sensor in it',
  unchanged: 'has the sensor already, as these inputs ask for',
  'already-running': 'ran the right revision already',
  present: 'has the sensor, as these inputs ask for'
}

const MEANINGS_BY_MODE: Readonly<Partial<Record<Run['mode'], Readonly<Partial<Record<Standing, string>>>>>> = {
  remove: { deployed: 'runs the new revision, without a sensor', unchanged: 'has no sensor' },
  discover: {
    stopped: 'has a sensor that has stopped in some task',
    refused: 'cannot get the sensor, for the reason below',
    'not-begun': 'was not looked at'
  },
  restore: {
    deployed: 'runs again what it ran before',
    'left-alone': 'was not touched, since it runs something else by now',
    'would-change': 'would run again what it ran before',
    unchanged: 'runs that already'
  }
}

/** What a label says of a service, for somebody who sees it for the first time. */
export function meaningOf(standing: Standing, { mode }: Run): string {
  return MEANINGS_BY_MODE[mode]?.[standing] ?? MEANINGS[standing]
}

/** What went well first: a sentence ends with what somebody has to look at. */
const SAID: readonly Standing[] = [
  ...(['deployed', 'already-running', 'would-change', 'unchanged', 'started'] as const),
  ...(['present', 'absent', 'outdated'] as const),
  ...(['rolled-back', 'superseded', 'stopped', 'timed-out', 'failed', 'refused', 'left-alone', 'not-begun'] as const)
]

/** `12 deployed, 1 failed`. */
export function sayCounts(entries: readonly Entry[], run: Run): string {
  const counts = countStandings(entries, run).toSorted(([a], [b]) => SAID.indexOf(a) - SAID.indexOf(b))
  return counts.map(([standing, count]) => `${count} ${labelOf(standing, run)}`).join(', ')
}

/** `1 service`, `2 services`. */
export function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

/** What each task of a service gets more, or less. */
export function sayAdds({ cpu, memory, size }: NonNullable<Entry['adds']>): string {
  const grows = size === undefined ? '' : `, task size ${sizeName(size)}`
  return `each task: ${signed(cpu)} CPU units, ${signed(memory)} MiB${grows}`
}

/** `1024/2048` as `1 vCPU / 2 GB`. */
export function sizeName(size: string): string {
  const [, cpu, memory] = /^(\d+)\/(\d+)$/.exec(size) ?? []
  return cpu === undefined ? size : nameSize({ cpu: Number(cpu), memory: Number(memory) })
}

export function signed(count: number): string {
  return count < 0 ? String(count) : `+${count}`
}
