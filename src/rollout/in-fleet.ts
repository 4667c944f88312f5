import type { Clock } from '../deploy/clock.ts'
import { paceBy } from '../ecs/buckets.ts'
import { type Connection, connect } from '../ecs/client.ts'
import { coalesce } from '../ecs/coalesce.ts'
import type { Ecs } from '../ecs/ecs.ts'
import { listRegions } from '../ecs/regions.ts'
import { StepError } from '../errors.ts'
import type { FleetWorld } from './fleet-flow.ts'

/**
 * Connections to all Regions that a fleet is in: one for each, which keeps to its token buckets and lets looks travel together. Once the run
 * is cancelled nothing is sent any more, not even what was waiting for its turn.
 */
export function connectFleet(
  connection: Connection,
  clock: Clock,
  isCancelled: () => boolean
): Pick<FleetWorld, 'ecsIn' | 'listRegions'> {
  const known = new Map<string, Ecs>()
  const connectTo = (region: string): Ecs => {
    const waitForTurn = paceBy(clock)
    const pace = async (operation: string) => {
      if (!isCancelled()) await waitForTurn(operation)
      if (isCancelled()) throw new StepError({ code: 'cancelled', what: 'the run was cancelled' })
    }
    return coalesce(connect({ ...connection, region, pace }), clock)
  }
  return {
    ecsIn: async region => {
      const ecs = known.get(region) ?? connectTo(region)
      known.set(region, ecs)
      return ecs
    },
    listRegions: () => listRegions(connection)
  }
}
