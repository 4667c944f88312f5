import { describe, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import type { Event, Report, ServiceResult } from '../../src/report/report.ts'
import { conclude, say, titleOf } from '../../src/report/text.ts'
import { fargateDefinition } from '../fixtures/definitions.ts'
import { createRendering, createReport, revisionArn } from '../support/report.ts'

const registered = { arn: revisionArn(8), outcome: 'registered', notes: [] } as const
const unchanged = { arn: revisionArn(8), outcome: 'unchanged', notes: [] } as const
const moved = (service: string, changes: object = {}): ServiceResult => ({
  kind: 'moved',
  deployment: {
    service,
    outcome: 'started',
    begun: true,
    previousArn: revisionArn(7),
    arn: revisionArn(8),
    deploymentId: 'ecs-svc/1',
    notes: [],
    ...changes
  }
})

const failed = (code: string): ServiceResult => ({
  kind: 'failed',
  service: 'web',
  previousArn: revisionArn(7),
  error: new StepError({ code, what: 'it went wrong' })
})
const running = (...arns: string[]) => arns.map((arn, index) => ({ service: ['web', 'api'][index] ?? '', arn }))
const nameless = createRendering({}, fargateDefinition({ family: undefined }))
const same = createRendering({}, createRendering().after)

const lineOf = (event: Event, report: Partial<Report> = {}, plan: readonly string[] = []) =>
  say(event, createReport(report), plan)

describe('a line is said', () => {
  test.each<[string, Event, Partial<Report>, string]>([
    ['where it comes from', { kind: 'sourced', origin: 'file task.json' }, {}, 'Task definition: file task.json'],
    [
      'that nothing changes',
      { kind: 'compared', changed: false, baseArn: revisionArn(7) },
      {},
      `Nothing changed: ${revisionArn(7)} is this definition already, so no revision is registered`
    ],
    [
      'that a revision is registered',
      { kind: 'compared', changed: true, baseArn: revisionArn(7) },
      {},
      `Differs from ${revisionArn(7)}: registering a new revision`
    ],
    [
      'that one would be',
      { kind: 'compared', changed: true, baseArn: revisionArn(7) },
      { until: 'render' },
      `Differs from ${revisionArn(7)}: registering it would make a new revision`
    ],
    [
      'that it is the first',
      { kind: 'compared', changed: true },
      {},
      'shop has no ACTIVE revision yet: this will be its first'
    ],
    ['that the sensor is there', { kind: 'planned' }, {}, 'The sensor in it is as these inputs ask for already'],
    ['what was registered', { kind: 'registered', registration: registered }, {}, `Registered ${revisionArn(8)}`],
    [
      'that a service moves',
      { kind: 'service', result: moved('web') },
      {},
      `web: deployment ecs-svc/1 started, ${revisionArn(7)} -> ${revisionArn(8)}`
    ],
    [
      'that it moves already',
      { kind: 'service', result: moved('web', { begun: false, previousArn: revisionArn(8) }) },
      {},
      `web: deployment ecs-svc/1 to ${revisionArn(8)} is under way`
    ],
    [
      'that it is there',
      { kind: 'service', result: moved('web', { outcome: 'already-running' }) },
      {},
      `web: runs ${revisionArn(8)} already`
    ],
    [
      'that nothing has to be registered for a service that moves',
      { kind: 'compared', changed: false, baseArn: revisionArn(7) },
      { until: 'deploy', changed: false, baseArn: revisionArn(7), running: running(revisionArn(6)) },
      `${revisionArn(7)} is this definition already, so no revision is registered`
    ],
    [
      'that the same is registered again',
      { kind: 'compared', changed: true, baseArn: revisionArn(7) },
      { again: true },
      `${revisionArn(7)} is this definition already, but was deregistered: the same is registered again`
    ],
    [
      'that the same would be registered again',
      { kind: 'compared', changed: true, baseArn: revisionArn(7) },
      { again: true, until: 'render' },
      `${revisionArn(7)} is this definition already, but was deregistered: registering it would make a new revision`
    ],
    ['that it failed', { kind: 'service', result: failed('access-denied') }, {}, 'web: not moved, it failed'],
    ...['answer-lost', 'deployment-unknown'].map((code): [string, Event, Partial<Report>, string] => [
      `that nobody knows whether it was moved after ${code}`,
      { kind: 'service', result: failed(code) },
      {},
      'web: it failed, and whether it was moved is not known'
    ]),
    [
      'that it could not be verified',
      { kind: 'service', result: failed('answer-lost') },
      { until: 'verify' },
      'web: not verified, it failed'
    ],
    [
      'that it was not begun',
      { kind: 'service', result: { kind: 'not-begun', service: 'web', previousArn: '' } },
      {},
      'web: not moved, nothing was tried'
    ]
  ])('%s', (_name, event, report, text) => {
    expect(lineOf(event, report)).toEqual([{ kind: 'line', text }])
  })
})

test('a plan is a group', () => {
  const event: Event = { kind: 'planned' }
  expect(lineOf(event, {}, ['+a'])).toEqual([
    { kind: 'group', title: 'Plan: adds levo-pcap-sensor (512 CPU units, 512 MiB)', lines: ['+a'] }
  ])
})

describe('a plan is called', () => {
  const baseArn = revisionArn(7)
  const there = { changed: false, baseArn, until: 'deploy' } as const
  const before = createRendering({ image: 'levoai/pcap-sensor:0.2.0' }).sensor
  const other = { arn: revisionArn(6), services: ['web', 'api'], changes: [] }
  const nothing = { before: fargateDefinition(), after: fargateDefinition(), notes: [] }
  const change = { lost: [], others: [], says: [] }

  test.each<[string, Partial<Report>]>([
    ['moves web, api onto shop:7', { ...there, running: running(revisionArn(6), revisionArn(5)) }],
    ['moves api onto shop:7', { ...there, running: running(baseArn, revisionArn(5)) }],
    [
      'moves api onto shop:7, deploys shop:7 anew in web',
      { ...there, forces: true, running: running(baseArn, revisionArn(5)) }
    ],
    ['the same as shop:7', { ...there, until: 'render', running: running(revisionArn(5)) }],
    ['registers the same as shop:7, which was deregistered', { changed: true, again: true, baseArn, rendering: same }],
    [
      'changes tags, keeps levo-pcap-sensor as it is',
      { changed: true, baseArn, rendering: same, tags: [{ key: 'team', value: 'a' }] }
    ],
    [
      'keeps levo-pcap-sensor as it is',
      { changed: true, baseArn, rendering: same, tagsBefore: [{ key: 'levoai:commit', value: 'a' }] }
    ],
    [
      'updates levo-pcap-sensor (512 CPU units, 512 MiB)',
      { changed: true, otherChanges: [{ ...other, sensor: { ...change, before } }] }
    ],
    [
      'takes out levo-pcap-sensor of shop:6, which web, api run',
      { changed: true, rendering: nothing, otherChanges: [{ ...other, sensor: { ...change, before } }] }
    ],
    ['no sensor to take out', { changed: true, rendering: nothing, otherChanges: [other] }],
    ['no container changes', { changed: true, rendering: nothing }]
  ])('%s', (title, report) => {
    expect(titleOf(createReport(report))).toBe(`Plan: ${title}`)
  })
})

test('a note is a note, and what was there already is not registered again', () => {
  const note = { level: 'warning', text: 'careful' } as const
  expect(lineOf({ kind: 'noted', note })).toEqual([{ kind: 'note', note }])
  expect(lineOf({ kind: 'registered', registration: unchanged })).toEqual([])
})

test('a definition without a family is called the family', () => {
  const rendering = createRendering({}, fargateDefinition({ family: undefined }))
  expect(lineOf({ kind: 'compared', changed: true }, { rendering })).toEqual([
    { kind: 'line', text: 'the family has no ACTIVE revision yet: this will be its first' }
  ])
})

describe('the last line', () => {
  const silent = { verdict: 'refuted', expected: 'present', running: 0, tasks: [{}, {}] }
  test.each<[string, Partial<Report>, string]>([
    [
      'of a dry run',
      { until: 'render', dryRun: true },
      'Dry run: nothing in AWS was changed. Without dry-run it would register a revision of shop (unless its latest one is the same)'
    ],
    [
      'of a dry run for a revision that is another',
      { until: 'render', dryRun: true, changed: true },
      'Dry run: nothing in AWS was changed. Without dry-run it would register a revision of shop'
    ],
    [
      'of a dry run for services',
      { until: 'render', dryRun: true, named: ['web', 'api'] },
      'Dry run: nothing in AWS was changed. Without dry-run it would register a revision of shop (unless its latest one is the same) and move web, api onto it'
    ],
    [
      'of a dry run with nothing to do',
      { until: 'render', dryRun: true, changed: false },
      'Dry run: nothing in AWS was changed'
    ],
    [
      'of a dry run for services of which one is there',
      {
        until: 'render',
        dryRun: true,
        changed: false,
        baseArn: revisionArn(7),
        named: ['web', 'api'],
        running: running(revisionArn(7), revisionArn(6))
      },
      'Dry run: nothing in AWS was changed. Without dry-run it would move api onto shop:7'
    ],
    [
      'of a dry run for services that are there, which are forced',
      {
        until: 'render',
        dryRun: true,
        changed: false,
        baseArn: revisionArn(7),
        named: ['web', 'api'],
        running: running(revisionArn(7), revisionArn(7)),
        forces: true
      },
      'Dry run: nothing in AWS was changed. Without dry-run it would deploy shop:7 anew in web, api'
    ],
    [
      'of a dry run for a service that is there',
      { until: 'render', dryRun: true, changed: false, baseArn: revisionArn(7), running: running(revisionArn(7)) },
      'Dry run: nothing in AWS was changed'
    ],
    [
      'of a dry run for a service that is there, and gets settings',
      {
        until: 'render',
        dryRun: true,
        changed: false,
        baseArn: revisionArn(7),
        named: ['web'],
        running: running(revisionArn(7)),
        sets: ['desired-count 3', 'propagate-tags SERVICE']
      },
      'Dry run: nothing in AWS was changed. Without dry-run it would set desired-count 3, propagate-tags SERVICE of web'
    ],
    [
      'of a dry run with register: false',
      { until: 'render', dryRun: true, rendersOnly: true, changed: true, baseArn: revisionArn(7) },
      'Dry run: nothing in AWS was changed. Without dry-run it would stop after rendering, too, as register: false asks'
    ],
    [
      'of a dry run without a family',
      { until: 'render', dryRun: true, rendering: nameless },
      'Dry run: nothing in AWS was changed. It has no "family", so it cannot be registered as it is'
    ],
    [
      'of a rendering that is registered already',
      { until: 'render', changed: false, baseArn: revisionArn(7) },
      'Rendered only: nothing in AWS was changed. shop:7 is the same already, so there is nothing to register'
    ],
    [
      'of a rendering without a family',
      { until: 'render', rendering: nameless },
      'Rendered only: nothing in AWS was changed. It has no "family", so it cannot be registered as it is'
    ],
    [
      'of a rendering',
      { until: 'render' },
      'Rendered only: nothing in AWS was changed. Register the rendered file in a later step'
    ],
    ['of a registration', { registration: registered }, `Done: ${revisionArn(8)} is registered; no service was moved`],
    [
      'of nothing to register',
      { registration: unchanged },
      `Done: ${revisionArn(8)} was there already; no service was moved`
    ],
    [
      'of services that are there',
      { until: 'deploy', registration: unchanged, services: [moved('web', { outcome: 'already-running' })] },
      `Done: ${revisionArn(8)} was there already, and web runs it`
    ],
    [
      'of services that move',
      {
        until: 'deploy',
        registration: registered,
        services: [moved('web'), moved('api', { outcome: 'already-running' }), moved('jobs')]
      },
      `Begun: ${revisionArn(8)} is registered; moving onto it now: web, jobs; api runs it already`
    ],
    [
      'of services of which one is deployed anew',
      {
        until: 'deploy',
        registration: unchanged,
        services: [moved('web'), moved('api', { previousArn: revisionArn(8) })]
      },
      `Begun: ${revisionArn(8)} was there already; moving onto it now: web; deploying it anew: api`
    ],
    [
      'of services whose sensors do not run, which is a warning',
      {
        until: 'deploy',
        registration: registered,
        services: [moved('web', { outcome: 'deployed', sensor: silent }), moved('api', { outcome: 'deployed' })]
      },
      `Not verified: ${revisionArn(8)} is registered, and web, api run it; the sensor runs in 0 of 2 tasks`
    ]
  ])('%s', (_name, report, text) => {
    expect(conclude(createReport(report))).toBe(text)
  })
})
