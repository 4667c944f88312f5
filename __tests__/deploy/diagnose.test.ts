import { describe, expect, test } from '@jest/globals'
import { CAUSE_CODES, type Diagnosis, diagnose, type Evidence } from '../../src/deploy/diagnose.ts'

type Container = NonNullable<Evidence['container']>
type Row = [text: string, code: string, concerns: Diagnosis['concerns'], remedy: RegExp]

const NOTHING: Evidence = { log: [], events: [] }

const SENSOR: Container = {
  name: 'levo-pcap-sensor',
  isSensor: true,
  image: 'levoai/pcap-sensor:0.1.9',
  lastStatus: 'STOPPED',
  memory: 200
}

const APP: Container = {
  name: 'web',
  isSensor: false,
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:7',
  lastStatus: 'STOPPED',
  memory: 512
}

function sensor(state: Partial<Container> = {}, rest: Partial<Evidence> = {}): Evidence {
  return { ...NOTHING, container: { ...SENSOR, ...state }, ...rest }
}

function app(state: Partial<Container> = {}, rest: Partial<Evidence> = {}): Evidence {
  return { ...NOTHING, container: { ...APP, ...state }, ...rest }
}

function pull(image: string, failure: string): string {
  return `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${failure}`
}

function logDenial(right: string): string {
  return (
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create ' +
    `Cloudwatch log group: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/abc is not ` +
    `authorized to perform: ${right} on resource: arn:aws:logs:us-east-1:123456789012:log-group:/ecs/web:log-stream: ` +
    `because no identity-based policy allows the ${right} action : exit status 1`
  )
}

function secretFailure(why: string): string {
  return (
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to ' +
    `retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${SECRET} from secrets manager: ${why}`
  )
}

const HUB = 'docker.io/levoai/pcap-sensor:0.1.9'
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hub-AbCdEf'
const GROUP_MISSING =
  'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create ' +
  'Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1'
const UNSTARTED =
  'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: '
const OCI = `${UNSTARTED}failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: `

