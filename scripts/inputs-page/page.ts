// docs/inputs.md: all that is known of each input, from the table of options, its parsers, the command's help, and the notes beside this.
import { stringify } from 'yaml'
import { COMMANDS, type CommandName } from '../../src/command/commands.ts'
import { help } from '../../src/command/help.ts'
import { InputError } from '../../src/errors.ts'
import { type Option, SECTIONS } from '../../src/options/option.ts'
import type { Environment } from '../../src/options/options.ts'
import { parseRun } from '../../src/options/parse.ts'
import { OPTIONS, type OptionName } from '../../src/options/table.ts'
import type { InputNotes } from './notes.ts'
import { OF_A_FLEET } from './of-a-fleet.ts'
import { OF_THE_CONTAINER } from './of-the-container.ts'
import { OF_THE_RUN } from './of-the-run.ts'
import { OF_THE_DEFINITION, OF_THE_FLAGS } from './of-the-sensor.ts'

export const NOTES: Readonly<Record<OptionName, InputNotes>> = {
  ...OF_THE_DEFINITION,
  ...OF_THE_FLAGS,
  ...OF_THE_CONTAINER,
  ...OF_THE_RUN,
  ...OF_A_FLEET
}

const options = Object.entries<Option<unknown>>(OPTIONS) as [OptionName, Option<unknown>][]

/** The default as documents show it, without quotes; undefined when there is none. */
export function shownDefault({ default: text, expression, fallback }: Option<unknown>): string | undefined {
  return expression === undefined ? (text ?? fallback) : `\${{ ${expression} }}`
}

/** The whole page. */
export async function writeInputsPage(): Promise<string> {
  const parts = Object.entries(SECTIONS).map(async ([section, title]) => {
    const own = options.filter(([, option]) => option.section === section)
    return [`## ${title}`, ...(await Promise.all(own.map(writeInput)))].join('\n\n')
  })
  return `${[INTRODUCTION, ...(await Promise.all(parts))].join('\n\n')}\n`
}

const INTRODUCTION = `# Inputs

<!-- Written by npm run metadata; its texts are in src/options/ and scripts/inputs-page/. -->

Every input of the action, which is also a flag of [the command](../README.md#the-command). An empty input is one not given. Booleans are \`true\` or
\`false\` in any case. Lists of names go by comma or line, everything else that may be several by line. \`KEY=value\` is split at the first \`=\`. All that is
wrong with the inputs is said at once, before anything is asked of AWS.`

async function writeInput([name, option]: [OptionName, Option<unknown>]): Promise<string> {
  const { example, notes } = NOTES[name]
  const rows = [
    ['default', defaultOf(option)],
    ['value', `${describeValue(option)}${option.secret === true ? '; never printed' : ''}`],
    ['mode', modesOf(name)],
    ['in a fleet', await inFleet(name)],
    ['command', commandsOf(name, option)]
  ]
  const table = rows.flatMap(([row, text]) =>
    text === undefined ? [] : [`| ${row} | ${text.replaceAll('|', '\\|')} |`]
  )
  return [
    `### \`${name}\``,
    [linked(option.description, name), ...(notes === undefined ? [] : [linked(notes, name)])].join('\n\n'),
    ['| | |', '| --- | --- |', ...table].join('\n'),
    `\`\`\`yaml\n${asYaml(name, example)}\n\`\`\``
  ].join('\n\n')
}

function defaultOf(option: Option<unknown>): string {
  const text = shownDefault(option)
  if (option.required === true) return 'none: needed to install'
  return text === undefined ? 'none' : `\`${text}\``
}

/** No parser that checks anything takes this. */
const NOTHING_VALID = '\u2205\n\u2205'

/** What the parser says a value must be; where it takes any text, what it makes of it. */
function describeValue({ parse, placeholder = '' }: Option<unknown>): string {
  const parsed = parse(NOTHING_VALID)
  if ('must' in parsed)
    return parsed.must
      .replace(/^must (?:be |name )?/, '')
      .replace(/^one line$/, 'text of one line')
      .replace(/^of /, 'any of ')
  const kinds: Readonly<Record<string, string>> = {
    LINES: 'one item a line',
    'NAME,…': 'items by comma or line',
    OBJECT: 'a JSON or YAML object'
  }
  return kinds[placeholder] ?? 'text'
}

const WIDE = 10_000

/** The commands whose help has it. */
function commandsWith(name: OptionName): CommandName[] {
  const row = new RegExp(`^  --${name}(?: |$)`, 'm')
  return (Object.keys(COMMANDS) as CommandName[]).filter(command => row.test(help(command, WIDE)))
}

const MODES: readonly CommandName[] = ['install', 'remove', 'verify', 'discover', 'restore']

function modesOf(name: OptionName): string {
  const own = NOTES[name].modes ?? commandsWith(name).filter(command => MODES.includes(command))
  return own.length === MODES.length ? 'any' : own.map(mode => `\`${mode}\``).join(', ')
}

function commandsOf(name: OptionName, { placeholder }: Option<unknown>): string {
  const own = commandsWith(name)
  if (own.length === 0) return 'none: it is of a job of a workflow'
  const flag = `\`--${name}${placeholder === undefined ? '' : ` ${placeholder}`}\``
  return `${flag} of ${own.map(command => `\`${command}\``).join(', ')}`
}

const FLEET = {
  regions: 'us-east-1',
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'production',
  'levoai-org-id': 'example'
}

/** What the rules of a fleet have against it; undefined when nothing. */
async function inFleet(name: OptionName): Promise<string | undefined> {
  try {
    await parseRun(name === 'regions' ? FLEET : { ...FLEET, [name]: NOTES[name].example }, ANYWHERE)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const refusal = error.problems.find(problem => problem.startsWith(`${name}: must not be `)) ?? ''
    const [, why] = /must not be \w+ with regions(?:; |: )(.*)/.exec(refusal) ?? []
    if (why !== undefined) return `no: ${linked(why, name)}`
  }
  return undefined
}

const ANYWHERE: Environment = {
  region: 'us-east-1',
  profileRegion: async () => undefined,
  hasCredentials: true,
  workspace: '/workspace',
  fileExists: () => true,
  provenance: { createdBy: 'example' }
}

/** Names of other inputs in backticks become links to them. */
function linked(text: string, own: OptionName): string {
  return text.replace(/(?<!\[)`([a-z-]+)`(?!\])/g, (quoted, name: string) =>
    name !== own && Object.hasOwn(OPTIONS, name) && !WORDS.includes(name) ? `[${quoted}](#${name})` : quoted
  )
}

/** Names of inputs that are also words for something else. */
const WORDS = ['secrets', 'tags']

/** As it stands under `with:`; numbers and booleans without quotes, several lines as a block. */
function asYaml(name: string, example: string): string {
  if (/^(?:true|false|\d+|\$\{\{[^'"#]*\}\})$/.test(example)) return `${name}: ${example}`
  return stringify(
    { [name]: example.includes('\n') ? `${example}\n` : example },
    { lineWidth: 0, singleQuote: true }
  ).trimEnd()
}
