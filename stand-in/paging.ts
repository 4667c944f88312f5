import { invalidParameter } from './api-error.ts'
import { type JsonObject, number, string } from './json.ts'
import type { Account } from './state.ts'

const MOST = 100

/** One page of a list as `{ [member]: items, nextToken? }`, by `maxResults` and `nextToken` of the request. */
export function page(
  account: Account,
  request: JsonObject,
  member: string,
  items: unknown[],
  defaultSize = MOST
): JsonObject {
  const asked = number(request.maxResults) ?? defaultSize
  if (asked < 1 || asked > MOST) throw invalidParameter(`maxResults must be between 1 and ${MOST}.`)
  const start = startOf(request, member)
  const end = start + Math.min(asked, account.pageSize)
  return { [member]: items.slice(start, end), ...(end < items.length && { nextToken: tokenFor(member, end) }) }
}

/** @throws ApiError for a member with another value than these; the text is our own */
export function checkAmong(request: JsonObject, member: string, values: readonly string[]): void {
  const value = string(request[member])
  if (value === undefined || values.includes(value)) return
  throw invalidParameter(`${member} must be one of ${values.join(', ')}.`)
}

function tokenFor(member: string, start: number): string {
  return Buffer.from(`${member}:${start}`).toString('base64')
}

function startOf(request: JsonObject, member: string): number {
  if (request.nextToken === undefined) return 0
  const token = Buffer.from(string(request.nextToken) ?? '', 'base64').toString()
  const [list, start] = token.split(':')
  if (list !== member || !/^\d+$/.test(start ?? '')) throw invalidParameter('Invalid token.')
  return Number(start)
}