// Sources: AWS developer guide ("Stopped tasks error codes", "CannotPullContainer task errors"); issues of copilot-cli (5927),
// amazon-ecs-agent (2954), amazon-ecs-plugin (258), terraform-aws-ecs (112); Docker Hub's documentation of its limits.
const TASK_TEXTS: Row[] = [
  [
    pull('docker.io/levoai/pcap-sensor:9.9', 'docker.io/levoai/pcap-sensor:9.9: not found'),
    'image-not-found',
    'task',
    /input image/
  ],
  [
    'CannotPullContainerError: Error response from daemon: manifest for web:7 not found: manifest unknown',
    'image-not-found',
    'task',
    /tag/
  ],
  [
    pull(
      'docker.io/library/web:7',
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope'
    ),
    'image-pull-denied',
    'task',
    /repository-credentials/
  ],
  [
    pull(
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:7',
      'pulling from host 123456789012.dkr.ecr.us-east-1.amazonaws.com failed with status code [manifests 7]: 403 Forbidden'
    ),
    'image-pull-denied',
    'task',
    /ecr:BatchGetImage/
  ],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/abc is not authorized to perform: ecr:GetAuthorizationToken on resource: *',
    'image-pull-denied',
    'task',
    /ecr:GetAuthorizationToken/
  ],
  [
    pull(
      HUB,
      'failed to do request: 429 Too Many Requests - toomanyrequests: You have reached your unauthenticated pull rate limit.'
    ),
    'image-rate-limited',
    'task',
    /mirror .*repository-credentials/
  ],
  [
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/arm64'",
    'image-lacks-platform',
    'task',
    /for linux\/arm64 .*runtimePlatform/
  ],
  [
    pull(
      HUB,
      'failed to do request: Head "https://registry-1.docker.io/v2/levoai/pcap-sensor/manifests/0.1.9": dial tcp 44.205.64.79:443: i/o timeout'
    ),
    'registry-unreachable',
    'task',
    /NAT gateway.*take the image from a mirror/
  ],
  [
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer: no space left on device',
    'image-pull-failed',
    'task',
    /input image/
  ],
  [GROUP_MISSING, 'log-group-missing', 'task', /one given as log-group is created when it is missing/],
  [
    'ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. signal: killed',
    'log-group-missing',
    'task',
    /log-group is created.*VPC endpoints/
  ],
  [logDenial('logs:CreateLogGroup'), 'log-group-create-denied', 'task', /logs:CreateLogGroup.*Without log-group/],
  [logDenial('logs:CreateLogStream'), 'log-right-denied', 'task', /logs:CreateLogStream/],
  [logDenial('logs:PutLogEvents'), 'log-right-denied', 'task', /logs:PutLogEvents/],
  [
    secretFailure(
      `AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/abc is not authorized to perform: secretsmanager:GetSecretValue on resource: ${SECRET}`
    ),
    'secrets-unreadable',
    'task',
    /secretsmanager:GetSecretValue.*secrets and repository-credentials/
  ],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: /web/token',
    'secrets-unreadable',
    'task',
    /Check that the secret exists/
  ],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.us-east-1.amazonaws.com/": dial tcp 172.40.1.94:443: i/o timeout',
    'aws-unreachable',
    'task',
    /VPC endpoints/
  ],
  [
    secretFailure('RequestCanceled: request context canceled caused by: context deadline exceeded'),
    'aws-unreachable',
    'task',
    /security groups/
  ],
  [
    'Timeout waiting for network interface provisioning to complete.',
    'network-interface-failed',
    'task',
    /free addresses/
  ],
  [
    "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': InsufficientFreeAddressesInSubnet",
    'network-interface-failed',
    'task',
    /free addresses/
  ],
  [
    'ResourceInitializationError: failed to configure ENI: failed to setup regular eni',
    'network-interface-failed',
    'task',
    /subnets/
  ],
  [
    `${OCI}exec: "./bin/init": stat ./bin/init: no such file or directory: unknown`,
    'program-not-found',
    'task',
    /container-overrides/
  ],
  [`${OCI}exec: "-url": executable file not found in $PATH: unknown`, 'program-not-found', 'task', /task definition/],
  [`${UNSTARTED}exec ./bin/init: exec format error`, 'wrong-architecture', 'task', /cpuArchitecture/],
  [
    'ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: reason',
    'container-runtime-failed',
    'task',
    /Run again/
  ],
  ['CannotCreateContainerError: API error (500): devmapper', 'container-runtime-failed', 'task', /container-overrides/],
  ['InternalError: unable to start the task', 'container-runtime-failed', 'task', /AWS support/],
  [
    'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes',
    'resource-initialization-failed',
    'task',
    /volume/
  ],
  [
    'Capacity is unavailable at this time. Please try again later or in a different availability zone',
    'no-capacity',
    'task',
    /more zones/
  ],
  ['OutOfMemoryError: Container killed due to memory usage', 'out-of-memory', 'task', /sensor-profile: low-resource/],
  [
    'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1c38)',
    'load-balancer-health',
    'application',
    /healthCheckGracePeriodSeconds.*smaller cpu/
  ],
  ['Task failed container health checks', 'container-health', 'task', /healthCheck/],
  ['Your Spot Task was interrupted.', 'spot-interruption', 'task', /FARGATE_SPOT/]
]

describe("the task's own words", () => {
  test.each(TASK_TEXTS)('%s', (stoppedReason, code, concerns, remedy) => {
    const found = diagnose({ ...NOTHING, stopCode: 'TaskFailedToStart', stoppedReason })
    expect(found).toMatchObject({ code, concerns, remedy: expect.stringMatching(remedy) })
  })
})

