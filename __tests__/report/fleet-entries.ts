import type { Deployment, Outcome } from '../../src/deploy/deployment.ts'
import { StepError } from '../../src/errors.ts'
import type { Entry } from '../../src/fleet/fleet.ts'
import type { FleetReport } from '../../src/report/fleet-report.ts'

export const arnOf = (family: string, revision: number, region = 'eu-west-1'): string =>
  `arn:aws:ecs:${region}:111122223333:task-definition/${family}:${revision}`

export function createEntry(service: string, changes: Partial<Entry> = {}): Entry {
  const region = changes.region ?? 'eu-west-1'
  return { region, cluster: 'prod', service, arn: arnOf(service, 7, region), ...changes }
}

/** One that was moved from revision 7 to revision 8 of its family. */
export function createMoved(service: string, outcome: Outcome, changes: Partial<Entry & Deployment> = {}): Entry {
  const { error, sensor: _sensor, ...rest } = changes
  const entry = createEntry(service, rest)
  const deployment: Deployment = {
    service,
    outcome,
    previousArn: entry.arn,
    arn: entry.arn.replace(/7$/, '8'),
    deploymentId: `ecs-svc/${service.length}`,
    notes: [],
    ...(error instanceof StepError && { error })
  }
  return { ...entry, changed: true, outcome, deployment }
}

export const refusal = (what: string, code = 'refused'): StepError => new StepError({ code, what })

export function createFleetReport(entries: readonly Entry[], changes: Partial<FleetReport> = {}): FleetReport {
  return { mode: 'install', dryRun: false, secrets: [], notes: [], skipped: [], entries, ...changes }
}
