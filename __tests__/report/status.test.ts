import { describe, expect, test } from '@jest/globals'
import type { Outcome } from '../../src/deploy/deployment.ts'
import { StepError } from '../../src/errors.ts'
import { nextSteps } from '../../src/report/next-steps.ts'
import type { Report, ServiceResult } from '../../src/report/report.ts'
import { statusOf } from '../../src/report/status.ts'
import { fargateDefinition } from '../fixtures/definitions.ts'
import { createRendering, createReport, revisionArn } from '../support/report.ts'

const error = new StepError({ code: 'answer-lost', what: 'it went wrong' })
const ended = (service: string, outcome: Outcome): ServiceResult => ({
  kind: 'moved',
  deployment: { service, outcome, previousArn: revisionArn(7), arn: revisionArn(8), notes: [], error }
})
const failed = (service: string, code: string): ServiceResult => ({
  kind: 'failed',
  service,
  previousArn: revisionArn(7),
  error: new StepError({ code, what: 'it went wrong' })
})
const nameless = createRendering({}, fargateDefinition({ family: undefined }))
const there = { changed: false, baseArn: revisionArn(7) } as const
const web = (revision: number) => [{ service: 'web', arn: revisionArn(revision) }]

describe('in a few words', () => {
  test.each<[string, Partial<Report>]>([
    ['nothing to change', { ...there, until: 'render', dryRun: true, running: web(7) }],
    ['plan, moves web onto shop:7', { ...there, until: 'render', dryRun: true, running: web(6) }],
    ['plan, deploys shop:7 anew in web', { ...there, until: 'render', dryRun: true, running: web(7), forces: true }],
    ['nothing to change', { ...there, until: 'render', running: web(7), forces: true }],
    [
      'plan, sets desired-count 3 of web',
      { ...there, until: 'render', dryRun: true, named: ['web'], running: web(7), sets: ['desired-count 3'] }
    ],
    [
      'rendered, the same as shop:7',
      {
        ...there,
        until: 'render',
        running: web(6),
        otherChanges: [{ arn: revisionArn(6), services: ['web'], changes: ['cpu: changed'] }]
      }
    ],
    ['failed, the service was put back', { error, services: [ended('web', 'rolled-back')] }],
    ['failed, the deployment timed out', { error, services: [ended('web', 'timed-out')] }],
    ['failed, the deployment was superseded', { error, services: [ended('web', 'superseded')] }],
    [
      "failed: web was put back, api's deployment timed out, jobs's deployment was stopped",
      {
        error,
        services: [
          ended('web', 'rolled-back'),
          ended('api', 'timed-out'),
          ended('jobs', 'stopped'),
          ended('x', 'failed')
        ]
      }
    ]
  ])('%s', (words, report) => {
    expect(statusOf(createReport(report)).words).toBe(words)
  })
})

describe('what to do next', () => {
  const registration = { arn: revisionArn(8), outcome: 'registered', notes: [] } as const
  const stays = `${revisionArn(8)} is registered and stays;`
  const deploy = { until: 'deploy', registration, error } as const

  test.each<[string, Partial<Report>, string[]]>([
    ['nothing, where nothing changes', { ...there, until: 'render', dryRun: true, running: web(7) }, []],
    ['nothing, where it is registered already', { ...there, until: 'render' }, []],
    [
      'the same without dry-run, where a service moves',
      { ...there, until: 'render', dryRun: true, running: web(6) },
      ['The same step without dry-run does what the plan says.']
    ],
    ['a family', { until: 'render', rendering: nameless }, ['Add "family" to the task definition.']],
    [
      'a family in a dry run too',
      { until: 'render', dryRun: true, rendering: nameless },
      ['Add "family" to the task definition.']
    ],
    [
      'a revision that stays alone',
      { ...deploy, services: [failed('web', 'access-denied')] },
      [`${stays} no service was moved onto it.`]
    ],
    [
      'a revision that may not be alone',
      {
        ...deploy,
        services: [failed('web', 'answer-lost'), failed('api', 'deployment-unknown'), failed('x', 'refused')]
      },
      [`${stays} whether web, api was moved onto it is not known.`]
    ],
    [
      'nothing, after a run was cancelled: a call may be under way',
      { ...deploy, error: new StepError({ code: 'cancelled', what: 'it was cancelled' }) },
      []
    ],
    ['nothing, where it is not known whether it was registered', { until: 'deploy', error }, []]
  ])('%s', (_name, report, steps) => {
    expect(nextSteps(createReport(report))).toEqual(steps)
  })
})
