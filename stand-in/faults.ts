import { ApiError } from './api-error.ts'
import { callerArn } from './arns.ts'
import type { JsonObject } from './json.ts'
import { actionOf } from './operations.ts'
import type { Refusals } from './protocols/protocol.ts'
import type { RecordedRequest } from './requests.ts'
import type { Account } from './state.ts'
import { isAbout, type Subject } from './subjects.ts'

/** Something that goes wrong with the next calls that are like it says. */
export type Fault = {
  /** Any if not given. */
  operation?: string
  /** That the call is signed for. */
  region?: string
  /** Names, not ARNs, of what the call itself is about: a call for several services is about each of them. */
  cluster?: string
  service?: string
  family?: string
  /** Milliseconds since the epoch: earlier calls pass, and are not counted. */
  from?: number
  /** How many calls it meets: 1 if not given, `Infinity` for all; where it is about credentials, all if not given. */
  times?: number
  /** How many calls pass before it meets one. */
  skip?: number
} & FaultKind

export type FaultKind =
  | { kind: 'throttle' }
  | { kind: 'deny'; action?: string; resource?: string }
  | { kind: 'error'; status: number; code: string; message: string }
  /** The credentials' time is over. */
  | { kind: 'expired-credentials' }
  /** As in a Region that is not enabled for the account. */
  | { kind: 'unrecognized-credentials' }
  /** The call is carried out, but the connection is gone before the answer. */
  | { kind: 'lose-answer' }
  /** The connection is gone before the call is carried out. */
  | { kind: 'reset' }
  | { kind: 'server-error'; carriedOut: boolean }
  /** No answer ever; nothing is carried out unless it says so. */
  | { kind: 'hang'; carriedOut?: boolean }
  /** Something in between, such as a proxy, answers in AWS's place: with a page of HTML, and nothing is carried out. */
  | { kind: 'page'; status: number }
  /** The answer of a call that was carried out is altered. */
  | { kind: 'answer'; change(answer: JsonObject): JsonObject }
  /** Another actor gets in right before the call, which then goes on; the account is that of the call's Region. */
  | { kind: 'before'; act(account: Account): void }

/** What the faults that meet one call make of it. */
export interface Interference {
  before: ((account: Account) => void)[]
  change: ((answer: JsonObject) => JsonObject)[]
  /** The fault that ends the call, if one does. */
  end?: Exclude<FaultKind, { kind: 'before' | 'answer' }>
}

interface Planned {
  fault: Fault
  skip: number
  times: number
}

const SUBJECTS: readonly Subject[] = ['cluster', 'service', 'family']

export class FaultPlan {
  private readonly planned: Planned[] = []

  add(fault: Fault): void {
    const lasts = fault.kind === 'expired-credentials' || fault.kind === 'unrecognized-credentials'
    this.planned.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? (lasts ? Infinity : 1) })
  }

  /**
   * What meets a call at a time in milliseconds since the epoch. Faults are met in the order in which they were added; of
   * those that end a call, one at a time.
   */
  meet(call: RecordedRequest, now: number): Interference {
    const met: Interference = { before: [], change: [] }
    for (const entry of this.planned) {
      const { fault } = entry
      const isOpen = fault.kind === 'before' || fault.kind === 'answer' || met.end === undefined
      if (entry.times <= 0 || !isOpen || !isMeant(fault, call, now)) continue
      if (entry.skip > 0) entry.skip -= 1
      else {
        entry.times -= 1
        if (fault.kind === 'before') met.before.push(fault.act)
        else if (fault.kind === 'answer') met.change.push(fault.change)
        else met.end = fault
      }
    }
    return met
  }
}

function isMeant(fault: Fault, { operation, region, body }: RecordedRequest, now: number): boolean {
  return (
    (fault.operation ?? operation) === operation &&
    (fault.region ?? region) === region &&
    (fault.from ?? now) <= now &&
    SUBJECTS.every(subject => fault[subject] === undefined || isAbout(operation, body, subject, fault[subject]))
  )
}

/** The refusal that a fault answers with; nothing for one that gives no answer. */
export function refusal(
  fault: FaultKind,
  operation: string,
  account: Account,
  refusals: Refusals
): ApiError | undefined {
  switch (fault.kind) {
    case 'throttle':
      return refusals.throttled()
    case 'error':
      return new ApiError(fault.code, fault.message, fault.status)
    case 'server-error':
      return refusals.broken()
    case 'expired-credentials':
      return refusals.expired()
    case 'unrecognized-credentials':
      return refusals.unrecognized()
    case 'deny':
      return refusals.denied(callerArn(account), fault.action ?? actionOf(operation), fault.resource)
    default:
      return undefined
  }
}
