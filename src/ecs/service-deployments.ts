import type { Ecs, Output } from './ecs.ts'

type Described = NonNullable<Output<'DescribeServiceDeployments'>['serviceDeployments']>[number]

/** A service deployment as it was at one look: the try, and the way back if there is one. */
export interface ServiceDeploymentState {
  readonly arn: string
  /** Epoch seconds, as the next. */
  readonly createdAt: number
  readonly finishedAt?: number | undefined
  readonly status: string
  readonly statusReason?: string | undefined
  /** ARNs of the service revisions that ran before. */
  readonly sources: readonly string[]
  readonly rollbackReason?: string | undefined
  /** The alarms that went off. */
  readonly alarms: readonly string[]
  /** Whether the circuit breaker or an alarm ended it. */
  readonly triggered: boolean
  readonly lifecycleStage?: string | undefined
  /** A lifecycle hook that waits for a person. */
  readonly awaits?: { readonly expiresAt?: number | undefined } | undefined
}

/** DescribeServiceDeployments takes twenty at a time (API reference). */
const BATCH = 20

/** One look, tried once: see {@link CallOptions}. Those that are not there are left out. */
export async function lookAtServiceDeployments(
  ecs: Ecs,
  arns: readonly string[]
): Promise<Map<string, ServiceDeploymentState>> {
  const seen = new Map<string, ServiceDeploymentState>()
  for (let start = 0; start < arns.length; start += BATCH) {
    const serviceDeploymentArns = arns.slice(start, start + BATCH)
    const options = { on: serviceDeploymentArns.join(', '), single: true }
    const answer = await ecs.call('DescribeServiceDeployments', { serviceDeploymentArns }, options)
    for (const each of (answer.serviceDeployments ?? []).map(toState)) seen.set(each.arn, each)
  }
  return seen
}

/** The task definition ARNs of service revisions. */
export async function taskDefinitionsOf(ecs: Ecs, serviceRevisionArns: readonly string[]): Promise<string[]> {
  if (serviceRevisionArns.length === 0) return []
  const on = serviceRevisionArns.join(', ')
  const answer = await ecs.call('DescribeServiceRevisions', { serviceRevisionArns: [...serviceRevisionArns] }, { on })
  return (answer.serviceRevisions ?? []).flatMap(({ taskDefinition }) => taskDefinition ?? [])
}

function toState(described: Described): ServiceDeploymentState {
  const waiting = described.lifecycleHookDetails?.find(({ status }) => status === 'AWAITING_ACTION')
  return {
    arn: described.serviceDeploymentArn ?? '',
    createdAt: described.createdAt ?? 0,
    finishedAt: described.finishedAt,
    status: described.status ?? '',
    statusReason: described.statusReason,
    sources: (described.sourceServiceRevisions ?? []).flatMap(({ arn }) => arn ?? []),
    rollbackReason: described.rollback?.reason,
    alarms: described.alarms?.triggeredAlarmNames ?? [],
    triggered: described.deploymentCircuitBreaker?.status === 'TRIGGERED' || described.alarms?.status === 'TRIGGERED',
    lifecycleStage: described.lifecycleStage,
    awaits: waiting && { expiresAt: waiting.expiresAt }
  }
}
