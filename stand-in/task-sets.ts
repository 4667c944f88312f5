import { ecsArn } from './arns.ts'
import type { JsonObject } from './json.ts'
import { clusterNameOf } from './lookups.ts'
import type { Account, Service } from './state.ts'

/** What CodeDeploy makes of a service's deployments: one task set for each. */
export function taskSets(account: Account, service: Service): JsonObject[] {
  const start = `task-set/${clusterNameOf(account, service)}/${service.serviceName}`
  return service.deployments.map(deployment => {
    const { id, status, taskDefinition, desiredCount, pendingCount, runningCount, createdAt, updatedAt } = deployment
    const isSteady = pendingCount === 0 && runningCount === desiredCount
    const externalId = account.rollouts.get(id)?.codeDeploy?.deploymentId
    return {
      id,
      taskSetArn: ecsArn(account, `${start}/${id}`),
      serviceArn: service.serviceArn,
      clusterArn: service.clusterArn,
      startedBy: 'CODE_DEPLOY',
      ...(externalId !== undefined && { externalId }),
      status,
      taskDefinition,
      computedDesiredCount: desiredCount,
      pendingCount,
      runningCount,
      createdAt,
      updatedAt,
      ...(service.launchType !== undefined && { launchType: service.launchType }),
      loadBalancers: service.loadBalancers ?? [],
      scale: { value: 100, unit: 'PERCENT' },
      stabilityStatus: isSteady ? 'STEADY_STATE' : 'STABILIZING',
      stabilityStatusAt: updatedAt
    }
  })
}
