import { describe, expect, test } from '@jest/globals'
import type { Event, Report, ServiceResult } from '../../src/report/report.ts'
import { conclude, say } from '../../src/report/text.ts'
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
      'that it failed',
      { kind: 'service', result: { kind: 'failed', service: 'web', previousArn: '', error: 1 } },
      {},
      'web: not moved, it failed'
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
  test.each<[string, Partial<Report>, string]>([
    [
      'of a dry run',
      { until: 'render', dryRun: true },
      'Dry run: nothing in AWS was changed. Without dry-run it would register a revision of shop'
    ],
    [
      'of a dry run for services',
      { until: 'render', dryRun: true, named: ['web', 'api'] },
      'Dry run: nothing in AWS was changed. Without dry-run it would register a revision of shop and move web, api onto it'
    ],
    [
      'of a dry run with nothing to do',
      { until: 'render', dryRun: true, changed: false },
      'Dry run: nothing in AWS was changed'
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
      `Begun: ${revisionArn(8)} is registered; moving onto it now: web, jobs`
    ]
  ])('%s', (_name, report, text) => {
    expect(conclude(createReport(report))).toBe(text)
  })
})
