import { describe, expect, test } from '@jest/globals'
import { parse, problemsWith } from '../support/parsed.ts'
import { parseFleet, problemsOfFleet } from '../support/parsed-fleet.ts'

const FLEET = { services: 'web' }
const DISCOVER = { mode: 'discover' }
const RESTORE = { mode: 'restore', 'results-file': 'results.json' }
const ARN = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:7'

const OF_ONE_TARGET = [
  ['task-definition', 'task-definition.json', 'a fleet takes what each service runs'],
  ['task-definition-family', 'shop', 'a fleet takes what each service runs; families narrows it'],
  ['task-definition-revision', '7', 'a fleet takes what each service runs'],
  ['task-definition-arn', ARN, 'a fleet takes what each service runs; families narrows it'],
  ['cluster', 'default', 'clusters names those of a fleet'],
  ['service', 'web', 'services names those of a fleet'],
  ['output-file', 'x.json', 'a fleet has not one definition to write, but many'],
  ['desired-count', '1', 'it is for one service only'],
  ...['appspec', 'application', 'deployment-group', 'deployment-description', 'deployment-config'].map(name => [
    `codedeploy-${name}`,
    'x',
    'it is for one service only; a fleet leaves those under CODE_DEPLOY alone'
  ])
] as [string, string, string][]

describe('what is of one target', () => {
  test.each(OF_ONE_TARGET)('%s: %s', async (name, value, why) => {
    const runs = [
      [FLEET, 'services'],
      [{ clusters: 'a', families: 'b' }, 'clusters, families'],
      [DISCOVER, 'mode: discover'],
      [RESTORE, 'mode: restore']
    ] as const
    for (const [raw, cause] of runs) {
      expect(await problemsOfFleet({ ...raw, [name]: value })).toEqual([
        `${name}: must not be given with ${cause}; ${why}`
      ])
    }
  })
})

describe('rules of a fleet', () => {
  test.each([
    [
      { ...FLEET, register: 'false' },
      'register: must not be false with services: a fleet moves services, which takes a revision that is registered'
    ],
    [
      { ...FLEET, 'wait-for-service-stability': 'False' },
      'wait-for-service-stability: must not be false with services: a fleet always follows what it moves to its end'
    ],
    [{ ...FLEET, mode: 'verify' }, 'mode: must be install, remove or discover with services, not verify'],
    [{ ...FLEET, 'fail-on': 'absent' }, 'fail-on: goes with mode: discover only, not install'],
    [{ ...FLEET, 'results-file': 'x.json' }, 'results-file: goes with mode: restore only, not install'],
    [
      { ...FLEET, 'levo-env': 'tag: ' },
      'levo-env: must name a tag of at most 128 characters behind "tag:", not "tag:"'
    ],
    [{ ...DISCOVER, 'results-file': 'x.json' }, 'results-file: goes with mode: restore only, not discover'],
    [
      { ...DISCOVER, 'verify-sensor': 'warn' },
      'verify-sensor: must not be given in mode discover; fail-on says which states fail it'
    ],
    [
      { ...DISCOVER, 'rollback-on-failure': 'true' },
      'rollback-on-failure: must not be true in mode discover, which changes nothing'
    ],
    [
      { ...RESTORE, 'verify-sensor': 'require' },
      'verify-sensor: must not be given in mode restore: what ran before may well have no sensor'
    ],
    [{ mode: 'restore' }, 'results-file: is needed in mode restore, and is empty or not given'],
    [{ ...RESTORE, 'fail-on': 'absent' }, 'fail-on: goes with mode: discover only, not restore'],
    [
      { ...FLEET, 'levoai-workspace-id': 'w' },
      'levoai-workspace-id: must not be given with levoai/pcap-sensor:0.1.9, which does not know the flag and would exit; give a newer image'
    ]
  ])('%j', async (raw, problem) => {
    expect(await problemsOfFleet(raw)).toEqual([problem])
  })

  test.each(['regions', 'clusters', 'services', 'families'])('restore takes no %s', async name => {
    const value = name === 'regions' ? 'us-east-1' : 'web'
    expect(await problemsOfFleet({ ...RESTORE, [name]: value })).toEqual([
      `${name}: must not be given with mode: restore; results-file says which services are moved back`
    ])
  })

  test('the results have to be there', async () => {
    expect(await problemsOfFleet(RESTORE, { fileExists: () => false })).toEqual([
      'results-file: must be the path of a file; there is no "results.json" in the workspace'
    ])
  })

  test.each(['satellite-url', 'levo-env', 'levoai-org-id'])('an install needs %s', async name => {
    expect(await problemsOfFleet({ ...FLEET, [name]: '' })).toEqual([
      `${name}: is needed to install the sensor, and is empty or not given`
    ])
  })

  test.each([
    { ...FLEET, 'verify-sensor': 'off' },
    { ...FLEET, 'rollback-on-failure': 'true' },
    { ...FLEET, 'rollback-on-failure': 'false', 'wait-for-service-stability': 'true' },
    { ...FLEET, 'levo-env': `tag:${'k'.repeat(128)}` },
    { ...DISCOVER, 'rollback-on-failure': 'false', 'fail-on': 'stopped' },
    { ...RESTORE, 'aws-region': 'us-east-1', 'dry-run': 'true' }
  ])('accepted is %j', async raw => {
    expect(await problemsOfFleet(raw)).toEqual([])
  })
})

