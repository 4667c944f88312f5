import { describe, expect, test } from '@jest/globals'
import { explain } from '../../src/ecs/explain.ts'
import { StepError } from '../../src/errors.ts'

interface Failure {
  name: string
  message: string
  status?: number
  attempts?: number
}

/** An error as the SDK throws it. */
function failure({ name, message, status, attempts = 1 }: Failure): Error {
  const metadata = { attempts, ...(status === undefined ? {} : { httpStatusCode: status }) }
  return Object.assign(new Error(message), { name, $metadata: metadata })
}

const NOT_AUTHORIZED =
  'User: arn:aws:sts::123456789012:assumed-role/d/s is not authorized to perform: ecs:UpdateService on resource: ' +
  'arn:aws:ecs:us-east-1:123456789012:service/default/web because no session policy allows the ecs:UpdateService action'

describe('code and remedy', () => {
  test.each<[string, string, number | undefined, string, RegExp]>([
    ['AccessDeniedException', NOT_AUTHORIZED, 400, 'access-denied', /"Action":"ecs:UpdateService"/],
    ['ClientException', NOT_AUTHORIZED, 400, 'access-denied', /"Resource":"arn:aws:ecs:\S+service\/default\/web"/],
    ['AccessDeniedException', 'Not authorized to perform this operation', 400, 'access-denied', /"ecs:UpdateService"/],
    [
      'CredentialsProviderError',
      'Could not load credentials from any providers',
      undefined,
      'no-credentials',
      /configure-aws-credentials/
    ],
    ['MissingAuthenticationTokenException', 'Missing Authentication Token', 400, 'no-credentials', /id-token: write/],
    [
      'ExpiredTokenException',
      'The security token included in the request is expired',
      400,
      'bad-credentials',
      /^The credentials have expired\. .*role-duration-seconds/
    ],
    [
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      400,
      'region-not-enabled',
      /Region is not enabled for the account, or the credentials are wrong/
    ],
    [
      'InvalidClientTokenId',
      'The security token included in the request is invalid',
      403,
      'region-not-enabled',
      /Region/
    ],
    ['RequestExpired', 'Request has expired.', 400, 'bad-credentials', /expired/],
    ['UnauthorizedOperation', 'You are not authorized to perform this operation.', 403, 'access-denied', /"Allow"/],
    ['InvalidSignatureException', 'The request signature does not match', 400, 'bad-credentials', /credentials/],
    ['ThrottlingException', 'Rate exceeded', 400, 'throttled', /max-retries/],
    ['TooManyRequestsException', 'Slow down', 429, 'throttled', /max-retries/],
    [
      'ClientException',
      'Too many concurrent attempts to create a new revision of the specified family.',
      400,
      'concurrent-revision',
      /same time/
    ],
    ['ClientException', 'Unable to describe task definition.', 400, 'task-definition-unknown', /aws-region/],
    ['ClientException', 'TaskDefinition is inactive', 400, 'task-definition-inactive', /Run again/],
    ['InvalidParameterException', 'TaskDefinition is inactive', 400, 'task-definition-inactive', /deregistered/],
    ['ClusterNotFoundException', 'Cluster not found.', 400, 'cluster-not-found', /cluster and aws-region/],
    ['ServiceNotFoundException', 'Service not found.', 400, 'service-not-found', /service, cluster/],
    ['ServiceNotActiveException', 'Service was not ACTIVE.', 400, 'service-not-active', /deleted/],
    ['TimeoutError', 'socket hang up', undefined, 'unreachable', /HTTPS_PROXY/],
    ['Error', 'getaddrinfo ENOTFOUND ecs.us-esat-1.amazonaws.com', undefined, 'unreachable', /aws-region/],
    ['ServerException', 'Service Unavailable. Please try again.', 500, 'aws-failure', /Run again later/],
    ['UnknownError', 'UnknownError', 502, 'aws-failure', /AWS failed/]
  ])('%s: %s', (name, message, status, code, hint) => {
    const explained = explain(
      failure({ name, message, ...(status !== undefined && { status }) }),
      'UpdateService',
      'web'
    )
    expect(explained).toBeInstanceOf(StepError)
    expect(explained.code).toBe(code)
    const [what = '', ...rest] = explained.message.split('\n')
    expect(what).toContain('ecs:UpdateService on web failed')
    expect(what).toContain(message)
    expect(rest.join('\n')).toMatch(hint)
  })
})

test('what a Region that has answered before does not recognize are the credentials', () => {
  const error = failure({ name: 'UnrecognizedClientException', message: 'The security token is invalid.', status: 400 })
  expect(explain(error, 'DescribeServices', 'web', { hasAnswered: true }).code).toBe('bad-credentials')
})

test('what ECS says against a definition stands there, with the hint that it judged all of it', () => {
  const error = failure({ name: 'ClientException', message: 'Too many containers.', status: 400 })
  expect(explain(error, 'RegisterTaskDefinition', 'shop')).toMatchObject({
    code: 'refused',
    message: expect.stringMatching(
      /^ecs:RegisterTaskDefinition on shop failed: ClientException: Too many containers\.\n.*whole definition/
    )
  })
  const update = explain(
    failure({ name: 'InvalidParameterException', message: 'No.', status: 400 }),
    'UpdateService',
    'web'
  )
  expect(update.message).toBe('ecs:UpdateService on web failed: InvalidParameterException: No.')
})

test('the number of attempts is told when there were several', () => {
  const error = failure({ name: 'ThrottlingException', message: 'Rate exceeded', status: 400, attempts: 10 })
  expect(explain(error, 'DescribeServices', 'web').message).toContain('failed (10 attempts): ThrottlingException')
})

test('the cause is kept for debug logging, and a StepError is passed on', () => {
  const error = failure({ name: 'ServerException', message: 'x', status: 500 })
  const explained = explain(error, 'DescribeServices', 'web')
  expect(explained.cause).toBe(error)
  expect(explain(explained, 'UpdateService', 'other')).toBe(explained)
})

test('a full stop behind the resource is not part of it', () => {
  const message =
    'User: x is not authorized to perform: ecs:TagResource on resource: arn:aws:ecs:us-east-1:1:task-definition/shop:7.'
  const { message: text } = explain(
    failure({ name: 'AccessDeniedException', message, status: 400 }),
    'RegisterTaskDefinition',
    'shop'
  )
  expect(text).toContain('"Resource":"arn:aws:ecs:us-east-1:1:task-definition/shop*"')
})
