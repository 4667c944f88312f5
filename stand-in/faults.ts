import { ApiError } from './api-error.ts'
import { callerArn } from './arns.ts'
import type { JsonObject } from './json.ts'
import { actionOf } from './operations.ts'
import type { Account } from './state.ts'

/** Something that goes wrong with the next calls of an operation. */
export type Fault = {
  operation: string
  /** How many calls it meets: 1 if not given, `Infinity` for all. */
  times?: number
  /** How many calls pass before it meets one. */
  skip?: number
} & FaultKind

export type FaultKind =
  | { kind: 'throttle' }
  | { kind: 'deny'; action?: string; resource?: string }
  | { kind: 'error'; status: number; code: string; message: string }
  /** The call is carried out, but the connection is gone before the answer. */
  | { kind: 'lose-answer' }
  /** The connection is gone before the call is carried out. */
  | { kind: 'reset' }
  | { kind: 'server-error'; carriedOut: boolean }
  /** No answer ever, and nothing is carried out. */
  | { kind: 'hang' }
  /** The answer of a call that was carried out is altered. */
  | { kind: 'answer'; change(answer: JsonObject): JsonObject }
  /** Another actor gets in right before the call, which then goes on. */
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

export class FaultPlan {
  private readonly planned: Planned[] = []

  add(fault: Fault): void {
    this.planned.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 })
  }

  /** Faults are met in the order in which they were added; of those that end a call, one at a time. */
  meet(operation: string): Interference {
    const met: Interference = { before: [], change: [] }
    for (const entry of this.planned) {
      const { fault } = entry
      const isOpen = fault.kind === 'before' || fault.kind === 'answer' || met.end === undefined
      if (fault.operation !== operation || entry.times <= 0 || !isOpen) continue
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

/** The refusal that a fault answers with; nothing for one that gives no answer. */
export function refusal(fault: FaultKind, operation: string, account: Account): ApiError | undefined {
  if (fault.kind === 'throttle') return new ApiError('ThrottlingException', 'Rate exceeded')
  if (fault.kind === 'error') return new ApiError(fault.code, fault.message, fault.status)
  if (fault.kind === 'server-error')
    return new ApiError('InternalFailure', 'Service Unavailable. Please try again.', 500)
  if (fault.kind !== 'deny') return undefined
  const { action = actionOf(operation), resource = '*' } = fault
  return new ApiError(
    'AccessDeniedException',
    `User: ${callerArn(account)} is not authorized to perform: ${action} on resource: ${resource} ` +
      `because no identity-based policy allows the ${action} action`
  )
}
