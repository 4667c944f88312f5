import type { Scenario } from './scenario.ts'
import { FAILURES } from './scenarios/failures.ts'
import { PLANS } from './scenarios/plans.ts'
import { REFUSALS } from './scenarios/refusals.ts'
import { ROLLOUTS } from './scenarios/rollouts.ts'

/** Each kind of way that a run can go, by the name of the folder that its texts are in. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = { ...PLANS, ...REFUSALS, ...ROLLOUTS, ...FAILURES }
