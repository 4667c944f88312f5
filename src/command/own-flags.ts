import { FORMATS } from '../report/fragment.ts'
import type { CommandName } from './commands.ts'

export interface OwnFlag {
  readonly of: readonly CommandName[]
  /** What a value is called; a flag without one takes none. */
  readonly placeholder?: string
  readonly short?: string
  /** Given twice it has two values; of any other flag the last one counts. */
  readonly many?: boolean
  readonly values?: readonly string[]
  readonly description: string
}

/** Flags of the command line alone, by the commands that know them. */
export const OWN_FLAGS = {
  output: {
    of: ['render'],
    placeholder: 'FILE',
    short: 'o',
    description: 'Write the rendered definition to FILE instead of stdout; one that is there keeps its layout.'
  },
  write: {
    of: ['render'],
    placeholder: 'FILE',
    description: 'FILE is source and target: only the lines of the sensor and of the task size change.'
  },
  plan: { of: ['render'], description: "Print what would change in the sensor's container, as a diff." },
  format: {
    of: ['container'],
    placeholder: FORMATS.join('|'),
    values: FORMATS,
    description: 'ECS JSON, members for CloudFormation, or HCL for container_definitions. Default: ecs.'
  },
  json: {
    of: ['install', 'remove', 'verify', 'discover', 'restore'],
    description: 'Print every result as JSON instead of a line.'
  },
  account: {
    of: ['policy'],
    placeholder: 'ID',
    description: 'Account of the services and the roles, twelve digits; else that of a given ARN.'
  },
  role: {
    of: ['policy'],
    placeholder: 'ROLE',
    many: true,
    description: 'Name or ARN of a role that the task definition names, once for each; else those of the file.'
  }
} as const satisfies Record<string, OwnFlag>

export type OwnFlagName = keyof typeof OWN_FLAGS

const flags: Readonly<Record<string, OwnFlag>> = OWN_FLAGS

export function ownFlag(name: string): OwnFlag | undefined {
  return Object.hasOwn(flags, name) ? flags[name] : undefined
}