// Source: AWS developer guide, "Amazon ECS service event messages".
const EVENTS: Row[] = [
  [
    '(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
    'no-capacity',
    'task',
    /sensor-profile: low-resource/
  ],
  ['(service web) was unable to place a task. Reason: RESOURCE:FARGATE.', 'no-capacity', 'task', /Run again later/],
  [
    '(service web) was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run concurrently.',
    'vcpu-limit',
    'task',
    /Service Quotas/
  ],
  [
    '(service web) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance abc has insufficient memory available.',
    'no-placement',
    'task',
    /smaller cpu or memory/
  ],
  [`(service web) was unable to place a task. Reason: ${GROUP_MISSING}.`, 'log-group-missing', 'task', /log-group/],
  [
    `(service web) was unable to place a task. Reason: ${pull(HUB, `${HUB}: not found`)}.`,
    'image-not-found',
    'task',
    /input image/
  ],
  [
    '(service web) operations are being throttled. Will try again later.',
    'service-throttled',
    'task',
    /tries again by itself/
  ],
  [
    'service web operations are being throttled on elb. Will try again later.',
    'service-throttled',
    'task',
    /fewer services/
  ],
  [
    '(service web) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1c38) due to (reason Health checks failed with these codes: [404])',
    'targets-unhealthy',
    'task',
    /healthCheckGracePeriodSeconds/
  ]
]

describe("the service's events", () => {
  test.each(EVENTS)('%s', (event, code, concerns, remedy) => {
    const found = diagnose({ ...NOTHING, events: ['(service web) has started 1 tasks: (task abc).', event] })
    expect(found).toMatchObject({ code, concerns, remedy: expect.stringMatching(remedy) })
  })

  test('count for less than what the stop itself says', () => {
    const events = ['(service web) operations are being throttled. Will try again later.']
    expect(diagnose(app({ exitCode: 3 }, { events }))?.code).toBe('application-exited')
    expect(diagnose(app({ exitCode: 1 }, { events, stopCode: 'UserInitiated' }))?.code).toBe('service-throttled')
  })
})

// Sources: the texts of akita-cli (apidump, pcap) and of pflag 1.0.5, from which the sensor descends.
const SENSOR_TEXTS: Row[] = [
  [
    'Error: unknown flag: --levoai-workspace-id',
    'sensor-unknown-flag',
    'sensor',
    /--levoai-workspace-id out of extra-args \(or leave out the input of that name, if there is one\), .*image/
  ],
  ["Error: unknown shorthand flag: 'x' in -xyz", 'sensor-unknown-flag', 'sensor', /^Take -x out of extra-args, or/],
  [
    'invalid argument "a\\"b" for "--path-allow" flag: parse error on line 1, column 2: bare " in non-quoted-field',
    'sensor-bad-value',
    'sensor',
    /input path-allow,.*container-overrides\.$/
  ],
  [
    'invalid argument "2.0" for "--stream-timeout-seconds" flag: strconv.ParseInt: parsing "2.0": invalid syntax',
    'sensor-bad-value',
    'sensor',
    /input stream-timeout-seconds,.*whole number/
  ],
  ['Error: flag needs an argument: --filter', 'sensor-bad-value', 'sensor', /input filter/],
  [
    'failed to compile path exclusion "(?=a)": error parsing regexp',
    'sensor-bad-expression',
    'sensor',
    /^Correct path-exclusions:/
  ],
  [
    'failed to compile host exclusion "*.b": error parsing regexp',
    'sensor-bad-expression',
    'sensor',
    /^Correct host-exclusions:/
  ],
  [
    'failed to compile path filter "(": error parsing regexp',
    'sensor-bad-expression',
    'sensor',
    /^Correct path-allow:/
  ],
  [
    'failed to compile host filter "(": error parsing regexp',
    'sensor-bad-expression',
    'sensor',
    /^Correct host-allow:/
  ],
  ['failed to compile "("', 'sensor-bad-expression', 'sensor', /host-allow, path-allow/],
  ['eth1 failed to set BPF filter: syntax error', 'sensor-bad-filter', 'sensor', /input filter/],
  [
    'Although you are running as root, this container lacks the CAP_NET_RAW capability.',
    'sensor-lacks-capture-right',
    'sensor',
    /container-overrides/
  ],
  [
    'The agent needs the CAP_NET_RAW capability to capture packets.',
    'sensor-lacks-capture-right',
    'sensor',
    /\broot\b/
  ],
  [
    'No network interfaces could be used: interface eth9 not found',
    'sensor-has-no-interface',
    'sensor',
    /--interfaces out of extra-args/
  ],
  [
    'SIOCETHTOOL(ETHTOOL_GET_TS_INFO) ioctl failed: Function not implemented',
    'wrong-architecture',
    'sensor',
    /input image/
  ],
  ['exec ./bin/init: exec format error', 'wrong-architecture', 'sensor', /input image/]
]

