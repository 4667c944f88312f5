/** All that is said of a fleet; loaded only for a run over one. */
export { toFleetMarkdown } from './fleet-markdown.ts'
export { toFleetOutputs, toFleetResults } from './fleet-outputs.ts'
export { concludeFleet, sayFleet } from './fleet-text.ts'