describe('spelling', () => {
  test.each([
    ['regions', 'Ireland', 'must be Regions such as us-west-2, patterns or all, not "Ireland"'],
    ['clusters', 'a/b', 'must be names, ARNs or patterns, not "a/b"'],
    ['services', 'web,my shop', 'must be names, ARNs or patterns, not "my shop"'],
    ['families', 'shop:7', 'must be names, ARNs or patterns, not "shop:7"'],
    ['services', '[web', 'must be names, ARNs or patterns, not "[web"'],
    ['services', ' , ', 'must have at least one item, not ","'],
    ['max-parallel', '0', 'must be a whole number from 1 to 50, not "0"'],
    ['max-parallel', '51', 'must be a whole number from 1 to 50, not "51"'],
    ['canary', '-1', 'must be a whole number from 0, not "-1"'],
    ['canary-soak-minutes', '361', 'must be a whole number from 0 to 360, not "361"'],
    ['stop-after-failures', '0', 'must be a whole number from 1, not "0"'],
    ['matrix-size', '0', 'must be a whole number from 1, not "0"']
  ])('%s: %j', async (name, value, problem) => {
    expect(await problemsOfFleet({ clusters: 'blue', [name]: value })).toEqual([`${name}: ${problem}`])
  })

  test.each([
    ['present', 'must be of absent, outdated, stopped, not "present"'],
    ['absent, Stopped', 'must be of absent, outdated, stopped, not "Stopped"'],
    [',', 'must be of absent, outdated, stopped, not ","']
  ])('fail-on: %j', async (value, problem) => {
    expect(await problemsOfFleet({ ...DISCOVER, 'fail-on': value })).toEqual([`fail-on: ${problem}`])
  })

  test('a list that is wrong makes it a fleet all the same: no source is asked for', async () => {
    expect(await problemsOfFleet({ services: ',' })).toEqual(['services: must have at least one item, not ","'])
  })
})

describe('the Region', () => {
  const cluster = 'arn:aws:ecs:us-east-2:111122223333:cluster/blue'
  test.each([
    [
      { regions: 'us-east-1', 'aws-region': 'us-east-1' },
      {},
      'aws-region: must not be given with regions, which names them, not "us-east-1"'
    ],
    [
      { clusters: cluster, 'aws-region': 'us-east-1' },
      {},
      'aws-region: input and ARNs must name one Region, not us-east-2 (clusters) and us-east-1 (aws-region)'
    ],
    [
      { regions: 'all' },
      { region: undefined },
      'regions: no Region is known to ask for the list of all. Name one, or set AWS_REGION'
    ],
    [
      FLEET,
      { region: undefined },
      'aws-region: no Region is known. Give the input, set AWS_REGION, or put aws-actions/configure-aws-credentials before this step'
    ],
    [{ ...FLEET, 'aws-region': 'EU' }, {}, 'aws-region: must be a Region such as us-west-2, not "EU"']
  ])('%j', async (raw, environment, problem) => {
    expect(await problemsOfFleet(raw, environment)).toEqual([problem])
  })
})

