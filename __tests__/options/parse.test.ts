import { describe, expect, test } from '@jest/globals'
import { parse, parseSensor, problemsWith } from '../support/parsed.ts'

const NO_CREDENTIALS = { hasCredentials: false }

test('the least that is needed gives the defaults', async () => {
  expect(await parse()).toEqual({
    region: 'eu-west-1',
    source: { kind: 'file', path: 'task-definition.json' },
    cluster: 'default',
    services: [],
    change: {
      kind: 'install',
      sensor: {
        flags: {
          'satellite-url': 'https://satellite.example.com',
          'levo-env': 'staging',
          'levoai-org-id': 'org-7f3a'
        },
        extraArgs: [],
        profile: 'auto',
        image: 'levoai/pcap-sensor:0.1.9',
        containerName: 'levo-pcap-sensor',
        environment: new Map(),
        secrets: new Map(),
        dockerLabels: new Map(),
        logs: { kind: 'app', streamPrefix: 'ecs-pcap' },
        excludeSidecarPorts: false,
        taskSize: 'keep'
      }
    },
    until: 'register',
    aws: 'ask',
    patience: { minutes: 30, maxDelay: 15 },
    waits: false,
    dryRun: false,
    rendersOnly: false,
    checkImage: 'warn',
    tags: [],
    provenance: { createdBy: 'fargate-pcap-action/test' },
    deploy: { onDeploymentInProgress: 'error' },
    codeDeploy: {},
    maxAttempts: 10,
    secrets: ['org-7f3a'],
    notes: []
  })
})

test('an empty input is one not given', async () => {
  const empty = Object.fromEntries(
    ['service', 'cluster', 'cpu', 'tags', 'image', 'dry-run', 'host-allow', 'log-group', 'desired-count'].map(name => [
      name,
      ' \n'
    ])
  )
  expect(await parse(empty)).toEqual(await parse())
})

test('every sensor input arrives where it belongs', async () => {
  const sensor = await parseSensor({
    'rate-limit': '1.50',
    'max-http-length': '20',
    'levoai-workspace-id': 'w',
    filter: ' port 80, not 81 ',
    'host-allow': 'a\nb',
    'path-allow': 'c',
    'host-exclusions': 'd',
    'path-exclusions': 'e',
    'extra-args': '--debug\n--x=y z',
    image: 'mirror/tap:1',
    'container-name': 'tap',
    cpu: '5%',
    memory: '300',
    'memory-reservation': '100',
    secrets: 'T=arn:aws:ssm:x',
    'docker-labels': 'a=b',
    'repository-credentials': 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x',
    'log-group': '/ecs/pcap',
    'log-stream-prefix': 'p',
    'task-size': 'unchecked',
    'sensor-profile': 'low-resource'
  })
  expect(sensor).toMatchObject({
    flags: {
      'rate-limit': '1.50',
      'max-http-length': '20',
      'levoai-workspace-id': 'w',
      filter: 'port 80, not 81',
      'host-allow': ['a', 'b'],
      'path-allow': ['c'],
      'host-exclusions': ['d'],
      'path-exclusions': ['e']
    },
    extraArgs: ['--debug', '--x=y z'],
    image: 'mirror/tap:1',
    containerName: 'tap',
    cpu: { kind: 'share', percent: 5 },
    memory: { kind: 'units', units: 300 },
    memoryReservation: 100,
    secrets: new Map([['T', 'arn:aws:ssm:x']]),
    dockerLabels: new Map([['a', 'b']]),
    repositoryCredentials: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x',
    logs: { kind: 'group', group: '/ecs/pcap', streamPrefix: 'p' },
    taskSize: 'unchecked',
    profile: 'low-resource'
  })
})

test('a whole log configuration arrives whole', async () => {
  const raw = { 'log-configuration-log-driver': 'splunk', 'log-configuration-options': 'splunk-url=https://x?a=b' }
  const sensor = await parseSensor(raw)
  expect(sensor.logs).toEqual({ kind: 'whole', logDriver: 'splunk', options: { 'splunk-url': 'https://x?a=b' } })
})

