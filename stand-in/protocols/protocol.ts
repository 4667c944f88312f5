import type { IncomingHttpHeaders } from 'node:http'
import type { ApiError } from '../api-error.ts'
import type { JsonObject } from '../json.ts'
import type { Received } from '../requests.ts'

/** How an API is spoken over HTTP. */
export interface Protocol {
  /** Of its answers. */
  contentType: string
  refusals: Refusals
  /** Nothing for a body that is not of this protocol. */
  read(rawBody: string): JsonObject | undefined
  operationOf(headers: IncomingHttpHeaders, body: JsonObject): string
  /** @throws ApiError for a request that never gets as far as an operation */
  check(received: Received): void
  write(operation: string, answer: JsonObject, requestId: string): string
  writeRefusal(error: ApiError, requestId: string): string
}

/** What the protocol's APIs call the refusals that any call may meet. */
export interface Refusals {
  throttled(): ApiError
  /** `resource` as far as it is known. */
  denied(user: string, action: string, resource: string | undefined): ApiError
  broken(): ApiError
  expired(): ApiError
  /** Credentials that are not known where they are used: also what a Region says that is not enabled for the account. */
  unrecognized(): ApiError
}
