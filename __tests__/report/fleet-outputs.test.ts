import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Outcome } from '../../src/deploy/deployment.ts'
import { type Entry, SENSOR_STATES } from '../../src/fleet/fleet.ts'
import { toFleetOutputs, toFleetResults } from '../../src/report/fleet-outputs.ts'
import type { FleetReport } from '../../src/report/fleet-report.ts'
import { isoTime } from '../../src/report/fleet-time.ts'
import { OUTPUTS } from '../../src/report/outputs.ts'
import { arnOf, createEntry, createFleetReport, createMoved, refusal } from './fleet-entries.ts'

const FILE = { results: '/tmp/results.json' }
const url = (service: string) =>
  `https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/${service}/deployments?region=eu-west-1`
const shown = (report: FleetReport) => JSON.parse(JSON.stringify(toFleetResults(report)))

const FAILED: readonly Outcome[] = ['failed', 'timed-out', 'stopped', 'superseded', 'rolled-back']
const OUTCOMES = [...FAILED, 'started', 'deployed', 'already-running', 'refused', 'not-begun'] as const

const entry: fc.Arbitrary<Entry> = fc
  .record({
    service: fc.stringMatching(/^[\w-]{1,20}$/),
    cluster: fc.constantFrom('prod', 'dev'),
    region: fc.constantFrom('eu-west-1', 'us-east-1'),
    outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined }),
    sensor: fc.option(fc.constantFrom(...SENSOR_STATES), { nil: undefined }),
    changed: fc.option(fc.boolean(), { nil: undefined }),
    error: fc.option(
      fc.string().map(text => refusal(text)),
      { nil: undefined }
    )
  })
  .map(({ service, ...rest }) => createEntry(service, rest))

const report: fc.Arbitrary<FleetReport> = fc
  .record({
    mode: fc.constantFrom('install' as const, 'remove' as const, 'discover' as const, 'restore' as const),
    dryRun: fc.boolean(),
    entries: fc.array(entry, { maxLength: 30 })
  })
  .map(({ entries, ...rest }) => createFleetReport(entries, rest))

describe('the results', () => {
  test('have failures first, then refused, then not begun, then the rest, with their members', () => {
    const entries = [
      createMoved('web', 'deployed'),
      createEntry('late', { outcome: 'not-begun' }),
      createEntry('pay', { outcome: 'refused', error: refusal('deployed by CodeDeploy', 'code-deploy') }),
      createMoved('jobs', 'rolled-back', { error: refusal('the sensor stopped', 'sensor-not-running') })
    ]
    const base = { region: 'eu-west-1', cluster: 'prod' }
    expect(shown(createFleetReport(entries))).toEqual([
      {
        ...base,
        service: 'jobs',
        taskDefinition: arnOf('jobs', 8),
        previousTaskDefinition: arnOf('jobs', 7),
        changed: true,
        outcome: 'rolled-back',
        code: 'sensor-not-running',
        deploymentId: 'ecs-svc/4',
        reason: 'the sensor stopped',
        url: url('jobs')
      },
      {
        ...base,
        service: 'pay',
        previousTaskDefinition: arnOf('pay', 7),
        outcome: 'refused',
        code: 'code-deploy',
        reason: 'deployed by CodeDeploy',
        url: url('pay')
      },
      {
        ...base,
        service: 'late',
        previousTaskDefinition: arnOf('late', 7),
        outcome: 'not-begun',
        url: url('late')
      },
      {
        ...base,
        service: 'web',
        taskDefinition: arnOf('web', 8),
        previousTaskDefinition: arnOf('web', 7),
        changed: true,
        outcome: 'deployed',
        deploymentId: 'ecs-svc/3',
        url: url('web')
      }
    ])
  })

  test('of discover tell the state, and who registered the revision when', () => {
    const found = createEntry('web', { sensor: 'stopped', registeredBy: 'arn:x', registeredAt: 1_772_366_400.9 })
    expect(shown(createFleetReport([found], { mode: 'discover' }))).toEqual([
      {
        region: 'eu-west-1',
        cluster: 'prod',
        service: 'web',
        taskDefinition: arnOf('web', 7),
        sensor: 'stopped',
        registeredBy: 'arn:x',
        registeredAt: '2026-03-01T12:00:00Z',
        url: url('web')
      }
    ])
  })

  test('of a service of which nothing is known yet say that it is not begun, but where nothing is ever begun', () => {
    const entries = [createEntry('web')]
    expect(shown(createFleetReport(entries))[0].outcome).toBe('not-begun')
    expect(shown(createFleetReport(entries, { dryRun: true }))[0]).not.toHaveProperty('outcome')
    expect(shown(createFleetReport(entries, { mode: 'discover' }))[0]).not.toHaveProperty('outcome')
  })

  test('have no link where the console is not known', () => {
    const entries = [createEntry('web', { arn: 'arn:aws-iso:ecs:us-iso-east-1:111122223333:task-definition/web:7' })]
    expect(shown(createFleetReport(entries))[0]).not.toHaveProperty('url')
  })

  test('lose no service, and name failures before all others', () => {
    const fateOf = (outcome: string | undefined) => {
      if (FAILED.some(failure => failure === outcome)) return 0
      return outcome === 'refused' ? 1 : outcome === 'not-begun' ? 2 : 3
    }
    fc.assert(
      fc.property(report, value => {
        const results = toFleetResults(value)
        const names = (list: readonly { readonly service?: string | undefined }[]) =>
          list.map(({ service }) => service).sort()
        expect(names(results)).toEqual(names(value.entries))
        if (value.mode === 'discover' || value.dryRun) return
        const fates = results.map(({ outcome }) => fateOf(outcome))
        expect(fates).toEqual([...fates].sort())
      })
    )
  })
})