test('what is sent with a deployment is what was given', async () => {
  const raw = {
    service: 'shop',
    'force-new-deployment': 'TRUE',
    'desired-count': '0',
    'propagate-tags': 'SERVICE',
    'enable-ecs-managed-tags': 'False',
    'on-deployment-in-progress': 'replace',
    'max-retries': '3',
    tags: 'team=shop'
  }
  expect(await parse(raw)).toMatchObject({
    deploy: {
      forceNewDeployment: true,
      desiredCount: 0,
      propagateTags: 'SERVICE',
      enableECSManagedTags: false,
      onDeploymentInProgress: 'replace'
    },
    maxAttempts: 3,
    tags: [{ key: 'team', value: 'shop' }]
  })
})

describe('where it comes from', () => {
  const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:7'
  test.each([
    [{ 'task-definition-family': 'shop' }, { kind: 'family', family: 'shop', revision: undefined }],
    [
      { 'task-definition-family': 'shop', 'task-definition-revision': '07' },
      { kind: 'family', family: 'shop', revision: 7 }
    ],
    [{ 'task-definition-arn': arn }, { kind: 'arn', arn }],
    [{ service: 'shop' }, { kind: 'service' }]
  ])('%j', async (raw, source) => {
    expect((await parse({ 'task-definition': '', ...raw })).source).toEqual(source)
  })
})

describe('how far it goes, and whether AWS is asked', () => {
  const family = { 'task-definition': '', 'task-definition-family': 'shop' }
  test.each([
    ['a file', {}, true, 'register', 'ask', false],
    ['a service', { service: 'shop' }, true, 'deploy', 'ask', false],
    ['a dry run', { 'dry-run': 'true', service: 'shop' }, true, 'render', 'ask', true],
    ['no registering', { register: 'false' }, true, 'render', 'ask', false],
    ['a file, without credentials', {}, false, 'register', 'ask', false],
    ['a dry run from a file, without credentials', { 'dry-run': 'true' }, false, 'render', 'skip', true],
    ['the same with a service', { 'dry-run': 'true', service: 'shop' }, false, 'render', 'skip', true],
    ['no registering from a file, without credentials', { register: 'false' }, false, 'render', 'skip', false],
    ['a dry run from a family, without credentials', { 'dry-run': 'true', ...family }, false, 'render', 'ask', true]
  ])('%s', async (_name, raw, hasCredentials, until, aws, dryRun) => {
    expect(await parse(raw, { hasCredentials })).toMatchObject({ until, aws, dryRun })
  })
})

describe('a pull request from a fork', () => {
  const fork = { 'dry-run': 'true', 'levoai-org-id': '' }

  test('is rendered with a placeholder, a warning and a note', async () => {
    const { notes, secrets } = await parse(fork, NO_CREDENTIALS)
    const sensor = await parseSensor(fork, NO_CREDENTIALS)
    expect(sensor.flags['levoai-org-id']).toBe('LEVOAI_ORG_ID')
    expect(secrets).toEqual([])
    expect(notes).toEqual([
      { level: 'note', text: expect.stringContaining('no AWS credentials') },
      { level: 'warning', text: expect.stringContaining('rendered as LEVOAI_ORG_ID') }
    ])
  })

  test.each([
    ['with credentials', fork, {}],
    ['from a family', { ...fork, 'task-definition': '', 'task-definition-family': 'shop' }, NO_CREDENTIALS],
    ['without a dry run', { 'levoai-org-id': '' }, NO_CREDENTIALS]
  ])('needs the organization %s', async (_name, raw, environment) => {
    expect(await problemsWith(raw, environment)).toEqual([
      'levoai-org-id: is needed to install the sensor, and is empty or not given'
    ])
  })
})

test.each([
  ['an expression with an empty alternative', { 'path-allow': '^/a\na|' }, /^path-allow: "a\|" matches everything/],
  ['force-new-deployment without a service', { 'force-new-deployment': 'true' }, /^force-new-deployment has no effect/],
  ['desired-count without a service', { 'desired-count': '1' }, /^desired-count has no effect/],
  ['propagate-tags without a service', { 'propagate-tags': 'NONE' }, /^propagate-tags has no effect/],
  [
    'enable-ecs-managed-tags without one',
    { 'enable-ecs-managed-tags': 'true' },
    /^enable-ecs-managed-tags has no effect/
  ]
])('%s is a warning', async (_name, raw, text) => {
  expect((await parse(raw)).notes).toEqual([{ level: 'warning', text: expect.stringMatching(text) }])
})
