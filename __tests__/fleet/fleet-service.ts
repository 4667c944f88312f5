import { type ServiceState, toState } from '../../src/ecs/services.ts'
import type { FleetService } from '../../src/fleet/fleet.ts'

/** A service on Fargate as it was found; `place` is `region/cluster/name`. */
export function createFleetService(place: string, changes: Partial<ServiceState> = {}): FleetService {
  const [region = '', cluster = '', name = ''] = place.split('/')
  const arn = (resource: string) => `arn:aws:ecs:${region}:123456789012:${resource}`
  const state = toState({
    serviceArn: arn(`service/${cluster}/${name}`),
    serviceName: name,
    status: 'ACTIVE',
    taskDefinition: arn(`task-definition/${name}:1`),
    launchType: 'FARGATE'
  })
  return { region, cluster, state: { ...state, ...changes } }
}

/** `region/cluster/name` */
export function placeOf({ region, cluster, state }: FleetService): string {
  return `${region}/${cluster}/${state.name}`
}
