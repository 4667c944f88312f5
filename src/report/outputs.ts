import { messageOf, StepError } from '../errors.ts'
import { type Note, note, warning } from '../task-definition/definition.ts'
import { consoleLink } from './links.ts'
import { redactTexts } from './redact.ts'
import {
  changedOf,
  outcomeOf,
  previousOf,
  previousRevisions,
  type Report,
  revisionOf,
  type ServiceResult,
  sensorRunningOf,
  serviceOf
} from './report.ts'

/** The outputs of the action, with their documentation. */
export const OUTPUTS = {
  'task-definition':
    'Absolute path of the rendered task definition, plain JSON (what the AWS deploy action and `--cli-input-json` read).',
  'task-definition-arn': 'ARN of the revision, registered now or there already.',
  'task-definition-family': 'Its family.',
  'task-definition-revision': 'Its revision number.',
  'previous-task-definition-arn':
    'What the service ran before, one a line; without `service` the revision compared with.',
  changed:
    '`true` when a revision was (or in a dry run would be) registered, else `false`; empty when it could not be compared.',
  'container-definition': "The sensor's container as JSON, with its real values.",
  'sensor-image': 'Image of the sensor.',
  'deployment-outcome':
    '`started`, `deployed`, `already-running`, `rolled-back`, `superseded`, `stopped`, `timed-out` or `failed`; with several services the worst.',
  'deployment-id': 'ECS deployment of each service, one a line.',
  'service-deployment-arn': 'ARN of the service deployment of each service, one a line.',
  'codedeploy-deployment-id': 'CodeDeploy deployment of a service that CodeDeploy deploys.',
  'sensor-running':
    'Tasks whose sensor runs, of those that were judged, such as `2/2`; `0/0`: there was nothing to judge. With several services the sum.',
  results: 'JSON list with an entry for each service; without services one for the revision.',
  'results-file': 'Path of a file that holds the whole of `results`.',
  matrix:
    'Of `mode: discover`: the services in groups, as JSON for `strategy.matrix`; each group is made of the inputs that the job takes.',
  'matrix-count': 'How many groups `matrix` has; with `0` there is no job to start.'
} as const satisfies Record<string, string>

export type OutputName = keyof typeof OUTPUTS

/** Files that only a host can write. */
export interface Files {
  readonly taskDefinition?: string | undefined
  readonly results?: string | undefined
}

/** The outputs that are known so far. What AWS said is in `results`, so those are redacted. */
export function toOutputs(
  report: Report,
  files: Files,
  redact: (text: string) => string = text => text
): Partial<Record<OutputName, string>> {
  const arn = revisionOf(report)
  const services = report.services ?? []
  const outputs: Partial<Record<OutputName, string | undefined>> = {
    'task-definition': files.taskDefinition,
    'task-definition-arn': arn,
    'task-definition-family': arn === undefined ? familyIn(report) : /task-definition\/([^:]+)/.exec(arn)?.[1],
    'task-definition-revision': arn?.slice(arn.lastIndexOf(':') + 1),
    'previous-task-definition-arn': previousRevisions(report).join('\n'),
    changed: changedOf(report)?.toString(),
    'container-definition': report.rendering?.sensor && JSON.stringify(report.rendering.sensor),
    'sensor-image': report.rendering?.sensor && String(report.rendering.sensor.image),
    'deployment-outcome': outcomeOf(services),
    'deployment-id': eachLine(services, deployment => deployment.deploymentId),
    'service-deployment-arn': eachLine(services, deployment => deployment.serviceDeploymentArn),
    'codedeploy-deployment-id': eachLine(services, deployment => deployment.codeDeployDeploymentId),
    'sensor-running': sensorRunningOf(services),
    results: files.results && cutResults(redactTexts(toResults(report), redact) as Result[]),
    'results-file': files.results
  }
  return withoutEmpty(outputs)
}