test('all problems come at once, each once', async () => {
  const problems = await problemsOfFleet({
    ...{ services: 'a b', mode: 'verify', cluster: 'x', register: 'false', 'wait-for-service-stability': 'false' },
    ...{ 'max-parallel': '0', 'fail-on': 'absent', 'aws-region': 'Nowhere', tags: 'levoai:x=1', 'path-allow': '(' }
  })
  expect(problems.map(problem => problem.slice(0, problem.indexOf(':'))).sort()).toEqual([
    ...['aws-region', 'cluster', 'fail-on', 'max-parallel', 'mode', 'path-allow', 'register', 'services', 'tags'],
    'wait-for-service-stability'
  ])
})

describe('without a fleet', () => {
  test('levo-env names no tag', async () => {
    expect(await problemsWith({ 'levo-env': 'tag:env' })).toEqual([
      'levo-env: must be a name, not "tag:env": only a fleet (regions, clusters, services, families) takes it from tags of services'
    ])
  })

  test('fail-on and results-file are of other modes', async () => {
    expect(await problemsWith({ 'fail-on': 'absent', 'results-file': 'x.json' })).toEqual([
      'fail-on: goes with mode: discover only, not install',
      'results-file: goes with mode: restore only, not install'
    ])
  })
})

describe('warned of is what has no effect', () => {
  test.each([
    [{ ...FLEET, 'matrix-size': '10' }, ['matrix-size has no effect without mode: discover']],
    [{ ...FLEET, canary: '0', 'canary-soak-minutes': '5' }, ['canary-soak-minutes has no effect with canary: 0']],
    [
      { ...DISCOVER, 'max-parallel': '10', canary: '0', 'canary-soak-minutes': '5', 'force-new-deployment': 'true' },
      ['max-parallel', 'canary', 'canary-soak-minutes', 'force-new-deployment'].map(
        name => `${name} has no effect in mode discover, which changes nothing`
      )
    ],
    [{ ...DISCOVER, 'check-image': 'require' }, ['check-image has no effect in mode discover, which changes nothing']],
    [
      {
        ...DISCOVER,
        'check-image': 'warn',
        'max-parallel': '5',
        'matrix-size': '10',
        'enable-ecs-managed-tags': 'false'
      },
      []
    ],
    [{ ...FLEET, 'force-new-deployment': 'true', 'propagate-tags': 'SERVICE', canary: '3' }, []],
    [
      { ...FLEET, 'wait-for-minutes': '1' },
      ['wait-for-minutes: 1 leaves no time to see the sensor run for sensor-settle-seconds: 60']
    ],
    [{ ...RESTORE, 'wait-for-minutes': '1' }, []],
    [{ ...FLEET, 'path-allow': 'a|' }, ['path-allow: "a|" matches everything']]
  ])('%j', async (raw, texts: readonly string[]) => {
    const { each } = await parseFleet(raw)
    expect(each.notes).toEqual(texts.map(text => ({ level: 'warning', text })))
  })

  test.each([
    ['max-parallel', '10'],
    ['canary', '0'],
    ['canary-soak-minutes', '10'],
    ['stop-after-failures', '2'],
    ['matrix-size', '10']
  ])('%s without a fleet', async (name, value) => {
    expect((await parse({ [name]: value })).notes).toEqual([
      {
        level: 'warning',
        text: `${name} has no effect without regions, clusters, services or families, which make it a fleet`
      }
    ])
  })
})
