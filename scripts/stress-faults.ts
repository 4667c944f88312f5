// The columns of the stress test: what goes wrong with a call, and which calls it meets.
import type { FaultKind } from '../stand-in/faults.ts'
import type { Trouble } from './stress-run.ts'

export interface Column {
  readonly name: string
  readonly says: string
  readonly kind: FaultKind
  /** Whether it needs something to carry out: a look has nothing of that kind. */
  readonly ofChanges?: boolean
}

export const COLUMNS: readonly Column[] = [
  { name: 'throttled', says: 'AWS answers `ThrottlingException`', kind: { kind: 'throttle' } },
  { name: 'denied', says: 'AWS answers `AccessDeniedException`', kind: { kind: 'deny' } },
  { name: '500', says: 'AWS fails, and nothing is carried out', kind: { kind: 'server-error', carriedOut: false } },
  {
    name: '500, done',
    says: 'AWS fails after it was carried out',
    kind: { kind: 'server-error', carriedOut: true },
    ofChanges: true
  },
  { name: 'reset', says: 'the connection is gone before it is carried out', kind: { kind: 'reset' } },
  {
    name: 'lost',
    says: 'the connection is gone after it was carried out',
    kind: { kind: 'lose-answer' },
    ofChanges: true
  },
  { name: 'hangs', says: 'no answer ever, and nothing is carried out', kind: { kind: 'hang' } },
  {
    name: 'hangs, done',
    says: 'no answer ever, although it is carried out',
    kind: { kind: 'hang', carriedOut: true },
    ofChanges: true
  },
  { name: 'page', says: 'a proxy answers with a page of HTML, status 200', kind: { kind: 'page', status: 200 } },
  { name: 'page, 502', says: 'a proxy answers with a page of HTML, status 502', kind: { kind: 'page', status: 502 } }
]

/** How many calls of an operation are met, and from which on. */
export interface Extent {
  readonly name: string
  readonly says: string
  /** `calls` are those of a run without a fault. */
  readonly places: (calls: number) => readonly Pick<Trouble, 'skip' | 'times'>[]
}

export const EXTENTS: readonly Extent[] = [
  {
    name: 'once',
    says: 'One call of the API meets it: the first one, one in the middle, or the last one.',
    places: calls => distinct([0, Math.floor(calls / 2), calls - 1]).map(skip => ({ skip, times: 1 }))
  },
  {
    name: 'from then on',
    says: 'Every call of the API meets it, from the first one or from one in the middle on.',
    places: calls => distinct([0, Math.floor(calls / 2)]).map(skip => ({ skip, times: Infinity }))
  }
]

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)]
}

/** By AWS's own names of its calls. */
export function isLook(operation: string): boolean {
  return /^(?:Describe|Get|List)/.test(operation)
}
