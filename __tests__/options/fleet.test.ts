import { describe, expect, test } from '@jest/globals'
import { InputError } from '../../src/errors.ts'
import { parseOptions, parseRun } from '../../src/options/parse.ts'
import { createEnvironment, createRaw } from '../support/options.ts'
import { parse } from '../support/parsed.ts'
import { parseFleet, SENSOR_INPUTS } from '../support/parsed-fleet.ts'

const DISCOVER = { mode: 'discover' }
const RESTORE = { mode: 'restore', 'results-file': 'results.json' }
const NO_SENSOR = { 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '' }

test('the least that is needed gives the defaults', async () => {
  const { each, ...fleet } = await parseFleet({ services: 'web' })
  expect(fleet).toEqual({
    mode: 'install',
    scope: { regions: [], clusters: [], services: ['web'], families: [] },
    rhythm: { maxParallel: 5, canary: 1, canarySoak: 0, stopAfterFailures: 1 },
    matrixSize: 50,
    failOn: [],
    knowsSensor: true
  })
  expect(each).toMatchObject({
    region: 'eu-west-1',
    source: { kind: 'service' },
    services: [],
    change: { kind: 'install', sensor: { flags: SENSOR_INPUTS } },
    until: 'deploy',
    aws: 'ask',
    dryRun: false,
    waits: true,
    follow: { minutes: 30, maxDelay: 15, verify: 'require', settle: 60, rollback: true },
    patience: { minutes: 30, maxDelay: 15 },
    deploy: { onDeploymentInProgress: 'error' },
    codeDeploy: {},
    notes: []
  })
})

test('with everything given', async () => {
  const { each, ...fleet } = await parseFleet({
    regions: 'us-east-1, eu-*\n!eu-north-1',
    clusters: 'prod-*',
    services: 'web,\r\n!web-old\r\n',
    families: 'shop',
    'max-parallel': '50',
    canary: '0',
    'stop-after-failures': '3',
    'levo-env': 'tag: team/env ',
    'verify-sensor': 'warn',
    'rollback-on-failure': 'false',
    'wait-for-service-stability': 'true',
    'on-deployment-in-progress': 'wait',
    tags: 'a=1'
  })
  expect(fleet).toMatchObject({
    scope: {
      regions: ['us-east-1', 'eu-*', '!eu-north-1'],
      clusters: ['prod-*'],
      services: ['web', '!web-old'],
      families: ['shop']
    },
    rhythm: { maxParallel: 50, canary: 0, canarySoak: 0, stopAfterFailures: 3 },
    levoEnvTag: 'team/env'
  })
  expect(each).toMatchObject({
    region: 'us-east-1',
    follow: { verify: 'warn', rollback: false },
    deploy: { onDeploymentInProgress: 'wait' },
    tags: [{ key: 'a', value: '1' }]
  })
  // Each service's own is filled in; a text that was forgotten there must not be taken for one.
  expect(each.change).toMatchObject({ sensor: { flags: { 'levo-env': undefined } } })
})

describe('it is a fleet', () => {
  test.each(['regions', 'clusters', 'services', 'families'])('with %s alone', async name => {
    const value = name === 'regions' ? 'us-east-1' : 'web'
    expect((await parseFleet({ [name]: value })).scope).toMatchObject({ [name]: [value] })
  })

  test.each([DISCOVER, RESTORE])('in %j, whatever is listed', async raw => {
    expect((await parseFleet(raw)).scope).toEqual({ regions: [], clusters: [], services: [], families: [] })
  })

  test('and never without one of these', async () => {
    const raw = createRaw({ regions: ' ', clusters: '\n', 'max-parallel': '5', canary: '1', 'matrix-size': '50' })
    const parsed = await parseRun(raw, createEnvironment())
    expect(parsed).toEqual({ kind: 'one', options: await parse() })
  })

  test('which whoever has no use for one is told', async () => {
    const raw = { ...SENSOR_INPUTS, services: 'web' }
    await expect(parseOptions(raw, createEnvironment())).rejects.toThrow(InputError)
  })
})

