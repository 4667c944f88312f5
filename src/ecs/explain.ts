import { messageOf, StepError } from '../errors.ts'
import { RIGHTS } from '../policy/statements.ts'
import { isDenial, readDenial, remedyOf } from './denial.ts'
import type { RightfulCall } from './ecs.ts'

interface ApiError {
  readonly name: string
  readonly message: string
  /** HTTP status, when an answer came. */
  readonly status: number | undefined
  readonly attempts: number | undefined
  /** Whether the Region has answered these credentials before. */
  readonly hasAnswered: boolean
}

interface Cause {
  readonly code: string
  readonly applies: (error: ApiError) => boolean
  readonly hint: (error: ApiError, operation: RightfulCall, on: string) => string | undefined
}

const UNRECOGNIZED = /^(UnrecognizedClient|InvalidClientTokenId)/

/** What an error of the API most likely means, the first that applies; texts as ECS words them. */
const CAUSES: readonly Cause[] = [
  {
    code: 'access-denied',
    applies: error => isDenial(error.name, error.message),
    hint: (error, operation, on) => remedyOf(readDenial(error.message, operation, on))
  },
  {
    code: 'bad-answer',
    applies: error => error.name === 'SyntaxError',
    hint: () =>
      'Something between here and AWS answered in its place, or the answer was cut off: check the network and the proxy ' +
      'variables (HTTPS_PROXY, NO_PROXY).'
  },
  {
    code: 'no-credentials',
    applies: error =>
      /^CredentialsProviderError|MissingAuthenticationToken/.test(error.name) ||
      /Could not load credentials/.test(error.message),
    hint: () =>
      'Put aws-actions/configure-aws-credentials before this step (with permissions: id-token: write for a role by OIDC).'
  },
  {
    // A Region that is not enabled knows no credentials, so the answer is the one for wrong ones: what tells them apart is other Regions.
    code: 'region-not-enabled',
    applies: error => !error.hasAnswered && UNRECOGNIZED.test(error.name),
    hint: () =>
      'Either the Region is not enabled for the account, or the credentials are wrong; AWS answers both alike. Enable the ' +
      'Region or leave it out (aws-region, regions), or check the credentials step.'
  },
  {
    code: 'bad-credentials',
    applies: error =>
      UNRECOGNIZED.test(error.name) || /^(InvalidSignature|ExpiredToken|RequestExpired)/.test(error.name),
    hint: ({ name }) =>
      name.startsWith('ExpiredToken')
        ? 'The credentials have expired. Give their session longer (role-duration-seconds of ' +
          'aws-actions/configure-aws-credentials, at most what the role allows), and run again.'
        : 'The credentials are wrong, expired, or the Region is not enabled for the account: check aws-region and the credentials step.'
  },
  {
    code: 'throttled',
    applies: error => /throttl|Rate exceeded|TooManyRequests/i.test(`${error.name} ${error.message}`),
    hint: () =>
      "The account's rate for this call is shared with everything else in it. Give max-retries a higher value or run again later."
  },
  {
    code: 'concurrent-revision',
    applies: error => /Too many concurrent attempts to create a new revision/i.test(error.message),
    hint: () => 'Something else registers revisions of this family at the same time. Run again when it is done.'
  },
  {
    code: 'task-definition-unknown',
    applies: error => /Unable to describe task definition/i.test(error.message),
    hint: () => 'Check the family, the revision and aws-region.'
  },
  {
    code: 'task-definition-inactive',
    applies: error => /TaskDefinition is inactive/i.test(error.message),
    hint: () => 'The revision was deregistered meanwhile. Run again to register a new one.'
  },
  {
    code: 'cluster-not-found',
    applies: error => error.name === 'ClusterNotFoundException',
    hint: () => 'Check cluster and aws-region.'
  },
  {
    code: 'service-not-found',
    applies: error => error.name === 'ServiceNotFoundException',
    hint: () => 'Check service, cluster and aws-region.'
  },
  {
    code: 'service-not-active',
    applies: error => error.name === 'ServiceNotActiveException',
    hint: () => 'The service was deleted or is being deleted.'
  },
  {
    code: 'codedeploy-application-not-found',
    applies: error => /^(ApplicationDoesNotExist|InvalidApplicationName)/.test(error.name),
    hint: () => 'Check codedeploy-application (AppECS-CLUSTER-SERVICE if not given) and aws-region.'
  },
  {
    code: 'codedeploy-group-not-found',
    applies: error => /^(DeploymentGroupDoesNotExist|InvalidDeploymentGroupName)/.test(error.name),
    hint: () => 'Check codedeploy-deployment-group (DgpECS-CLUSTER-SERVICE if not given) and codedeploy-application.'
  },
  {
    code: 'codedeploy-config-not-found',
    applies: error => /^(DeploymentConfigDoesNotExist|InvalidDeploymentConfigName)/.test(error.name),
    hint: () => 'Check codedeploy-deployment-config; without it the configuration of the deployment group is used.'
  },
  {
    code: 'deployment-in-progress',
    applies: error => error.name === 'DeploymentLimitExceededException',
    hint: () =>
      'CodeDeploy carries out one deployment of a group at a time. Run again when that one has ended, or stop it in CodeDeploy.'
  },
  {
    code: 'bad-appspec',
    applies: error => /^(InvalidRevision|RevisionRequired|RevisionDoesNotExist)/.test(error.name),
    hint: () => 'Check what codedeploy-appspec names: its version, and the type and LoadBalancerInfo of its resource.'
  },
  {
    code: 'codedeploy-group-at-fault',
    applies: error => /^Invalid(Role|LoadBalancerInfo|TrafficRouting|AlarmConfig|AutoRollback)/.test(error.name),
    hint: () => 'The deployment group itself is at fault: correct it in CodeDeploy, where that text says what it is.'
  },
  {
    code: 'refused',
    applies: error => error.status === 400,
    hint: (_error, operation) =>
      operation === 'RegisterTaskDefinition'
        ? 'ECS judged the whole definition: what it names may be older than the sensor.'
        : undefined
  },
  {
    code: 'unreachable',
    applies: error => error.status === undefined,
    hint: () =>
      'The endpoint could not be reached: check the network, aws-region, and the proxy variables (HTTPS_PROXY, NO_PROXY).'
  },
  { code: 'aws-failure', applies: () => true, hint: () => 'AWS failed on its side. Run again later.' }
]

