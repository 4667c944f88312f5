import { describe, expect, test } from '@jest/globals'
import type { Entry } from '../../src/fleet/fleet.ts'
import type { FleetEvent, FleetReport } from '../../src/report/fleet-report.ts'
import { concludeFleet, sayFleet } from '../../src/report/fleet-text.ts'
import { arnOf, createEntry, createFleetReport, createMoved, refusal } from './fleet-entries.ts'

const lines = (event: FleetEvent, changes: Partial<FleetReport> = {}) =>
  sayFleet(event, createFleetReport([], changes)).map(said => (said.kind === 'line' ? said.text : said))
const entryLines = (entry: Entry, changes: Partial<FleetReport> = {}) => lines({ kind: 'entry', entry }, changes)

describe('what was found', () => {
  test('is said with Regions, clusters and services', () => {
    const entries = [
      createEntry('web'),
      createEntry('api', { arn: arnOf('web', 7) }),
      createEntry('web', { region: 'us-east-1' })
    ]
    const skipped = [
      { region: 'ap-south-2', code: 'denied', reason: 'ecs:ListClusters is denied\n::error::allow it' },
      { region: 'eu-west-1', cluster: 'prod', service: 'old', code: 'off', reason: 'its tag levoai:sensor is off' }
    ]
    expect(sayFleet({ kind: 'discovered' }, createFleetReport(entries, { skipped }))).toEqual([
      {
        kind: 'group',
        title: 'Found 3 services in 2 clusters of 2 Regions; they run 2 task definitions',
        lines: ['eu-west-1/prod: 2 services: web, api', 'us-east-1/prod: 1 service: web']
      },
      {
        kind: 'group',
        title: 'Left out: 2',
        lines: [
          'ap-south-2: ecs:ListClusters is denied\n  | ::error::allow it',
          'eu-west-1/prod/old: its tag levoai:sensor is off'
        ]
      }
    ])
  })

  test('is said when it is nothing', () => {
    expect(lines({ kind: 'discovered' })).toEqual(['Found no service'])
  })
})

describe('of a service is said', () => {
  const adds = { cpu: 256, memory: 512, size: '1024/2048' }

  test.each<[string, Entry, Partial<FleetReport>]>([
    [`deployed, runs ${arnOf('web', 8)}`, createMoved('web', 'deployed'), {}],
    [`moved back, runs ${arnOf('web', 8)}`, createMoved('web', 'deployed'), { mode: 'restore' }],
    [`runs ${arnOf('web', 7)} already`, createEntry('web', { outcome: 'already-running' }), {}],
    [`started (deployment ecs-svc/3 to ${arnOf('web', 8)})`, createMoved('web', 'started'), {}],
    ['failed: no\n  | do so', createEntry('web', { outcome: 'failed', error: refusal('no\ndo so') }), {}],
    [`stopped (deployment ecs-svc/3 to ${arnOf('web', 8)})`, createMoved('web', 'stopped'), {}],
    ['refused: by us', createEntry('web', { outcome: 'refused', error: refusal('by us') }), {}],
    [
      'left alone: it runs x',
      createEntry('web', { outcome: 'not-begun', error: refusal('it runs x', 'moved-on') }),
      { mode: 'restore' }
    ],
    ['not begun', createEntry('web', { outcome: 'not-begun' }), {}],
    [
      'needs a new revision; each task: +256 CPU units, +512 MiB, task size 1 vCPU / 2 GB',
      createEntry('web', { changed: true, adds }),
      {}
    ],
    ['needs no new revision', createEntry('web', { changed: false }), {}],
    [
      'would get a new revision; each task: -64 CPU units, +0 MiB',
      createEntry('web', { changed: true, adds: { cpu: -64, memory: 0 } }),
      { dryRun: true }
    ],
    ['nothing to change', createEntry('web', { changed: false }), { dryRun: true }],
    ['would be moved back', createEntry('web'), { dryRun: true, mode: 'restore' }],
    [
      'sensor absent; its revision was registered by me at 1970-01-01T00:00:00Z',
      createEntry('web', { sensor: 'absent', registeredBy: 'me', registeredAt: 0 }),
      { mode: 'discover' }
    ],
    ['sensor stopped', createEntry('web', { sensor: 'stopped' }), { mode: 'discover' }]
  ])('%s', (text, entry, changes) => {
    expect(entryLines(entry, changes)).toEqual([`eu-west-1/prod/web: ${text}`])
  })

  test('nothing as long as nothing is known', () => {
    expect(entryLines(createEntry('web'))).toEqual([])
  })

  test('where its deployment is', () => {
    const moment = { seconds: 65, text: '2 of 2 tasks run' }
    const entry = createMoved('web', 'started')
    expect(lines({ kind: 'moment', entry, moment })).toEqual(['[1m05s] eu-west-1/prod/web: 2 of 2 tasks run'])
  })
})

test('a revision is said with how many run it, and a note as it is', () => {
  const arn = arnOf('web', 8)
  expect(lines({ kind: 'registered', arn, services: 2 })).toEqual([`Registered ${arn} for 2 services`])
  const note = { level: 'warning', text: 'x' } as const
  expect(lines({ kind: 'noted', note })).toEqual([{ kind: 'note', note }])
})

describe('it comes to', () => {
  const all = [
    createMoved('a', 'deployed'),
    createMoved('b', 'deployed'),
    createMoved('c', 'already-running'),
    createMoved('d', 'failed'),
    createEntry('e', { outcome: 'refused' }),
    createEntry('f', { outcome: 'not-begun' })
  ]

  test.each<[string, readonly Entry[], Partial<FleetReport>]>([
    ['6 services: 2 deployed, 1 already-running, 1 failed, 1 refused, 1 not begun', all, {}],
    [
      '2 services: 1 moved back, 1 left alone',
      [createMoved('a', 'deployed'), createEntry('b', { outcome: 'not-begun', error: refusal('x', 'moved-on') })],
      { mode: 'restore' }
    ],
    ['No service was found', [], {}],
    [
      '1 service: 1 would change; 1 left out; dry run, nothing in AWS was changed',
      [createEntry('a', { changed: true })],
      { dryRun: true, skipped: [{ region: 'eu-west-1', code: 'x', reason: 'y' }] }
    ],
    [
      '2 services: 1 present, 1 outdated',
      [createEntry('a', { sensor: 'outdated' }), createEntry('b', { sensor: 'present' })],
      { mode: 'discover' }
    ]
  ])('%s', (sentence, entries, changes) => {
    expect(concludeFleet(createFleetReport(entries, changes))).toBe(sentence)
  })
})
