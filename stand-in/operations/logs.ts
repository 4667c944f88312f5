import { ApiError, invalidParameter } from '../api-error.ts'
import { type JsonObject, number, string } from '../json.ts'
import type { LogEvent } from '../logs.ts'
import type { Account } from '../state.ts'

const MOST = 10_000

/** The oldest events first within a page; without `startFromHead` the first page is the newest one. */
export function getLogEvents(account: Account, request: JsonObject): JsonObject {
  const { limit = MOST, startFromHead = false } = request
  const size = number(limit) ?? MOST
  if (size < 1 || size > MOST) throw invalidParameter(`limit must be between 1 and ${MOST}.`)
  const events = eventsOf(account, request).filter(
    ({ timestamp }) =>
      timestamp >= (number(request.startTime) ?? 0) && timestamp < (number(request.endTime) ?? Infinity)
  )
  const [from, to] = windowOf(request.nextToken, events.length, size, startFromHead === true)
  return { events: events.slice(from, to), nextForwardToken: `f/${to}/s`, nextBackwardToken: `b/${from}/s` }
}

function eventsOf(account: Account, request: JsonObject): LogEvent[] {
  const { logGroupName, logGroupIdentifier } = request
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Specify either logGroupName or logGroupIdentifier.')
  }
  const name = string(logGroupName) ?? String(logGroupIdentifier).replace(/^arn:.*:log-group:/, '')
  const group = account.logGroups.get(name)
  if (group === undefined) throw missing('group')
  const stream = group.get(string(request.logStreamName) ?? '')
  if (stream === undefined) throw missing('stream')
  return stream
}

/** A token at the end of the stream leads to an empty page with the same token. */
function windowOf(nextToken: unknown, count: number, size: number, fromHead: boolean): [from: number, to: number] {
  if (nextToken === undefined) return fromHead ? [0, Math.min(size, count)] : [Math.max(count - size, 0), count]
  const [, direction, digits] = /^([fb])\/(\d+)\/s$/.exec(String(nextToken)) ?? []
  if (direction === undefined) throw invalidParameter('The specified nextToken is invalid.')
  const at = Math.min(Number(digits), count)
  return direction === 'f' ? [at, Math.min(at + size, count)] : [Math.max(at - size, 0), at]
}

function missing(what: 'group' | 'stream'): ApiError {
  return new ApiError('ResourceNotFoundException', `The specified log ${what} does not exist.`)
}
