/** What a known text most likely means. */
export interface Saying {
  readonly code: string
  readonly words: RegExp
  readonly cause: Text
  readonly remedy: Text
}

/** A text that depends on what the words caught; only the names of flags, programs and rights are ever caught. */
type Text = string | ((found: RegExpExecArray) => string)

export interface Heard extends Pick<Saying, 'code' | 'words'> {
  readonly cause: string
  readonly remedy: string
}

/** The first saying that one of the texts holds. */
export function hear(sayings: readonly Saying[], texts: readonly string[]): Heard | undefined {
  for (const { code, words, cause, remedy } of sayings) {
    const found = texts.map(text => words.exec(text)).find(match => match !== null)
    if (found) {
      const tell = (text: Text) => (typeof text === 'string' ? text : text(found))
      return { code, words, cause: tell(cause), remedy: tell(remedy) }
    }
  }
  return undefined
}

const REACH_AWS =
  'the subnets of the service need a way out (a public address or a NAT gateway) or VPC endpoints, and the security groups must let HTTPS out.'

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
  {
    code: 'image-rate-limited',
    words: /CannotPull[\s\S]*(?:toomanyrequests|429 Too Many Requests|pull rate limit)/i,
    cause:
      'the registry allows no more pulls for now; anonymous pulls from Docker Hub are counted for each address, such as that of a NAT gateway',
    remedy:
      'Take the image from a mirror (a copy in ECR or a pull-through cache), or pull with an account of the registry: for the sensor by the inputs image and repository-credentials, for the application in its task definition. Otherwise run again later.'
  },
  {
    code: 'image-lacks-platform',
    words: /does not contain descriptor matching platform '?(\w+\/\w+)/i,
    cause: ([, platform]) => `the image has no version for the platform of the task (${platform})`,
    remedy: ([, platform]) =>
      `Give an image for ${platform} (the sensor's is the input image), best the tag or digest of a multi-platform index, or change runtimePlatform of the task definition.`
  },
  {
    // Docker Hub denies what is not there in the same words.
    code: 'image-pull-denied',
    words:
      /CannotPull[\s\S]*(?:pull access denied|access to the resource is denied|insufficient_scope|401 Unauthorized|403 Forbidden|no basic auth|AccessDenied)|not authorized to perform: ecr:/i,
    cause: 'the registry refused the pull: the image is private, or there is no such repository',
    remedy:
      'Check the name of the image (for the sensor: image) and give a private registry repository-credentials. For ECR the execution role needs ecr:GetAuthorizationToken, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer and ecr:BatchGetImage, and the repository may have a policy of its own.'
  },
  {
    code: 'image-not-found',
    words: /CannotPull[\s\S]*(?:not found|(?:manifest|name) unknown|repository with name \S+ does not exist)/i,
    cause: 'the registry has no image of that name, tag or digest',
    remedy:
      'Correct the name or the tag: for the sensor in the input image, for the application in its task definition.'
  },
  {
    code: 'registry-unreachable',
    words:
      /CannotPull[\s\S]*(?:i\/o timeout|dial tcp|no such host|connection refused|TLS handshake|deadline exceeded|request canceled)/i,
    cause: 'the registry of the image could not be reached from the task',
    remedy: `Look at the network: ${REACH_AWS} Where there is no way to the registry, take the image from a mirror in ECR (for the sensor: image).`
  },
  {
    code: 'image-pull-failed',
    words: /CannotPull\w*Error/i,
    cause: 'the image could not be pulled',
    remedy: 'See the text of ECS for the reason; the image of the sensor is the input image.'
  },
  {
    code: 'program-not-found',
    // ECS cuts long reasons short, so the end of the sentence is not asked for.
    words: /exec: \\?"([^"\\]*)\\?"[\s\S]*?(?:no such file|executable file not found)/i,
    // An entry point written as one text may hold arguments, which are nobody's business.
    cause: ([, program = '']) =>
      `the image does not hold the program that is to be started${/^[\w./-]+$/.test(program) ? ` (${program})` : ''}`,
    remedy:
      "The sensor's program is relative to the working directory of Levo's image: give image that or a faithful mirror, and check entryPoint and workingDirectory in container-overrides. An application's program stands in its task definition."
  },
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
    remedy:
      'Run again; if it comes back, look at volumes, entry point and linuxParameters in the task definition (for the sensor: container-overrides), or ask AWS support.'
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
      `Take ${flag ?? `-${letter}`} out of extra-args${flag === undefined ? '' : `, leave out the input ${flag.slice(2)} if that gave it`}, or give image a version that knows it.`
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