describe("the sensor's log", () => {
  test.each(SENSOR_TEXTS)('%s', (line, code, concerns, remedy) => {
    const found = diagnose(sensor({ exitCode: 1 }, { log: ['Levo PCAP sensor', line, 'Usage:'] }))
    expect(found).toMatchObject({ code, concerns, remedy: expect.stringMatching(remedy) })
  })

  test.each(SENSOR_TEXTS.filter(([line]) => !line.includes('exec format error')))(
    'counts for nothing in the log of another container: %s',
    line => {
      expect(diagnose(app({ exitCode: 1 }, { log: [line] }))?.code).toBe('application-exited')
    }
  )

  test('counts for nothing when the sensor lived on and ended otherwise', () => {
    const log = ['eth0 failed to set BPF filter: unsupported link', 'continuing with remaining interfaces']
    expect(diagnose(sensor({ exitCode: 137 }, { log }))?.code).toBe('out-of-memory')
  })

  test('a program for another architecture is known by the log of any container', () => {
    expect(diagnose(app({ exitCode: 1 }, { log: ['exec /app: exec format error'] }))).toMatchObject({
      code: 'wrong-architecture',
      concerns: 'application'
    })
  })
})

type End = [name: string, evidence: Evidence, code: string, concerns: Diagnosis['concerns'], remedy: RegExp]

const OOM = 'OutOfMemoryError: Container killed due to memory usage'
const ESSENTIAL = { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' }
const SCALING = {
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/7)'
}

