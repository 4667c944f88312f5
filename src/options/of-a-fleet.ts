/** What only the options of a fleet take; loaded for one. */
export { resolveFleetRegion } from './fleet-region.ts'
export { checkFleetRules } from './fleet-rules.ts'
export { followFleet, toFleet } from './read-fleet.ts'
