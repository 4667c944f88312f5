import type { Moment } from '../deploy/deployment.ts'
import type { Entry, Matrix, Skipped, Target } from '../fleet/fleet.ts'
import type { Rendering } from '../sensor/render.ts'
import type { Note } from '../task-definition/definition.ts'

/** What is known so far of a run over a fleet. */
export interface FleetReport {
  readonly mode: 'install' | 'remove' | 'discover' | 'restore'
  readonly dryRun: boolean
  readonly secrets: readonly string[]
  readonly notes: readonly Note[]
  /** Every service that was found and meant, in the order in which they are begun. */
  readonly entries: readonly Entry[]
  readonly skipped: readonly Skipped[]
  /** Of `mode: discover`. */
  readonly matrix?: Matrix | undefined
  readonly error?: unknown
}

/** What just became true of a fleet; the report that comes with it holds it already. */
export type FleetEvent =
  | { readonly kind: 'discovered' }
  /** What AWS answers from then on may repeat the definition. */
  | { readonly kind: 'rendered'; readonly target: Target; readonly rendering: Rendering }
  | { readonly kind: 'registered'; readonly arn: string; readonly services: number }
  /** One service's entry says something new. */
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'moment'; readonly entry: Entry; readonly moment: Moment }
  | { readonly kind: 'noted'; readonly note: Note }