describe('mode discover', () => {
  test('looks for what an install would change, and changes nothing', async () => {
    const options = await parseFleet({
      ...DISCOVER,
      'fail-on': 'stopped, absent\noutdated,absent',
      'matrix-size': '1',
      'levo-env': 'tag:env'
    })
    expect(options).toMatchObject({
      mode: 'discover',
      failOn: ['absent', 'outdated', 'stopped'],
      matrixSize: 1,
      knowsSensor: true,
      levoEnvTag: 'env',
      each: { until: 'render', waits: true, dryRun: false, change: { kind: 'install' }, notes: [] }
    })
  })

  test('knows presence and image alone without what an install needs', async () => {
    const { knowsSensor, levoEnvTag, each } = await parseFleet({ ...DISCOVER, ...NO_SENSOR, image: 'mirror/tap:1' })
    expect([knowsSensor, levoEnvTag]).toEqual([false, undefined])
    expect(each.change).toEqual({ kind: 'keep', image: 'mirror/tap:1' })
    expect(each.notes).toEqual([
      {
        level: 'note',
        text: 'Compared are presence and image alone, not the options of the sensor: without satellite-url, levo-env, levoai-org-id'
      }
    ])
  })

  test.each(Object.keys(NO_SENSOR))('the same without %s', async name => {
    const { knowsSensor, levoEnvTag, each } = await parseFleet({ ...DISCOVER, 'levo-env': 'tag:env', [name]: '' })
    expect([knowsSensor, levoEnvTag, each.change.kind]).toEqual([false, undefined, 'keep'])
    expect(each.notes).toHaveLength(1)
  })
})

describe('mode restore', () => {
  test('needs the results and nothing of a sensor, and asks for none in what ran before', async () => {
    expect(await parseFleet({ ...RESTORE, ...NO_SENSOR, canary: '2' })).toMatchObject({
      mode: 'restore',
      resultsFile: 'results.json',
      knowsSensor: false,
      rhythm: { canary: 2 },
      each: {
        until: 'deploy',
        change: { kind: 'keep', image: 'levoai/pcap-sensor:0.1.9' },
        follow: { verify: 'off', rollback: true },
        notes: []
      }
    })
  })

  test('may be a dry run', async () => {
    expect((await parseFleet({ ...RESTORE, 'dry-run': 'true' })).each).toMatchObject({ until: 'render', dryRun: true })
  })
})

test('mode remove needs nothing of a sensor, and proves that it is gone', async () => {
  expect(await parseFleet({ ...NO_SENSOR, mode: 'remove', clusters: 'prod' })).toMatchObject({
    mode: 'remove',
    knowsSensor: false,
    each: { change: { kind: 'remove' }, until: 'deploy', follow: { verify: 'require', rollback: true } }
  })
})

test('a dry run stops before anything is registered', async () => {
  const { each } = await parseFleet({ services: 'web', 'dry-run': 'true' })
  expect(each).toMatchObject({ until: 'render', dryRun: true, aws: 'ask' })
})

test('a comment on the pull request may be asked for', async () => {
  const raw = { services: 'web', 'comment-on-pull-request': 'true', 'github-token': 'ghs_x' }
  expect((await parseFleet(raw)).each).toMatchObject({
    comment: { token: 'ghs_x', source: { kind: 'service' }, services: [] },
    secrets: ['org-7f3a', 'ghs_x']
  })
})

describe('where it starts from', () => {
  const arn = (region: string) => `arn:aws:ecs:${region}:111122223333:cluster/blue`
  test.each([
    ["the environment's Region", { services: 'web' }, {}, 'eu-west-1'],
    ['the one that is given', { services: 'web', 'aws-region': 'us-east-2' }, {}, 'us-east-2'],
    ['the first that is named', { regions: 'all, us-west-2, us-east-1' }, {}, 'us-west-2'],
    ['the first that an ARN names', { clusters: `${arn('us-east-2')},${arn('us-east-1')}` }, {}, 'us-east-2'],
    ['the one that all agree on', { clusters: arn('us-east-2'), 'aws-region': 'us-east-2' }, {}, 'us-east-2'],
    ["the environment's where only patterns are given", { regions: 'us-*' }, {}, 'eu-west-1'],
    [
      "the profile's last",
      { regions: 'all' },
      { region: undefined, profileRegion: async () => 'sa-east-1' },
      'sa-east-1'
    ],
    ['a name, where there is no environment', { regions: 'us-east-1' }, { region: undefined }, 'us-east-1'],
    ['none in restore, where results name them', RESTORE, { region: undefined }, '']
  ])('%s', async (_name, raw, environment, region) => {
    expect((await parseFleet(raw, environment)).each.region).toBe(region)
  })
})
