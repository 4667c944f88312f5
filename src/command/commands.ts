import { FLEET_OPTIONS } from '../options/fleet.ts'

/** The commands, each the one flow with options fixed. */
export const COMMANDS = {
  render: 'Put the sensor into a task definition and print it; nothing in AWS changes.',
  install: 'Register the revision with the sensor, and move services onto it.',
  remove: 'Take the sensor out, register that revision, and move services onto it.',
  verify: 'Prove that the sensor runs in every task of a service as it stands; nothing in AWS changes.',
  discover: 'Tell how each service of a fleet stands, and what an install would add; nothing in AWS changes.',
  restore: 'Move services back that an earlier run moved, where they still run what it gave them.',
  container: "Print the sensor's container alone, to paste into a task definition.",
  policy: 'Print the least IAM policy that the role of such a run needs; nothing is asked of AWS.'
} as const satisfies Record<string, string>

export type CommandName = keyof typeof COMMANDS

/** Options that are no flags of a command: it is a mode itself, and registers or not. A policy may be for any of them. */
export function fixedIn(command: CommandName): readonly string[] {
  if (command === 'policy') return []
  const fixed = ['mode', 'register']
  return OF_ONE_TARGET.includes(command) ? [...fixed, ...Object.keys(FLEET_OPTIONS)] : fixed
}

const OF_ONE_TARGET: readonly CommandName[] = ['render', 'verify', 'container']
