import { roleArn } from './arns.ts'
import { isFargate } from './registration.ts'
import type { Account, Service, ServiceSeed, TaskDefinition } from './state.ts'

/** A service as CreateService leaves it where nothing else is given, without a deployment yet. */
export function newService(
  account: Account,
  named: Pick<Service, 'serviceArn' | 'serviceName' | 'clusterArn'>,
  revision: TaskDefinition,
  members: Omit<ServiceSeed, 'cluster' | 'name' | 'taskDefinition' | 'tags'>
): Service {
  return {
    desiredCount: 1,
    status: 'ACTIVE',
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    loadBalancers: [],
    serviceRegistries: [],
    placementConstraints: [],
    placementStrategy: [],
    propagateTags: 'NONE',
    enableECSManagedTags: false,
    enableExecuteCommand: false,
    ...(members.capacityProviderStrategy === undefined && { launchType: isFargate(revision) ? 'FARGATE' : 'EC2' }),
    ...structuredClone(members),
    createdAt: account.seconds(),
    createdBy: roleArn(account),
    ...named,
    taskDefinition: revision.taskDefinitionArn,
    deployments: [],
    events: []
  }
}
