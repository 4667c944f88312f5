import { ApiError } from '../api-error.ts'
import { isObject, type JsonObject } from '../json.ts'
import { isTarget, operationOf, serviceOf } from '../operations.ts'
import type { Received } from '../requests.ts'
import { scopeOf } from '../scope.ts'
import type { Protocol, Refusals } from './protocol.ts'

const CONTENT_TYPE = 'application/x-amz-json-1.1'

/** The texts on credentials are known, but not from a source about ECS. */
const REFUSALS: Refusals = {
  throttled: () => new ApiError('ThrottlingException', 'Rate exceeded'),
  denied: (user, action, resource = '*') =>
    new ApiError(
      'AccessDeniedException',
      `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ` +
        `because no identity-based policy allows the ${action} action`
    ),
  broken: () => new ApiError('InternalFailure', 'Service Unavailable. Please try again.', 500),
  expired: () => new ApiError('ExpiredTokenException', 'The security token included in the request is expired'),
  unrecognized: () =>
    new ApiError('UnrecognizedClientException', 'The security token included in the request is invalid.')
}

/** JSON 1.1: ECS, CloudWatch Logs and CodeDeploy. */
export const JSON_1_1: Protocol = {
  contentType: CONTENT_TYPE,
  refusals: REFUSALS,
  read: parsed,
  operationOf: headers => operationOf(targetOf(headers)),
  check,
  write: (_operation, answer) => JSON.stringify(answer),
  writeRefusal: ({ code, message }) => JSON.stringify({ __type: code, message })
}

function check({ request, isReadable }: Received): void {
  const { headers, operation } = request
  if (headers['content-type'] !== CONTENT_TYPE) {
    throw new ApiError('UnknownOperationException', `The content type must be ${CONTENT_TYPE}.`)
  }
  if (!isTarget(targetOf(headers))) {
    throw new ApiError('UnknownOperationException', `Unknown operation '${operation}'.`)
  }
  if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
    throw new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
  const [service, signed] = [serviceOf(targetOf(headers)), scopeOf(headers)?.service]
  // What signs a call with the parts of another service's client easily leaves that one in the scope.
  if (signed !== undefined && signed !== service) {
    throw new ApiError('InvalidSignatureException', `Credential should be scoped to correct service: '${service}'.`)
  }
  if (!isReadable) throw new ApiError('SerializationException', 'The request is no JSON object.')
}

function targetOf(headers: Received['request']['headers']): string {
  return String(headers['x-amz-target'] ?? '')
}

function parsed(rawBody: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(rawBody)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
