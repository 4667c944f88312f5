import type { CommentOptions } from '../options/options.ts'
import type { FleetReport } from '../report/fleet-report.ts'
import type { Result } from '../report/outputs.ts'
import type { Event, Report } from '../report/report.ts'
import type { Said } from '../report/text.ts'

/** Where we run: the only part that prints, writes files for the user, and sets outputs. */
export interface Host {
  /** Called before anything is printed. */
  hide(secrets: readonly string[]): void
  /** Something became true. */
  event(event: Event, report: Report): void
  /** The run is over; the report may hold an error. A comment is written where there are pull requests. */
  finish(report: Report, comment?: CommentOptions): Promise<void>
  /** Something that a run over a fleet has to tell. */
  say(said: readonly Said[]): void
  /** What is known by now of a fleet that is being moved, for whoever finds only that because the run was killed. */
  keepFleet(resultsOf: () => readonly Result[]): void
  /** As `finish`, of a run over a fleet. */
  finishFleet(report: FleetReport, comment?: CommentOptions): Promise<void>
  /** The run could not begin; or something went wrong in it that no report tells of. */
  fail(error: unknown, isBegun?: boolean): void
}
