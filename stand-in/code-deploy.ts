import { codeDeployId, uuid } from './identifiers.ts'
import type { JsonObject } from './json.ts'
import { serviceOf } from './lookups.ts'
import { openRollout } from './rollouts.ts'
import { follow } from './script.ts'
import type { Account } from './state.ts'

export interface DeploymentGroupSeed {
  application: string
  group: string
  /** ARN of the service that it deploys to. */
  service: string
  /** Minutes that it waits for traffic to be rerouted by hand; without, it reroutes at once. */
  readyWaitMinutes?: number
  /** Minutes that the old tasks are kept after success: 5 if not given. */
  terminationWaitMinutes?: number
  deploymentConfigName?: string
}

export interface DeploymentGroup {
  serviceArn: string
  /** As GetDeploymentGroup gives it. */
  info: JsonObject & { applicationName: string; deploymentGroupName: string; deploymentConfigName: string }
}

export type CodeDeployStatus =
  | 'Created'
  | 'Queued'
  | 'InProgress'
  | 'Baking'
  | 'Ready'
  | 'Succeeded'
  | 'Failed'
  | 'Stopped'

/** As GetDeployment gives it. */
export interface CodeDeployDeployment extends JsonObject {
  deploymentId: string
  applicationName: string
  deploymentGroupName: string
  status: CodeDeployStatus
  /** Epoch seconds, as all times here. */
  createTime: number
  startTime?: number
  completeTime?: number
  errorInformation?: { code: string; message: string }
}

const ENDED: readonly CodeDeployStatus[] = ['Succeeded', 'Failed', 'Stopped']

export function addDeploymentGroup(account: Account, seed: DeploymentGroupSeed): void {
  const { application, group, service: serviceArn, readyWaitMinutes, terminationWaitMinutes = 5 } = seed
  const service = serviceOf(account, serviceArn)
  const info = {
    applicationName: application,
    deploymentGroupId: uuid(account.next()),
    deploymentGroupName: group,
    deploymentConfigName: seed.deploymentConfigName ?? 'CodeDeployDefault.ECSAllAtOnce',
    autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    blueGreenDeploymentConfiguration: {
      terminateBlueInstancesOnDeploymentSuccess: {
        action: 'TERMINATE',
        terminationWaitTimeInMinutes: terminationWaitMinutes
      },
      deploymentReadyOption:
        readyWaitMinutes === undefined
          ? { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 0 }
          : { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: readyWaitMinutes }
    },
    computePlatform: 'ECS',
    ecsServices: [{ clusterName: service.clusterArn.replace(/.*:cluster\//, ''), serviceName: service.serviceName }]
  }
  account.deploymentGroups.push({ serviceArn, info })
}

/** The deployment that keeps the group from beginning another one. */
export function underWay(account: Account, { info }: DeploymentGroup): CodeDeployDeployment | undefined {
  return [...account.codeDeployments.values()].find(
    deployment =>
      deployment.applicationName === info.applicationName &&
      deployment.deploymentGroupName === info.deploymentGroupName &&
      !ENDED.includes(deployment.status)
  )
}

/** A deployment of the revision `taskDefinition`, Created: it goes on by the service's next script only. */
export function beginCodeDeployment(
  account: Account,
  { serviceArn, info }: DeploymentGroup,
  taskDefinition: string,
  members: JsonObject
): CodeDeployDeployment {
  const rollout = openRollout(account, serviceOf(account, serviceArn), taskDefinition)
  rollout.deployment.status = 'ACTIVE'
  const created: CodeDeployDeployment = {
    deploymentConfigName: info.deploymentConfigName,
    ...members,
    applicationName: info.applicationName,
    deploymentGroupName: info.deploymentGroupName,
    deploymentId: codeDeployId(account.next()),
    status: 'Created',
    createTime: account.seconds(),
    creator: 'user',
    computePlatform: 'ECS',
    deploymentStyle: info.deploymentStyle,
    blueGreenDeploymentConfiguration: info.blueGreenDeploymentConfiguration
  }
  rollout.codeDeploy = created
  account.codeDeployments.set(created.deploymentId, created)
  follow(rollout, account.takeScript(serviceArn) ?? [])
  return created
}

export function moveCodeDeployment(account: Account, deployment: CodeDeployDeployment, status: CodeDeployStatus): void {
  deployment.status = status
  if (status === 'InProgress') deployment.startTime ??= account.seconds()
  if (ENDED.includes(status)) deployment.completeTime = account.seconds()
}
