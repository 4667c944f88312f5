import { parseArgs } from 'node:util'
import { InputError } from '../errors.ts'
import { IN_A_WORKFLOW } from '../options/comment.ts'
import type { Option } from '../options/option.ts'
import { OPTIONS } from '../options/table.ts'
import { COMMANDS, type CommandName, fixedIn } from './commands.ts'
import { OWN_FLAGS, type OwnFlagName, ownFlag } from './own-flags.ts'

export interface Run {
  readonly kind: 'run'
  readonly command: CommandName
  /** Option texts as the action's inputs would give them; a flag given twice is a line more. */
  readonly raw: Readonly<Record<string, string>>
  /** Flags of the command line alone; one without a value is `true`, several values have a line each. */
  readonly own: ReadonlyMap<OwnFlagName, string>
  /** What is wrong with the words of the command line; said together with what is wrong with the options. */
  readonly problems: readonly string[]
}

export type Arguments =
  | { readonly kind: 'help'; readonly command?: CommandName | undefined }
  | { readonly kind: 'version' }
  | Run

interface Given {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

/** Reads the command line. Throws InputError when it names no command. */
export function readArguments(argv: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: flagTypes()
  })
  const words = tokens.flatMap(token => (token.kind === 'positional' ? [token.value] : []))
  const given = tokens.flatMap(token => (token.kind === 'option' ? [token] : []))
  const wanted = words[0] === 'help' ? words[1] : words[0]
  const command = (Object.keys(COMMANDS) as CommandName[]).find(name => name === wanted)
  if (given.some(({ name }) => name === 'version')) return { kind: 'version' }
  if (given.some(({ name }) => name === 'help') || words[0] === 'help' || argv.length === 0) {
    return { kind: 'help', command }
  }
  if (command === undefined) {
    throw new InputError([`command: must be one of ${Object.keys(COMMANDS).join(', ')}, not "${words[0] ?? ''}"`])
  }
  const extra = words.slice(1).map(word => `"${word}" is one word too many; values go behind a flag`)
  return readRun(command, given, extra)
}

function readRun(command: CommandName, given: readonly Given[], extra: readonly string[]): Run {
  const problems = [...extra]
  const raw: Record<string, string> = {}
  const own = new Map<OwnFlagName, string>()
  for (const flag of given) {
    const { name, value = 'true' } = flag
    const problem = problemOf(flag, command)
    if (problem !== undefined) problems.push(problem)
    else if (ownFlag(name) === undefined) raw[name] = raw[name] === undefined ? value : `${raw[name]}\n${value}`
    else if (value !== 'false') own.set(name as OwnFlagName, added(own.get(name as OwnFlagName), value, name))
  }
  return { kind: 'run', command, raw, own, problems }
}

function added(before: string | undefined, value: string, name: string): string {
  return before === undefined || ownFlag(name)?.many !== true ? value : `${before}\n${value}`
}

function problemOf({ name, rawName, value, inlineValue }: Given, command: CommandName): string | undefined {
  const own = ownFlag(name)
  const known = own !== undefined || (Object.hasOwn(OPTIONS, name) && !isNoFlag(name, command))
  if (!known) return `${rawName}: there is no such option; see fargate-pcap --help`
  if (own !== undefined && !own.of.includes(command)) return `--${name}: is for ${own.of.join(', ')} only`
  const forgotten = value === undefined || (!inlineValue && isFlag(value)) || (own !== undefined && value === '')
  if (needsValue(name) && forgotten) return `${rawName}: needs a value`
  if (own?.values === undefined || value === undefined || own.values.includes(value)) return undefined
  return `--${name}: must be one of ${own.values.join(', ')}, not "${value}"`
}

/** What a command fixes itself, or has no use for. */
function isNoFlag(name: string, command: CommandName): boolean {
  return [...fixedIn(command), ...IN_A_WORKFLOW].some(other => other === name)
}

/** A value that looks like a flag of ours is one: the value before it was forgotten. */
function isFlag(value: string): boolean {
  const name = value.replace(/^--/, '').split('=', 1)[0] ?? ''
  return value.startsWith('--') && (Object.hasOwn(OPTIONS, name) || ownFlag(name) !== undefined)
}

function needsValue(name: string): boolean {
  const options: Readonly<Record<string, Option<unknown>>> = OPTIONS
  return (ownFlag(name) ?? options[name])?.placeholder !== undefined
}

function flagTypes() {
  const types: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' }
  }
  for (const name of [...Object.keys(OPTIONS), ...Object.keys(OWN_FLAGS)]) {
    const short = ownFlag(name)?.short
    types[name] = { type: needsValue(name) ? 'string' : 'boolean', ...(short === undefined ? {} : { short }) }
  }
  return types
}