/** An output that is not known is not set. */
export function withoutEmpty(
  outputs: Partial<Record<OutputName, string | undefined>>
): Partial<Record<OutputName, string>> {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined && value !== ''))
}

/**
 * Which outputs hold a text that the runner masks: it hands them to later steps, but drops them as outputs of the job. The sensor's container
 * holds the org id by design, so that is no surprise; any other is.
 */
export function noteMasked(outputs: Partial<Record<OutputName, string>>, redact: (text: string) => string): Note[] {
  const masked = Object.entries(outputs).filter(([, value]) => redact(value) !== value)
  return masked.map(([name]) =>
    (name === 'container-definition' ? note : warning)(
      `output ${name} holds a text that the runner masks: steps of this job can use it, but as an output of the job it would be empty`
    )
  )
}

function familyIn(report: Report): string | undefined {
  const family = report.rendering?.after.family
  return typeof family === 'string' ? family : undefined
}

/** GitHub limits what a job's outputs hold; the file has all. */
const LARGEST_RESULTS = 500_000

/** As many of the first entries as fit, as JSON. */
export function cutResults(results: readonly Result[]): string {
  const entries = results.map(result => JSON.stringify(result))
  let length = 2
  const kept = entries.filter(entry => {
    length += Buffer.byteLength(entry) + 1
    return length < LARGEST_RESULTS
  })
  return `[${kept.join(',')}]`
}

type Moved = Extract<ServiceResult, { kind: 'moved' }>['deployment']

function eachLine(services: readonly ServiceResult[], value: (deployment: Moved) => string | undefined): string {
  return services.flatMap(result => (result.kind === 'moved' ? (value(result.deployment) ?? []) : [])).join('\n')
}

export interface Result {
  readonly region: string
  readonly cluster?: string | undefined
  readonly service?: string | undefined
  readonly taskDefinition?: string | undefined
  readonly previousTaskDefinition?: string | undefined
  readonly changed?: boolean | undefined
  readonly outcome?: string | undefined
  readonly code?: string | undefined
  readonly deploymentId?: string | undefined
  /** How the sensor stands, by the words of `mode: discover`. */
  readonly sensor?: string | undefined
  readonly sensorRunning?: string | undefined
  /** Who registered the revision that the service ran, and when (ISO text). */
  readonly registeredBy?: string | undefined
  readonly registeredAt?: string | undefined
  readonly reason?: string | undefined
  readonly url?: string | undefined
}

/** One entry for each service, failures first; without services one for the task definition. */
export function toResults(report: Report): Result[] {
  const base = { region: report.region, taskDefinition: revisionOf(report), changed: changedOf(report) }
  if (report.services === undefined || report.services.length === 0) {
    const failure = report.error === undefined ? {} : failureOf(report.error)
    return [{ ...base, previousTaskDefinition: report.baseArn, ...failure, url: linkTo(base.taskDefinition) }]
  }
  const results = report.services.map(
    (result): Result => ({
      ...base,
      cluster: report.cluster,
      service: serviceOf(result),
      previousTaskDefinition: previousOf(result),
      ...outcomeMembers(result),
      url: linkTo(base.taskDefinition)
    })
  )
  return [...results.filter(({ code }) => code !== undefined), ...results.filter(({ code }) => code === undefined)]
}

function outcomeMembers(result: ServiceResult): Partial<Result> {
  if (result.kind === 'not-begun') return { outcome: result.kind }
  if (result.kind === 'failed') return { outcome: result.kind, ...failureOf(result.error) }
  const { outcome, deploymentId, error, arn } = result.deployment
  return {
    taskDefinition: arn,
    outcome,
    deploymentId,
    sensorRunning: sensorRunningOf([result]),
    ...(error === undefined ? {} : failureOf(error))
  }
}

/** Why something failed, as results have it. */
export function failureOf(error: unknown): { code: string; reason: string } {
  return { code: error instanceof StepError ? error.code : 'failed', reason: messageOf(error) }
}

function linkTo(arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : consoleLink(arn)
}