const ENDS: End[] = [
  [
    'the sensor out of memory',
    sensor({ exitCode: 137, reason: OOM }),
    'out-of-memory',
    'sensor',
    /^Give memory more than 200, or sensor-profile/
  ],
  ['the sensor killed', sensor({ exitCode: 137 }), 'out-of-memory', 'sensor', /max-http-length/],
  [
    'the application out of memory',
    app({ exitCode: 137, reason: OOM }, ESSENTIAL),
    'out-of-memory',
    'application',
    /task definition.*sensor-profile: low-resource/
  ],
  [
    'a container of AWS killed',
    app({ name: 'aws-guardduty-agent-x', exitCode: 137 }),
    'out-of-memory',
    'task',
    /larger size/
  ],
  [
    'the sensor stopped with its task',
    sensor({ exitCode: 1 }, SCALING),
    'stopped-with-its-task',
    'task',
    /^Nothing is to be done/
  ],
  [
    'the application on Spot',
    app({ exitCode: 143 }, { stopCode: 'SpotInterruption' }),
    'spot-interruption',
    'task',
    /FARGATE besides/
  ],
  [
    'an unhealthy sensor',
    sensor({ lastStatus: 'RUNNING', healthStatus: 'UNHEALTHY' }),
    'container-health',
    'sensor',
    /container-overrides/
  ],
  [
    'an unhealthy application',
    app({ lastStatus: 'RUNNING', healthStatus: 'UNHEALTHY' }),
    'container-health',
    'application',
    /startPeriod/
  ],
  ['the sensor crashed', sensor({ exitCode: 139 }), 'crashed', 'sensor', /image another version/],
  ['the application aborted', app({ exitCode: 134 }, ESSENTIAL), 'crashed', 'application', /container's log/],
  ['slow to stop', app({ exitCode: 137 }, SCALING), 'stop-timeout', 'task', /stopTimeout/],
  ['ended with its task', app({ exitCode: 143 }, ESSENTIAL), 'ended-by-sigterm', 'task', /another essential container/],
  ['ended alone', sensor({ exitCode: 143 }), 'ended-by-sigterm', 'sensor', /why the task was stopped/],
  ['the sensor, for no known reason', sensor({ exitCode: 1 }), 'sensor-exited', 'sensor', /log-group.*extra-args/],
  [
    'the sensor, with a log',
    sensor({ exitCode: 2 }, { log: ['panic'] }),
    'sensor-exited',
    'sensor',
    /^See the last lines of its log;/
  ],
  ['an essential sensor', sensor({ exitCode: 1 }, ESSENTIAL), 'sensor-exited', 'sensor', /container-overrides/],
  ['the application exited', app({ exitCode: 3 }, ESSENTIAL), 'application-exited', 'application', /container's log/],
  ['an essential container of unknown name', { ...NOTHING, ...ESSENTIAL }, 'application-exited', 'task', /smaller cpu/]
]

describe('how a container ended', () => {
  test.each(ENDS)('%s', (_name, evidence, code, concerns, remedy) => {
    expect(diagnose(evidence)).toMatchObject({ code, concerns, remedy: expect.stringMatching(remedy) })
  })

  test('the limit of its memory is named where it is known', () => {
    expect(diagnose(sensor({ exitCode: 137, reason: OOM }))?.cause).toBe(
      'the sensor used more memory than its limit of 200 MiB'
    )
    expect(diagnose(app({ exitCode: 137 }))?.cause).toBe(
      'the container web was killed (exit code 137), most likely for using more memory than its limit of 512 MiB'
    )
    expect(diagnose(app({ exitCode: 137, memory: undefined }))?.cause).toMatch(/more memory than it may$/)
  })

  test.each([
    [511, 'Give memory more than 511, or sensor-profile: standard (512 MiB).'],
    [512, 'Give memory more than 512.'],
    [1024, 'Give memory more than 1024.'],
    [undefined, 'Give memory more, or sensor-profile: standard (512 MiB).']
  ])('a sensor with %s MiB is offered a profile only where that is larger', (memory, remedy) => {
    const found = diagnose(sensor({ exitCode: 137, memory }))
    expect(found?.remedy).toBe(`${remedy} A filter, and smaller rate-limit and max-http-length, make it need less.`)
  })

  test('the architecture of the task is named where it is known', () => {
    const log = ['exec ./bin/init: exec format error']
    expect(diagnose(sensor({ exitCode: 255 }, { log, architecture: 'ARM64' }))).toMatchObject({
      cause: expect.stringMatching(/\(ARM64\)$/),
      remedy: expect.stringMatching(/built for ARM64/)
    })
  })
})

describe('which cause wins', () => {
  test('what the log says over the exit code', () => {
    const log = ['Error: unknown flag: --levoai-workspace-id']
    expect(diagnose(sensor({ exitCode: 1 }, { log }))?.code).toBe('sensor-unknown-flag')
    expect(diagnose(sensor({ exitCode: 1 }, { log, ...SCALING }))?.code).toBe('sensor-unknown-flag')
  })

  test.each([
    'ServiceSchedulerInitiated',
    'UserInitiated',
    'SpotInterruption',
    'TerminationNotice',
    'InfrastructureHealth'
  ])('a sensor that ends with 1 while ECS takes its task down is no fault: %s', stopCode => {
    expect(diagnose(sensor({ exitCode: 1 }, { stopCode }))).toMatchObject({
      code: 'stopped-with-its-task',
      concerns: 'task',
      cause: expect.stringContaining(stopCode)
    })
  })

  test('an empty trace is how a sensor ends that was stopped, also when another container took the task down', () => {
    const log = ['Trace collection stopped', 'API trace is empty']
    expect(diagnose(sensor({ exitCode: 1 }, { log, ...ESSENTIAL }))?.code).toBe('stopped-with-its-task')
    expect(diagnose(sensor({ exitCode: 1 }, { log }))?.code).toBe('sensor-exited')
  })

  test('an exit of another code is a fault even then', () => {
    expect(diagnose(sensor({ exitCode: 2 }, SCALING))?.code).toBe('sensor-exited')
  })

  test('a kill that ECS calls out of memory is one even then', () => {
    expect(diagnose(sensor({ exitCode: 137, reason: OOM }, SCALING))?.code).toBe('out-of-memory')
  })

  test.each([
    ['Task failed ELB health checks in (elb web)', 'load-balancer-health'],
    ['Task failed container health checks', 'container-health']
  ])('why the task was taken down over how its containers ended: %s', (stoppedReason, code) => {
    for (const exitCode of [0, 1, 137, 143]) {
      expect(diagnose(app({ exitCode }, { stopCode: 'ServiceSchedulerInitiated', stoppedReason }))?.code).toBe(code)
    }
  })

  test('the kill of a Spot task that was slow to stop is no lack of memory', () => {
    const stoppedReason = 'Your Spot Task was interrupted.'
    expect(diagnose(app({ exitCode: 137 }, { stopCode: 'TerminationNotice', stoppedReason }))?.code).toBe(
      'spot-interruption'
    )
  })

  test('why a container did not start over the error around it', () => {
    const reason = `${OCI}exec: "./bin/init": stat ./bin/init: no such file or directory: unknown`
    expect(diagnose(sensor({ reason }))).toMatchObject({ code: 'program-not-found', concerns: 'sensor' })
    expect(diagnose(sensor({ reason: `${UNSTARTED}exec format error` }))?.code).toBe('wrong-architecture')
  })

  test('a denial speaks of a resource, which is no lack of them', () => {
    const stoppedReason =
      'ResourceInitializationError: not authorized to perform: elasticfilesystem:ClientMount on resource: x'
    expect(diagnose({ ...NOTHING, stoppedReason })?.code).toBe('resource-initialization-failed')
  })
})

describe('who is to blame for an image', () => {
  const limited = pull(HUB, '429 Too Many Requests - toomanyrequests')

  test.each<[string, Evidence, Diagnosis['concerns']]>([
    ["the sensor by its container's reason", sensor({ reason: limited }), 'sensor'],
    ["the application by its container's reason", app({ reason: pull('x/web:7', 'not found') }), 'application'],
    ['the sensor by the name in the reason of the task', sensor({}, { stoppedReason: limited }), 'sensor'],
    [
      'a digest in place of the tag',
      sensor({}, { stoppedReason: pull('docker.io/levoai/pcap-sensor@sha256:ab', 'not found') }),
      'sensor'
    ],
    [
      'an official image',
      app({ image: 'nginx' }, { stoppedReason: pull('docker.io/library/nginx:latest', 'not found') }),
      'application'
    ],
    [
      'a registry with a port',
      app({ image: 'host:5000/web:1' }, { stoppedReason: pull('host:5000/web:1', 'not found') }),
      'application'
    ],
    ["another container's image", app({}, { stoppedReason: limited }), 'task'],
    ['an image whose name only begins so', app({ image: 'levoai/pcap' }, { stoppedReason: limited }), 'task'],
    ['an image whose name only ends so', app({ image: 'pcap-sensor' }, { stoppedReason: limited }), 'task'],
    ['no image known', app({ image: '' }, { stoppedReason: limited }), 'task'],
    ['no container known', { ...NOTHING, stoppedReason: limited }, 'task']
  ])('%s', (_name, evidence, concerns) => {
    expect(diagnose(evidence)?.concerns).toBe(concerns)
  })

  test.each([
    ['429 toomanyrequests', /input image.*repository-credentials/, /repositoryCredentials.*task definition/],
    ['not found', /in the input image\.$/, /in the task definition\.$/],
    ['pull access denied', /input image.*repository-credentials/, /repositoryCredentials/],
    ['dial tcp: i/o timeout', /give image a mirror/, /take the image from a mirror in ECR\.$/],
    ['no space left on device', /input image/, /task definition/]
  ])('who is known is not told what the other would do: %s', (failed, ofSensor, ofApplication) => {
    const [own, others] = [
      diagnose(sensor({ reason: pull(HUB, failed) })),
      diagnose(app({ reason: pull('web', failed) }))
    ]
    expect(own?.remedy).toMatch(ofSensor)
    expect(own?.remedy).not.toContain('task definition')
    expect(others?.remedy).toMatch(ofApplication)
    expect(others?.remedy).not.toMatch(/sensor|input image/)
  })

  test('a missing log group may be of any container', () => {
    expect(diagnose({ ...NOTHING, stopCode: 'TaskFailedToStart', stoppedReason: GROUP_MISSING })?.concerns).toBe('task')
    expect(diagnose(sensor({ reason: GROUP_MISSING }))?.concerns).toBe('sensor')
  })

  test('the memory of another container is not that of the judged one', () => {
    expect(diagnose(sensor({ exitCode: 1 }, { ...ESSENTIAL, stoppedReason: OOM }))).toMatchObject({
      concerns: 'task',
      cause: 'a container used more memory than it may'
    })
  })
})

describe('nothing known', () => {
  test.each<[string, Evidence]>([
    ['nothing at all', NOTHING],
    ['an unknown reason', { ...NOTHING, stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' }],
    ['a running sensor', sensor({ lastStatus: 'RUNNING', healthStatus: 'HEALTHY' })],
    ['an application that was stopped', app({ exitCode: 1 }, SCALING)],
    ['harmless events', { ...NOTHING, events: ['(service web) has reached a steady state.'] }],
    [
      'a failure without a reason',
      { ...NOTHING, events: ['(service web) is unable to consistently start tasks successfully.'] }
    ]
  ])('%s', (_name, evidence) => {
    expect(diagnose(evidence)).toBeUndefined()
  })
})

describe('the table', () => {
  const all: Diagnosis[] = [
    ...TASK_TEXTS.map(([stoppedReason]) => diagnose({ ...NOTHING, stoppedReason })),
    ...EVENTS.map(([event]) => diagnose({ ...NOTHING, events: [event] })),
    ...SENSOR_TEXTS.map(([line]) => diagnose(sensor({ exitCode: 1 }, { log: [line] }))),
    ...ENDS.map(([, evidence]) => diagnose(evidence))
  ].filter(found => found !== undefined)

  test('every row is reached by some text here, and no code stands twice', () => {
    expect(new Set(all.map(({ code }) => code))).toEqual(new Set(CAUSE_CODES))
    expect(new Set(CAUSE_CODES).size).toBe(CAUSE_CODES.length)
  })

  test.each(all)('$code: $cause', ({ code, cause, remedy }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(cause).toMatch(/^[a-z]/)
    expect(cause).not.toMatch(/\.$|undefined|\n/)
    expect(remedy).toMatch(/^[A-Z].*\.$/)
    expect(remedy.split(/\.\s/).length).toBeLessThanOrEqual(2)
    expect(remedy).not.toMatch(/undefined/)
  })

  test('no text of ECS or of a log is repeated beyond a name', () => {
    for (const { cause, remedy } of all)
      expect(`${cause} ${remedy}`).not.toMatch(/arn:|123456789012|retried|\/web\/token/)
    const value = 'invalid argument "s3cret" for "--rate-limit" flag: strconv.ParseFloat: parsing "s3cret"'
    expect(JSON.stringify(diagnose(sensor({ exitCode: 1 }, { log: [value] })))).not.toContain('s3cret')
    const program = `${OCI}exec: "node app.js --token=s3cret": executable file not found in $PATH`
    expect(diagnose(app({ reason: program }))).toMatchObject({
      code: 'program-not-found',
      cause: 'the image does not hold the program that is to be started'
    })
  })
})