describe('the outputs', () => {
  const moved = [createMoved('web', 'deployed'), createEntry('api', { outcome: 'already-running', changed: false })]

  test('are exactly those of a fleet', () => {
    const value = createFleetReport(moved)
    expect(toFleetOutputs(value, FILE)).toEqual({
      results: JSON.stringify(toFleetResults(value)),
      'results-file': '/tmp/results.json',
      changed: 'true',
      'deployment-outcome': 'deployed'
    })
  })

  test('of discover have the matrix as it is', () => {
    const matrix = { include: [{ regions: 'eu-west-1', services: 'web' }, { regions: 'us-east-1' }] }
    const outputs = toFleetOutputs(createFleetReport([], { mode: 'discover', matrix }), {}, () => '***')
    expect(outputs).toEqual({ matrix: JSON.stringify(matrix), 'matrix-count': '2' })
    const none = toFleetOutputs(createFleetReport([], { mode: 'discover', matrix: { include: [] } }), {})
    expect(none).toEqual({ matrix: '{"include":[]}', 'matrix-count': '0' })
  })

  test.each<[string, readonly Entry[], Partial<FleetReport>, string | undefined]>([
    ['the worst', [...moved, createMoved('b', 'timed-out')], {}, 'timed-out'],
    ['not what was refused or not begun', [...moved, createEntry('b', { outcome: 'refused' })], {}, 'deployed'],
    [
      'failed for one that failed before it was moved',
      [createEntry('b', { outcome: 'failed', error: refusal('no') })],
      {},
      'failed'
    ],
    ['none where nothing was moved', [createEntry('b', { outcome: 'not-begun' })], {}, undefined],
    ['none in a dry run', [createEntry('b', { outcome: 'already-running' })], { dryRun: true }, undefined],
    ['none of discover', [createEntry('b', { sensor: 'stopped' })], { mode: 'discover' }, undefined]
  ])('the outcome is %s', (_name, entries, changes, outcome) => {
    expect(toFleetOutputs(createFleetReport(entries, changes), {})['deployment-outcome']).toBe(outcome)
  })

  test.each([
    [[undefined, undefined], undefined],
    [[undefined, false], 'false'],
    [[false, true, undefined], 'true']
  ])('changed of %j is %s', (known, changed) => {
    const entries = known.map((each, index) => createEntry(`s${index}`, { changed: each }))
    expect(toFleetOutputs(createFleetReport(entries), {}).changed).toBe(changed)
  })

  test('are cut below 500 kB, the failures kept', () => {
    const many = Array.from({ length: 5000 }, (_, index) => createMoved(`service-${index}`, 'deployed'))
    const entries = [...many, createMoved('bad', 'failed', { error: refusal('no') })]
    const { results = '' } = toFleetOutputs(createFleetReport(entries), FILE)
    expect(Buffer.byteLength(results)).toBeLessThan(500_000)
    expect(JSON.parse(results)[0].service).toBe('bad')
    expect(toFleetResults(createFleetReport(entries))).toHaveLength(5001)
  })

  test('hide what AWS said of a secret', () => {
    const entries = [createEntry('web', { error: refusal('the org-1 is wrong') })]
    const { results } = toFleetOutputs(createFleetReport(entries), FILE, text => text.replaceAll('org-1', '***'))
    expect(results).toContain('the *** is wrong')
  })

  test('are documented', () => {
    fc.assert(
      fc.property(report, value => {
        for (const name of Object.keys(toFleetOutputs(value, FILE))) expect(OUTPUTS).toHaveProperty(name)
      })
    )
  })
})

test('a time is that of the calendar, whatever the day', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_208_988_800, max: 7_258_118_400 }), seconds => {
      expect(isoTime(seconds)).toBe(new Date(seconds * 1000).toISOString().replace('.000', ''))
    }),
    { numRuns: 2000 }
  )
})
