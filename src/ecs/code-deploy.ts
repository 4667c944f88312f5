import type { Ecs, Input } from './ecs.ts'
import { nameOf } from './services.ts'

/** The names by which CodeDeploy knows who deploys a service. */
export interface GroupName {
  readonly application: string
  readonly group: string
}

/** What was given, else the names that the console of ECS makes up. */
export function groupNameOf(
  given: { readonly application?: string | undefined; readonly group?: string | undefined },
  cluster: string,
  service: string
): GroupName {
  const names = `${nameOf(cluster)}-${nameOf(service)}`
  return { application: given.application ?? `AppECS-${names}`, group: given.group ?? `DgpECS-${names}` }
}

/** A deployment group as far as it says how a service is deployed. */
export interface GroupState {
  /** `CLUSTER/SERVICE` of each service that it deploys, names without paths. */
  readonly services: readonly string[]
  /** Minutes that a deployment waits for somebody to reroute the traffic. */
  readonly readyMinutes: number
  /** Minutes that the tasks of before are kept after that. */
  readonly terminationMinutes: number
  /** The deployment that was begun last. */
  readonly latest?: string | undefined
}

/** A deployment of CodeDeploy as it was at one look. */
export interface CodeDeployState {
  readonly id: string
  readonly status: string
  /** Epoch seconds. */
  readonly createdAt: number
  /** Hash of its AppSpec; the text itself is never given (API reference, GetDeployment). */
  readonly sha256?: string | undefined
  readonly error?: { readonly code: string; readonly message: string } | undefined
  readonly rollback?: { readonly id?: string | undefined; readonly message?: string | undefined } | undefined
}

/** Statuses of deployments that keep their group from beginning another one. */
export const UNDER_WAY = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const

type Listing = Pick<Input<'ListDeployments'>, 'includeOnlyStatuses' | 'createTimeRange'>

export async function readGroup(ecs: Ecs, name: GroupName): Promise<GroupState> {
  const { deploymentGroupInfo: info } = await ecs.call('GetDeploymentGroup', groupOf(name), { on: pathOf(name) })
  const { deploymentReadyOption: ready, terminateBlueInstancesOnDeploymentSuccess: termination } =
    info?.blueGreenDeploymentConfiguration ?? {}
  return {
    services: (info?.ecsServices ?? []).map(
      ({ clusterName = 'default', serviceName = '' }) => `${lastOf(clusterName)}/${lastOf(serviceName)}`
    ),
    readyMinutes: ready?.waitTimeInMinutes ?? 0,
    terminationMinutes: termination?.terminationWaitTimeInMinutes ?? 0,
    latest: info?.lastAttemptedDeployment?.deploymentId
  }
}

/** Ids of the group's deployments of a kind. */
export async function listDeployments(ecs: Ecs, name: GroupName, listing: Listing): Promise<string[]> {
  const ids: string[] = []
  let nextToken: string | undefined
  do {
    const request = { ...groupOf(name), ...listing, ...(nextToken !== undefined && { nextToken }) }
    const answer = await ecs.call('ListDeployments', request, { on: pathOf(name) })
    ids.push(...(answer.deployments ?? []))
    nextToken = answer.nextToken
  } while (nextToken !== undefined)
  return ids
}

export async function readDeployment(
  ecs: Ecs,
  name: GroupName,
  id: string,
  patience: { readonly single?: boolean } = {}
): Promise<CodeDeployState> {
  const answer = await ecs.call('GetDeployment', { deploymentId: id }, { on: pathOf(name), ...patience })
  const { status = '', createTime = 0, revision, errorInformation, rollbackInfo } = answer.deploymentInfo ?? {}
  return {
    id,
    status,
    createdAt: createTime,
    sha256: revision?.appSpecContent?.sha256,
    error: errorInformation && { code: errorInformation.code ?? '', message: errorInformation.message ?? '' },
    rollback: rollbackInfo && { id: rollbackInfo.rollbackDeploymentId, message: rollbackInfo.rollbackMessage }
  }
}

/** Begins a deployment once; StepError `answer-lost` when it is not known whether that came to be. Gives its id. */
export async function createDeployment(
  ecs: Ecs,
  name: GroupName,
  members: Omit<Input<'CreateDeployment'>, 'applicationName' | 'deploymentGroupName'>
): Promise<string | undefined> {
  const request = { ...groupOf(name), ...members }
  const answer = await ecs.call('CreateDeployment', request, { on: pathOf(name), repeatable: false })
  return answer.deploymentId
}

function groupOf({ application, group }: GroupName) {
  return { applicationName: application, deploymentGroupName: group }
}

/** What a right on it is given on, behind `deploymentgroup:`. */
function pathOf({ application, group }: GroupName): string {
  return `${application}/${group}`
}

/** Clusters and services may be named by their ARN. */
function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
