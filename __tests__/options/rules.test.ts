import { describe, expect, test } from '@jest/globals'
import { problemsWith } from '../support/parsed.ts'

const many = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=v`).join('\n')

describe('where the task definition comes from', () => {
  const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:7'
  test.each([
    [
      'two sources',
      { 'task-definition-family': 'shop' },
      'task-definition, task-definition-family: give one source of the task definition, not 2'
    ],
    [
      'three sources',
      { 'task-definition-family': 'shop', 'task-definition-arn': arn },
      'task-definition, task-definition-family, task-definition-arn: give one source of the task definition, not 3'
    ],
    [
      'a revision without a family',
      { 'task-definition-revision': '7' },
      'task-definition-revision: goes with task-definition-family only'
    ],
    [
      'none, and no service',
      { 'task-definition': '' },
      'task-definition: give task-definition, task-definition-family, task-definition-arn, or a service whose task definition to take; for a fleet regions, clusters, services or families; none is given'
    ],
    [
      'none, and a list of services without one',
      { 'task-definition': '', service: ' , ' },
      'task-definition: give task-definition, task-definition-family, task-definition-arn, or a service whose task definition to take; for a fleet regions, clusters, services or families; none is given'
    ]
  ])('%s', async (_name, raw, problem) => {
    expect(await problemsWith(raw)).toEqual([problem])
  })

  test.each([
    ['a family', { 'task-definition': '', 'task-definition-family': 'shop' }],
    [
      'a family and its revision',
      { 'task-definition': '', 'task-definition-family': 'shop', 'task-definition-revision': '7' }
    ],
    ['an ARN', { 'task-definition': '', 'task-definition-arn': arn }],
    ['a service alone', { 'task-definition': '', service: 'shop' }],
    ['a file and a service', { service: 'shop' }]
  ])('%s is enough', async (_name, raw) => {
    expect(await problemsWith(raw)).toEqual([])
  })

  test('a file that is not there is said with everything else', async () => {
    const problems = await problemsWith({ cpu: 'x' }, { fileExists: path => path !== 'task-definition.json' })
    expect(problems).toHaveLength(2)
    expect(problems).toContainEqual(expect.stringMatching(/^task-definition: .*no "task-definition.json"/))
  })
})

describe('needed to install', () => {
  test.each(['satellite-url', 'levo-env', 'levoai-org-id'])('%s', async name => {
    for (const empty of ['', '  ', '\n']) {
      expect(await problemsWith({ [name]: empty })).toEqual([
        `${name}: is needed to install the sensor, and is empty or not given`
      ])
    }
  })
})

describe('rules between options', () => {
  test.each([
    [
      'levoai-workspace-id with the default image',
      { 'levoai-workspace-id': 'w' },
      /^levoai-workspace-id: must not be given with levoai\/pcap-sensor:0\.1\.9.*newer image$/
    ],
    [
      'levoai-workspace-id with it spelled in full',
      { 'levoai-workspace-id': 'w', image: 'docker.io/levoai/pcap-sensor:0.1.9' },
      /^levoai-workspace-id: /
    ],
    [
      'register: false with a service',
      { register: 'false', service: 'shop' },
      /^register: must not be false with service/
    ],
    [
      'desired-count with two services',
      { 'desired-count': '1', service: 'a,b' },
      /^desired-count: is for one service only, not for 2$/
    ],
    [
      'memory-reservation above memory',
      { memory: '100', 'memory-reservation': '101' },
      /^memory-reservation: must be at most memory \(100 MiB\), not 101$/
    ],
    [
      'a log group beside a whole configuration',
      { 'log-group': '/a', 'log-configuration-log-driver': 'splunk' },
      /^log-group, log-configuration-log-driver: give one of them/
    ],
    [
      'log options without a driver',
      { 'log-configuration-options': 'a=b' },
      /^log-configuration-options: goes with log-configuration-log-driver only$/
    ],
    [
      'awslogs without its options',
      { 'log-configuration-log-driver': 'awslogs' },
      /^log-configuration-options: awslogs needs awslogs-group, awslogs-region, awslogs-stream-prefix$/
    ],
    [
      'awslogs without one of them',
      { 'log-configuration-log-driver': 'awslogs', 'log-configuration-options': 'awslogs-group=g\nawslogs-region=r' },
      /^log-configuration-options: awslogs needs awslogs-stream-prefix$/
    ],
    [
      'a label of ours',
      { 'docker-labels': 'levoai.x=1' },
      /^docker-labels: keys must not begin with "levoai\.".*"levoai\.x"$/
    ],
    [
      'a label of ours in capitals',
      { 'docker-labels': 'LevoAI.x=1' },
      /^docker-labels: keys must not begin with "levoai\."/
    ],
    ['an empty line among the arguments', { 'extra-args': '--debug\n\n--x' }, /^extra-args: line 2 is empty/],
    ["a tag of AWS's", { tags: 'AWS:x=1' }, /^tags: keys must not begin with "aws:"/],
    ['a tag of ours', { tags: 'levoai:run=1' }, /^tags: keys must not begin with "levoai:"/],
    ['a key too long', { tags: `${'k'.repeat(129)}=v` }, /^tags: a key has at most 128, a value 256 characters/],
    [
      'a value too long',
      { tags: `k=${'v'.repeat(257)}` },
      /^tags: a key has at most 128, a value 256 characters: "k" has more$/
    ],
    ['51 tags', { tags: many(51) }, /^tags: a revision has at most 50 tags, not 51$/]
  ])('%s', async (_name, raw, problem) => {
    expect(await problemsWith(raw)).toEqual([expect.stringMatching(problem)])
  })

  test.each([
    ['levoai-workspace-id with a newer image', { 'levoai-workspace-id': 'w', image: 'levoai/pcap-sensor:0.6.2' }],
    ['desired-count with one service', { 'desired-count': '1', service: 'a, a' }],
    ['memory-reservation as high as memory', { memory: '100', 'memory-reservation': '100' }],
    ['a whole configuration of another driver', { 'log-configuration-log-driver': 'splunk' }],
    [
      'awslogs with its options',
      {
        'log-configuration-log-driver': 'awslogs',
        'log-configuration-options': 'awslogs-group=g\nawslogs-region=r\nawslogs-stream-prefix=p'
      }
    ],
    ['a label that only holds it', { 'docker-labels': 'x.levoai.y=1' }],
    ['the longest tag', { tags: `${'k'.repeat(128)}=${'v'.repeat(256)}` }],
    ['50 tags', { tags: many(50) }]
  ])('accepted is %s', async (_name, raw) => {
    expect(await problemsWith(raw)).toEqual([])
  })
})

describe('expressions', () => {
  test.each(['host-allow', 'path-allow', 'host-exclusions', 'path-exclusions'])(
    '%s names its bad lines',
    async name => {
      expect(await problemsWith({ [name]: '^/a\n\n^/b,\n(?!c)' })).toEqual([
        `${name}: line 2 is empty, and an empty expression matches everything`,
        expect.stringMatching(`^${name}: line 3 "\\^/b," ends in a comma`),
        expect.stringMatching(`^${name}: line 4 .*no look-around`)
      ])
    }
  )

  test('may be surrounded by blank lines and end in carriage returns', async () => {
    expect(await problemsWith({ 'host-allow': '\n\r\n^a$\r\n^b$\r\n\r\n' })).toEqual([])
  })
})

test('all problems come at once, each once', async () => {
  const problems = await problemsWith({
    'satellite-url': 'x',
    'levo-env': '',
    cpu: 'x',
    'path-allow': '(',
    'desired-count': '2',
    service: 'a,b',
    register: 'false',
    tags: 'levoai:x=1',
    cluster: 'a b',
    'aws-region': 'Nowhere',
    'docker-labels': 'oops'
  })
  const names = problems.map(problem => problem.slice(0, problem.indexOf(':')))
  expect(names.sort()).toEqual([
    'aws-region',
    'cluster',
    'cpu',
    'desired-count',
    'docker-labels',
    'levo-env',
    'path-allow',
    'register',
    'satellite-url',
    'tags'
  ])
})

describe('what ECS would refuse in the container', () => {
  test.each([
    [
      'image',
      'levoai/pcap sensor',
      'image: must be an image name of letters, digits and . _ - : / @, not "levoai/pcap sensor"'
    ],
    [
      'image',
      'levoai/pcap-sensor:$TAG',
      'image: must be an image name of letters, digits and . _ - : / @, not "levoai/pcap-sensor:$TAG"'
    ],
    ['image', `levoai/${'x'.repeat(249)}`, 'image: must have at most 255 characters before the digest']
  ])('%s %s', async (name, value, problem) => {
    expect(await problemsWith({ [name]: value })).toEqual([problem])
  })

  test('an image of 255 characters before a digest is no problem', async () => {
    expect(await problemsWith({ image: `levoai/${'x'.repeat(248)}@sha256:${'0'.repeat(64)}` })).toEqual([])
  })

  test('a name both as a variable and as a secret, without its value', async () => {
    const problems = await problemsWith({ 'environment-variables': 'A=1\nB=hidden', secrets: 'B=arn:aws:ssm:x' })
    expect(problems).toEqual(['environment-variables, secrets: give B in one of them, not in both'])
  })

  test('an awslogs option without a value', async () => {
    const options = 'awslogs-group=\nawslogs-region=us-west-2\nawslogs-stream-prefix=x'
    const inputs = { 'log-configuration-log-driver': 'awslogs', 'log-configuration-options': options }
    expect(await problemsWith(inputs)).toEqual(['log-configuration-options: awslogs needs awslogs-group'])
  })
})
