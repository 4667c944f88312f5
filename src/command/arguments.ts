import { parseArgs } from 'node:util'
import { InputError } from '../errors.ts'
import type { Option } from '../options/option.ts'
import { OPTIONS } from '../options/table.ts'
import { COMMANDS, type CommandName } from './commands.ts'

export type Arguments =
  | { readonly kind: 'help'; readonly command?: CommandName | undefined }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run'
      readonly command: CommandName
      /** Option texts as the action's inputs would give them; a flag given twice is a line more. */
      readonly raw: Readonly<Record<string, string>>
      readonly output?: string | undefined
      readonly plan: boolean
      readonly json: boolean
      /** What is wrong with flags that are no options of the flow; said together with what is wrong with those that are. */
      readonly problems: readonly string[]
    }

/** Flags of the command alone, by the commands that know them. */
export const OWN_FLAGS = {
  output: {
    of: ['render'],
    placeholder: 'FILE',
    description: 'Write the rendered definition to FILE instead of stdout.'
  },
  plan: { of: ['render'], description: "Print what would change in the sensor's container, as a diff." },
  json: { of: ['install'], description: 'Print every result as JSON instead of the ARN.' }
} as const satisfies Record<string, { of: readonly CommandName[]; placeholder?: string; description: string }>

/** Options that a command fixes itself. */
const FIXED = ['mode', 'register']

/** Reads the command line. Throws InputError when it names no command. */
export function readArguments(argv: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: flagTypes()
  })
  const names = tokens.flatMap(token => (token.kind === 'positional' ? [token.value] : []))
  const given = tokens.flatMap(token => (token.kind === 'option' ? [token] : []))
  const wanted = names[0] === 'help' ? names[1] : names[0]
  const command = (Object.keys(COMMANDS) as CommandName[]).find(name => name === wanted)
  if (given.some(({ name }) => name === 'version')) return { kind: 'version' }
  if (given.some(({ name }) => name === 'help') || names[0] === 'help' || argv.length === 0)
    return { kind: 'help', command }
  if (command === undefined) {
    throw new InputError([`command: must be one of ${Object.keys(COMMANDS).join(', ')}, not "${names[0] ?? ''}"`])
  }
  const problems: string[] = []
  for (const name of names.slice(1)) problems.push(`"${name}" is one word too many; values go behind a flag`)
  const raw: Record<string, string> = {}
  const own = new Map<string, string>()
  for (const { name, rawName, value, inlineValue } of given) {
    if (Object.hasOwn(OWN_FLAGS, name)) {
      const needs = 'placeholder' in OWN_FLAGS[name as keyof typeof OWN_FLAGS]
      if (needs && !value) problems.push(`${rawName}: needs a value`)
      else if (value !== 'false') own.set(name, value ?? 'true')
    } else if (!Object.hasOwn(OPTIONS, name) || FIXED.includes(name))
      problems.push(`${rawName}: there is no such option; see fargate-pcap --help`)
    else if (needsValue(name) && (value === undefined || (!inlineValue && isFlag(value))))
      problems.push(`${rawName}: needs a value`)
    else raw[name] = raw[name] === undefined ? (value ?? 'true') : `${raw[name]}\n${value ?? 'true'}`
  }
  for (const name of own.keys()) {
    const { of: commands } = OWN_FLAGS[name as keyof typeof OWN_FLAGS]
    if (!(commands as readonly CommandName[]).includes(command))
      problems.push(`--${name}: is for ${commands.join(', ')} only`)
  }
  return {
    kind: 'run',
    command,
    raw,
    output: own.get('output'),
    plan: own.has('plan'),
    json: own.has('json'),
    problems
  }
}

/** A value that looks like a flag of ours is one: the value before it was forgotten. */
function isFlag(value: string): boolean {
  const name = value.replace(/^--/, '').split('=', 1)[0] ?? ''
  return value.startsWith('--') && (Object.hasOwn(OPTIONS, name) || Object.hasOwn(OWN_FLAGS, name))
}

function needsValue(name: string): boolean {
  const options: Readonly<Record<string, Option<unknown>>> = OPTIONS
  return options[name]?.placeholder !== undefined
}

function flagTypes() {
  const types: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
    plan: { type: 'boolean' },
    json: { type: 'boolean' }
  }
  for (const name of Object.keys(OPTIONS)) types[name] = { type: needsValue(name) ? 'string' : 'boolean' }
  return types
}
