import { expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { toMarkdown } from '../../src/report/markdown.ts'
import { toOutputs } from '../../src/report/outputs.ts'
import type { ServiceResult } from '../../src/report/report.ts'
import { say } from '../../src/report/text.ts'
import { createReport, revisionArn } from '../support/report.ts'

const delivered = (changes: object = {}): ServiceResult => ({
  kind: 'moved',
  deployment: {
    service: 'web',
    outcome: 'started',
    begun: true,
    previousArn: revisionArn(7),
    arn: revisionArn(8),
    codeDeployDeploymentId: 'd-ABC123DEF',
    notes: [],
    ...changes
  }
})

const lineOf = (result: ServiceResult) => say({ kind: 'service', result }, createReport(), [])

test.each([
  ['started', {}, `CodeDeploy deployment d-ABC123DEF started, ${revisionArn(7)} -> ${revisionArn(8)}`],
  ['found under way', { begun: false }, `CodeDeploy deployment d-ABC123DEF to ${revisionArn(8)} is under way`],
  [
    'completed',
    { outcome: 'deployed', deploymentId: 'ecs-svc/1', course: [] },
    `CodeDeploy deployment d-ABC123DEF completed, runs ${revisionArn(8)}`
  ],
  [
    'failed',
    { outcome: 'failed', error: new StepError({ code: 'deployment-failed', what: 'no' }) },
    `failed (CodeDeploy deployment d-ABC123DEF to ${revisionArn(8)})`
  ]
])('a line for one that %s', (_, changes, text) => {
  expect(lineOf(delivered(changes))).toEqual([{ kind: 'line', text: `web: ${text}` }])
})

test('its id is an output of its own', () => {
  const outputs = toOutputs(createReport({ until: 'deploy', services: [delivered()] }), {})
  expect(outputs['codedeploy-deployment-id']).toBe('d-ABC123DEF')
  expect(outputs).not.toHaveProperty('deployment-id')
})

test('and stands in the summary', () => {
  const summary = toMarkdown(createReport({ until: 'deploy', services: [delivered()] }), [])
  expect(summary).toContain('/codesuite/codedeploy/deployments/d-ABC123DEF?region=eu-west-1)')
})
