import { IMAGE_SAYS } from './image-causes.ts'
import { bySide, REACH_AWS, type Saying } from './sayings.ts'

/**
 * What ECS says of a task that does not start, or in the events of its service; the first that applies. Denials stand before
 * what is merely missing, and everything that names its reason before the rows that know only the kind of error.
 */
export const ECS_SAYS: readonly Saying[] = [
  {
    code: 'log-group-create-denied',
    words: /not authorized to perform: logs:CreateLogGroup/i,
    cause:
      'the execution role may not create the CloudWatch log group (logs:CreateLogGroup), without which the task cannot start',
    remedy:
      'Give the execution role logs:CreateLogGroup, which AmazonECSTaskExecutionRolePolicy lacks, or create the group beforehand. Without log-group the sensor shares the log group of the application.'
  },
  {
    code: 'log-right-denied',
    words: /not authorized to perform: (logs:\w+)/i,
    cause: ([, right]) =>
      `the execution role may not write to the CloudWatch log group (${right}), without which the task cannot start`,
    remedy: ([, right]) =>
      `Give the execution role ${right} on the log group, as AmazonECSTaskExecutionRolePolicy does. Without log-group the sensor shares the group of the application.`
  },
  {
    // The newer wording also speaks of a connection issue, so this stands before what cannot be reached.
    code: 'log-group-missing',
    words: /log group does not exist|(cannot find the Amazon CloudWatch log group)/i,
    cause: ([, newer]) =>
      `a CloudWatch log group that the task definition names does not exist${newer === undefined ? '' : ', or CloudWatch Logs cannot be reached from the task'}`,
    remedy: ([, newer]) =>
      `Create the log group (one given as log-group is created when it is missing, if the execution role has logs:CreateLogGroup).${newer === undefined ? '' : ` If it exists: ${REACH_AWS}`}`
  },
  ...IMAGE_SAYS,
  {
    code: 'network-interface-failed',
    words: /network interface provision|Unexpected EC2 error|failed to configure ENI|invalid networking configuration/i,
    cause: 'the task got no network interface',
    remedy:
      'Check that the subnets of the service have free addresses and that they and the security groups exist, then run again.'
  },
  {
    // A secret that cannot be fetched for want of a connection says so in the same text: this before the secrets.
    code: 'aws-unreachable',
    words:
      /connection issue between the task and|ResourceInitializationError[\s\S]*(?:i\/o timeout|dial tcp|no such host|deadline exceeded|send request failed)/i,
    cause:
      'the task could not reach an AWS service that it needs to start (ECR, Secrets Manager, Parameter Store or CloudWatch Logs)',
    remedy: `Look at the network: ${REACH_AWS}`
  },
  {
    code: 'secrets-unreadable',
    words: /unable to (?:pull secrets|retrieve secrets?)(?:[\s\S]*?perform: ((?:secretsmanager|ssm|kms):\w+))?/i,
    cause: 'a secret that the task definition names could not be read',
    remedy: ([, right]) =>
      `${right === undefined ? 'Check that the secret exists, with the key that is asked for, and that the execution role may read it' : `Give the execution role ${right} on the secret`}. ` +
      "The sensor's come from secrets and repository-credentials."
  },
  {
    code: 'no-capacity',
    // In capitals: denials speak of a resource too.
    words: /[Cc]apacity is unavailable|RESOURCE:/,
    cause: 'there is no capacity for the task in the zones of the service at the moment',
    remedy:
      'Run again later, or give the service subnets in more zones or another capacity provider. A smaller task is placed more easily: cpu and memory, or sensor-profile: low-resource.'
  },
  {
    code: 'vcpu-limit',
    words: /limit on the number of vCPUs/i,
    cause: "the account's limit of vCPUs that run at the same time is reached",
    remedy:
      'Ask for a higher Fargate On-Demand (or Spot) vCPU quota in Service Quotas, or stop other tasks, then run again.'
  },
  {
    code: 'container-runtime-failed',
    words:
      /ContainerRuntime(?:Timeout)?Error|DockerTimeoutError|Cannot(?:Create|Start|Inspect)Container(?:Error)?|CannotCreateVolumeError|InternalError/,
    cause: 'the container runtime could not bring the container up',
    remedy: (_found, side) =>
      `Run again; if it comes back, look at volumes, entry point and linuxParameters in ${bySide(side, { sensor: 'container-overrides', application: 'the task definition' }, 'the task definition (for the sensor: container-overrides)')}, or ask AWS support.`
  },
  {
    code: 'resource-initialization-failed',
    words: /ResourceInitializationError/,
    cause: 'what the task needs before its containers start could not be set up',
    remedy:
      'See the text of ECS for the resource: a volume, a log driver (log-configuration-log-driver), a secret or the network.'
  },
  {
    code: 'service-throttled',
    words: /operations are being throttled/i,
    cause: 'what ECS does for the service is throttled, so that tasks are started late',
    remedy: 'Wait: ECS tries again by itself. Move fewer services at the same time.'
  },
  {
    code: 'targets-unhealthy',
    words: /is unhealthy in \(?target-group/i,
    cause: 'targets of the service fail the health checks of the load balancer',
    remedy:
      'See the log of the application, the path and port of the health check, and healthCheckGracePeriodSeconds of the service.'
  },
  {
    code: 'no-placement',
    words: /unable to place a task/i,
    cause: 'no place was found for the task',
    remedy:
      'On instances of your own, add some or larger ones; the sensor makes each task need more: a smaller cpu or memory, or sensor-profile: low-resource.'
  }
]

/** The input behind an expression, by the words of the sensor for it. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  'path exclusion': 'path-exclusions',
  'host exclusion': 'host-exclusions',
  'path filter': 'path-allow',
  'host filter': 'host-allow'
}

/** What the sensor says in its own log before it exits with code 1; the first that applies. */
export const SENSOR_SAYS: readonly Saying[] = [
  {
    code: 'sensor-unknown-flag',
    words: /unknown flag: (--[\w-]+)|unknown shorthand flag: '(\w)'/,
    cause: ([, flag, letter]) => `the sensor's image does not know the flag ${flag ?? `-${letter}`}`,
    remedy: ([, flag, letter]) =>
      `Take ${flag ?? `-${letter}`} out of extra-args${flag === undefined ? '' : ' (or leave out the input of that name, if there is one)'}, or give image a version that knows it.`
  },
  {
    // The value stands between the words and may be anything, so only the flag is caught.
    code: 'sensor-bad-value',
    words:
      /invalid argument [^\n]*for "(?:-\w, )?(--[\w-]+)" flag(: strconv\.ParseInt)?|flag needs an argument: (--[\w-]+)/,
    cause: ([, flag, , bare]) => `the sensor does not take the value given for ${flag ?? bare}`,
    remedy: ([, flag, whole, bare = '']) =>
      `Correct the input ${(flag ?? bare).slice(2)}, or what sets the flag in extra-args or container-overrides.` +
      (whole === undefined ? '' : ' A whole number without a point is right for every version of the image.')
  },
  {
    code: 'sensor-bad-expression',
    words: /failed to compile(?: ((?:path|host) (?:exclusion|filter)))?/,
    cause: ([, kind]) => `a regular expression of the sensor${kind === undefined ? '' : ` (${kind})`} does not compile`,
    remedy: ([, kind = '']) =>
      `Correct ${EXPRESSIONS[kind] ?? 'host-allow, path-allow, host-exclusions or path-exclusions'}: one expression of Go's RE2 a line, without look-around and back-references.`
  },
  {
    code: 'sensor-bad-filter',
    words: /failed to set BPF filter/,
    cause: "the sensor's packet filter is not valid",
    remedy: "Correct the input filter (grammar: man pcap-filter); tcpdump -d 'EXPRESSION' tests one."
  },
  {
    // Without the right no interface can be used either, and the log may say both.
    code: 'sensor-lacks-capture-right',
    words: /(?:lacks|needs) the CAP_NET_RAW capability/,
    cause: 'the sensor may not capture packets: it lacks the capability NET_RAW or does not run as root',
    remedy:
      'NET_RAW is there unless it is taken away: remove user and linuxParameters.capabilities.drop from container-overrides, and give image one that runs as root.'
  },
  {
    code: 'sensor-has-no-interface',
    words: /No network interfaces could be used/,
    cause: 'the sensor found no network interface that it could use',
    remedy: 'Take --interfaces out of extra-args, so that it uses every interface there is.'
  }
]
