import type { Clock } from '../deploy/clock.ts'
import { paceBy } from '../ecs/buckets.ts'
import { type Connection, connect, credentialsOf } from '../ecs/client.ts'
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
  home: Connection,
  clock: Clock,
  isCancelled: () => boolean
): Pick<FleetWorld, 'ecsIn' | 'listRegions'> {
  const connection = { ...home, credentials: credentialsOf(home) }
  const known = new Map<string, Ecs>()
  /** Regions that there may be, where AWS did not say which there are. */
  let unsure: readonly string[] = []
  const connectTo = (region: string): Ecs => {
    const waitForTurn = paceBy(clock)
    const pace = async (operation: string) => {
      if (!isCancelled()) await waitForTurn(operation)
      if (isCancelled()) throw new StepError({ code: 'cancelled', what: 'the run was cancelled' })
    }
    const isUnsure = unsure.includes(region)
    return coalesce(connect({ ...connection, region, pace, isUnsure }), clock)
  }
  return {
    ecsIn: async region => {
      const ecs = known.get(region) ?? connectTo(region)
      known.set(region, ecs)
      return ecs
    },
    listRegions: async () => {
      const list = await listRegions(connection)
      if (list.note !== undefined) unsure = list.regions
      return list
    }
  }
}
