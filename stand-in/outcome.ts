import { ApiError } from './api-error.ts'
import { type FaultPlan, refusal } from './faults.ts'
import type { JsonObject } from './json.ts'
import { carryOut } from './operations.ts'
import type { Regions } from './regions.ts'
import type { Received } from './requests.ts'
import type { Account } from './state.ts'

export type Outcome =
  | { status: number; answer: JsonObject }
  | { status: number; error: ApiError }
  | { status: number; page: string }
  | 'reset'
  | 'hang'

/** Checks, faults and the operation itself, in the order in which a service's front end does them. */
export function outcomeOf(received: Received, regions: Regions, faults: FaultPlan): Outcome {
  const { protocol, request } = received
  try {
    protocol.check(received)
    if (!regions.isEnabled(request.region)) throw protocol.refusals.unrecognized()
    const account = regions.in(request.region)
    account.settle()
    if (!account.mayPass(request.operation)) throw protocol.refusals.throttled()
    return interfered(received, account, faults)
  } catch (error) {
    const refused = error instanceof ApiError ? error : new ApiError('ServerException', String(error), 500)
    return { status: refused.status, error: refused }
  }
}

function interfered({ request, protocol }: Received, account: Account, faults: FaultPlan): Outcome {
  const { operation, body } = request
  const { before, change, end } = faults.meet(request, account.timeline.time())
  for (const act of before) act(account)
  account.settle()
  if (end === undefined) {
    const result = carryOut(account, operation, body)
    // It is written out before anything else can happen, so that only what is altered has to be a copy.
    const answer = change.length === 0 ? result : structuredClone(result)
    return { status: 200, answer: change.reduce((altered, alter) => alter(altered), answer) }
  }
  if (end.kind === 'lose-answer' || ('carriedOut' in end && end.carriedOut)) carryOutUnseen(account, operation, body)
  if (end.kind === 'page') return { status: end.status, page: `<html><body>${end.status}</body></html>\n` }
  const refused = refusal(end, operation, account, protocol.refusals)
  if (refused !== undefined) throw refused
  return end.kind === 'hang' ? 'hang' : 'reset'
}

/** Nobody hears of the result, and so of a refusal neither. */
function carryOutUnseen(account: Account, operation: string, body: JsonObject): void {
  try {
    carryOut(account, operation, body)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}