/** A StepError for a failed call: the call, what it was about, AWS's own words, and what to do. */
export function explain(
  error: unknown,
  operation: RightfulCall,
  on: string,
  { hasAnswered = false }: { readonly hasAnswered?: boolean } = {}
): StepError {
  if (error instanceof StepError) return error
  const api = { ...readError(error), hasAnswered }
  const cause = CAUSES.find(candidate => candidate.applies(api))
  const tries = (api.attempts ?? 1) > 1 ? ` (${api.attempts} attempts)` : ''
  return new StepError({
    code: cause?.code ?? 'aws-failure',
    what: `${RIGHTS[operation].action} on ${on} failed${tries}: ${['Error', 'SyntaxError'].includes(api.name) ? '' : `${api.name}: `}${api.message}`,
    hint: cause?.hint(api, operation, on),
    cause: error
  })
}

function readError(error: unknown): Omit<ApiError, 'hasAnswered'> {
  const metadata = (error as { $metadata?: { httpStatusCode?: number; attempts?: number } }).$metadata
  const status = metadata?.httpStatusCode ?? (error as { $response?: { statusCode?: number } }).$response?.statusCode
  const name = error instanceof Error ? error.name : 'Error'
  // A broken answer (cut-off JSON, a proxy's HTML page) reaches us as a SyntaxError whose text is no help to anyone.
  const message = error instanceof SyntaxError ? 'the answer is not JSON' : messageOf(error).trim() || name
  return { name, message, status, attempts: metadata?.attempts }
}
