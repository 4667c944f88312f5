import type { JsonObject } from './json.ts'
import type { Account, ServiceSeed, TaskDefinitionSeed } from './state.ts'

/** What a seed file holds. A service names its revision as `family`, `family:revision` or ARN. */
export interface Seed {
  clusters?: string[]
  taskDefinitions?: ({ definition: JsonObject } & TaskDefinitionSeed)[]
  services?: ServiceSeed[]
}

/** @throws ApiError for a definition that ECS would refuse, Error for a service of an unknown revision */
export function plant(account: Account, seed: Seed): void {
  for (const name of seed.clusters ?? []) account.addCluster(name)
  for (const { definition, ...options } of seed.taskDefinitions ?? []) account.addTaskDefinition(definition, options)
  for (const service of seed.services ?? []) account.addService(service)
}

/** One line for each cluster, revision and service. */
export function inventory(account: Account): string[] {
  return [
    ...[...account.clusters.values()].map(({ clusterArn }) => clusterArn),
    ...[...account.families.values()].flat().map(({ taskDefinitionArn, status }) => `${taskDefinitionArn} ${status}`),
    ...[...account.services.values()].map(({ serviceArn, taskDefinition }) => `${serviceArn} runs ${taskDefinition}`)
  ]
}
