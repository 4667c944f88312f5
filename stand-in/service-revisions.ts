import { ecsArn } from './arns.ts'
import { imageDigest, serviceRevisionId } from './identifiers.ts'
import { type JsonObject, objects, string } from './json.ts'
import { clusterNameOf } from './lookups.ts'
import type { Account, Service } from './state.ts'

/** What a service revision takes over from its service. */
const TAKEN_OVER = [
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
  'loadBalancers',
  'serviceRegistries',
  'volumeConfigurations'
]

/** Keeps how the service is from now on, running the revision `taskDefinition`; gives the ARN. */
export function addServiceRevision(account: Account, service: Service, taskDefinition: string): string {
  const id = serviceRevisionId(account.next())
  const serviceRevisionArn = ecsArn(
    account,
    `service-revision/${clusterNameOf(account, service)}/${service.serviceName}/${id}`
  )
  account.serviceRevisions.set(serviceRevisionArn, {
    serviceRevisionArn,
    serviceArn: service.serviceArn,
    clusterArn: service.clusterArn,
    taskDefinition,
    ...Object.fromEntries(TAKEN_OVER.filter(name => name in service).map(name => [name, service[name]])),
    containerImages: containerImages(account, taskDefinition),
    guardDutyEnabled: false,
    createdAt: account.seconds()
  })
  return serviceRevisionArn
}

function containerImages(account: Account, taskDefinition: string): JsonObject[] {
  const revision = account.findTaskDefinition(taskDefinition)
  return objects(revision?.containerDefinitions).map(container => {
    const image = string(container.image) ?? ''
    return { containerName: container.name, image, imageDigest: imageDigest(image) }
  })
}
