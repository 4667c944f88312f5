import { describe, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { OUTPUTS, toOutputs, toResults } from '../../src/report/outputs.ts'
import type { Report, ServiceResult } from '../../src/report/report.ts'
import { fargateDefinition } from '../fixtures/definitions.ts'
import { createRendering, createReport, revisionArn } from '../support/report.ts'

const FILE = { taskDefinition: '/tmp/rendered.json' }
const SENSOR = JSON.stringify(createRendering().sensor)
const RENDERED = {
  'task-definition': '/tmp/rendered.json',
  'task-definition-family': 'shop',
  'container-definition': SENSOR,
  'sensor-image': 'levoai/pcap-sensor:0.1.9'
}
const URL = 'https://eu-west-1.console.aws.amazon.com/ecs/v2/task-definitions/shop/8/containers?region=eu-west-1'

const moved = (service: string, outcome: 'started' | 'already-running' = 'started'): ServiceResult => ({
  kind: 'moved',
  deployment: {
    service,
    outcome,
    previousArn: revisionArn(7),
    arn: revisionArn(8),
    deploymentId: `ecs-svc/${service}`,
    serviceDeploymentArn: `arn:deployment/${service}`,
    notes: []
  }
})
const denied = new StepError({ code: 'access-denied', what: 'no', hint: 'ask' })
const failed = (service: string): ServiceResult => ({
  kind: 'failed',
  service,
  previousArn: revisionArn(6),
  error: denied
})
const notBegun = (service: string): ServiceResult => ({ kind: 'not-begun', service, previousArn: revisionArn(5) })

const registered = { arn: revisionArn(8), outcome: 'registered', notes: [] } as const
const REGISTERED = {
  ...RENDERED,
  'task-definition-arn': revisionArn(8),
  'task-definition-revision': '8',
  'previous-task-definition-arn': revisionArn(7),
  changed: 'true'
}

describe('the outputs are exactly', () => {
  test.each<[string, Partial<Report>, Record<string, string>]>([
    ['of one that was rendered only', { until: 'render' }, RENDERED],
    [
      'of a dry run that would change something',
      { until: 'render', dryRun: true, changed: true, baseArn: revisionArn(7) },
      { ...RENDERED, changed: 'true', 'previous-task-definition-arn': revisionArn(7) }
    ],
    [
      'of a dry run that would change nothing',
      {
        until: 'render',
        dryRun: true,
        changed: false,
        baseArn: revisionArn(7),
        registration: { arn: revisionArn(7), outcome: 'unchanged', notes: [] }
      },
      {
        ...REGISTERED,
        changed: 'false',
        'task-definition-arn': revisionArn(7),
        'task-definition-revision': '7'
      }
    ],
    ['of one that was registered', { changed: true, baseArn: revisionArn(7), registration: registered }, REGISTERED],
    [
      'of one that changed nothing',
      { changed: false, baseArn: revisionArn(8), registration: { ...registered, outcome: 'unchanged' } },
      { ...REGISTERED, changed: 'false', 'previous-task-definition-arn': revisionArn(8) }
    ],
    [
      'of one that failed to register',
      { changed: true, baseArn: revisionArn(7), error: denied },
      { ...RENDERED, 'previous-task-definition-arn': revisionArn(7) }
    ],
    [
      'of two services, one of which failed',
      { until: 'deploy', changed: true, registration: registered, services: [moved('a'), failed('b')] },
      {
        ...REGISTERED,
        'previous-task-definition-arn': `${revisionArn(7)}\n${revisionArn(6)}`,
        'deployment-outcome': 'failed',
        'deployment-id': 'ecs-svc/a',
        'service-deployment-arn': 'arn:deployment/a'
      }
    ],
    [
      'of two services in their order',
      {
        until: 'deploy',
        changed: true,
        registration: registered,
        services: [moved('b', 'already-running'), moved('a')]
      },
      {
        ...REGISTERED,
        'previous-task-definition-arn': `${revisionArn(7)}\n${revisionArn(7)}`,
        'deployment-outcome': 'started',
        'deployment-id': 'ecs-svc/b\necs-svc/a',
        'service-deployment-arn': 'arn:deployment/b\narn:deployment/a'
      }
    ]
  ])('%s', (_name, changes, outputs) => {
    expect(toOutputs(createReport(changes), FILE)).toEqual(outputs)
  })

  test('none before anything is known', () => {
    const { rendering: _rendering, ...empty } = createReport()
    expect(toOutputs(empty, {})).toEqual({})
  })

  test('the family of a definition that has none is not set', () => {
    const rendering = createRendering({}, fargateDefinition({ family: undefined }))
    expect(toOutputs(createReport({ rendering }), {})).not.toHaveProperty('task-definition-family')
  })

  test('the results and their file when there is one', () => {
    const report = createReport({ registration: registered })
    const outputs = toOutputs(report, { results: '/tmp/results.json' })
    expect(outputs['results-file']).toBe('/tmp/results.json')
    expect(JSON.parse(outputs.results ?? '')).toEqual(JSON.parse(JSON.stringify(toResults(report))))
  })

  test('only ones that are documented', () => {
    const report = createReport({ until: 'deploy', registration: registered, services: [moved('a')] })
    for (const name of Object.keys(toOutputs(report, { ...FILE, results: '/r' }))) expect(OUTPUTS).toHaveProperty(name)
  })
})

describe('the worst outcome of several services', () => {
  test.each([
    [[moved('a', 'already-running')], 'already-running'],
    [[moved('a', 'already-running'), moved('b')], 'started'],
    [[moved('a'), failed('b')], 'failed'],
    [[moved('a'), notBegun('b')], 'failed']
  ])('of %j is %s', (services, outcome) => {
    expect(toOutputs(createReport({ services }), {})['deployment-outcome']).toBe(outcome)
  })
})

describe('the results', () => {
  const shown = (report: Report) => JSON.parse(JSON.stringify(toResults(report)))

  test('have one entry without services', () => {
    expect(shown(createReport({ registration: registered, baseArn: revisionArn(7) }))).toEqual([
      {
        region: 'eu-west-1',
        taskDefinition: revisionArn(8),
        previousTaskDefinition: revisionArn(7),
        changed: true,
        url: URL
      }
    ])
  })

  test('say why it failed', () => {
    const [result] = shown(createReport({ error: denied }))
    expect(result).toEqual({ region: 'eu-west-1', code: 'access-denied', reason: 'no\nask' })
    expect(shown(createReport({ error: new Error('odd') }))[0]).toMatchObject({ code: 'failed', reason: 'odd' })
  })

  test('have one entry for each service, failures first, without what does not apply', () => {
    const services = [moved('a'), notBegun('c'), failed('b')]
    const base = { region: 'eu-west-1', cluster: 'blue', taskDefinition: revisionArn(8), changed: true, url: URL }
    expect(shown(createReport({ registration: registered, services }))).toEqual([
      {
        ...base,
        service: 'b',
        previousTaskDefinition: revisionArn(6),
        outcome: 'failed',
        code: 'access-denied',
        reason: 'no\nask'
      },
      { ...base, service: 'a', previousTaskDefinition: revisionArn(7), outcome: 'started', deploymentId: 'ecs-svc/a' },
      { ...base, service: 'c', previousTaskDefinition: revisionArn(5), outcome: 'not-begun' }
    ])
  })

  test('are below 500 kB in the output, however many services there are', () => {
    const services = Array.from({ length: 3000 }, (_, index) => moved(`service-${index}`))
    const { results } = toOutputs(createReport({ registration: registered, services }), { results: '/r' })
    expect(Buffer.byteLength(results ?? '')).toBeLessThan(500_000)
    expect(JSON.parse(results ?? '').length).toBeGreaterThan(0)
  })
})
