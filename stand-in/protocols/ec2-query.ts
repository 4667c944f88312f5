import { ApiError } from '../api-error.ts'
import { isObject, type JsonObject } from '../json.ts'
import { isQueryAction } from '../operations.ts'
import type { Received } from '../requests.ts'
import { scopeOf } from '../scope.ts'
import type { Protocol, Refusals } from './protocol.ts'

const VERSION = '2016-11-15'
const NAMESPACE = `http://ec2.amazonaws.com/doc/${VERSION}/`
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

/** EC2's words for credentials are not those of ECS: expired ones were seen as RequestExpired, by aws-sdk-go-v2 issue 1674. */
const REFUSALS: Refusals = {
  throttled: () => new ApiError('RequestLimitExceeded', 'Request limit exceeded.', 503),
  denied: (user, action, resource) =>
    new ApiError(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. User: ${user} is not authorized to perform: ${action}` +
        `${resource === undefined ? '' : ` on resource: ${resource}`} ` +
        `because no identity-based policy allows the ${action} action`,
      403
    ),
  // The code is documented; no source quotes the text.
  broken: () => new ApiError('InternalError', 'An internal error has occurred', 500),
  expired: () => new ApiError('RequestExpired', 'Request has expired.'),
  unrecognized: () => new ApiError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401)
}

/** The query protocol of EC2: a form is answered in XML. */
export const EC2_QUERY: Protocol = {
  contentType: 'text/xml;charset=UTF-8',
  refusals: REFUSALS,
  read: rawBody => Object.fromEntries(new URLSearchParams(rawBody)),
  operationOf: (_headers, { Action }) => String(Action ?? ''),
  check,
  write: (operation, answer, requestId) =>
    `${DECLARATION}\n<${operation}Response xmlns="${NAMESPACE}">${members({ requestId, ...answer })}` +
    `</${operation}Response>`,
  writeRefusal: ({ code, message }, requestId) =>
    `${DECLARATION}\n<Response><Errors><Error>${members({ Code: code, Message: message })}</Error></Errors>` +
    `${members({ RequestID: requestId })}</Response>`
}

/** The codes are those of EC2's list of errors; the texts, but that of InvalidAction, are our own. */
function check({ request: { operation, body, headers } }: Received): void {
  if (operation === '') {
    throw new ApiError('MissingAction', 'The request is missing an action or a required parameter.')
  }
  if (body.Version !== VERSION) {
    throw new ApiError('InvalidAction', `The action ${operation} is not valid for the version ${body.Version}.`)
  }
  if (!isQueryAction(operation)) {
    throw new ApiError('InvalidAction', `The action ${operation} is not valid for this web service.`)
  }
  const scope = scopeOf(headers)
  if (scope === undefined) {
    throw new ApiError('MissingParameter', 'The request must contain the parameter AWSAccessKeyId')
  }
  // What signs an EC2 call with an ECS client's parts easily leaves ecs in the scope.
  if (scope.service !== 'ec2') throw REFUSALS.unrecognized()
}

function members(value: JsonObject): string {
  return Object.entries(value)
    .map(([name, member]) => `<${name}>${content(member)}</${name}>`)
    .join('')
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map(item => `<item>${content(item)}</item>`).join('')
  return isObject(value) ? members(value) : escaped(String(value))
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
