import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Inputs } from '../support/flow-scene.ts'
import type { Texts } from '../support/streams.ts'

const FOLDER = join(import.meta.dirname, 'expected')

/** The texts of a scenario, by the name of the file that they are in. */
export type Files = Readonly<Record<string, string>>

/** In these the plan stands in full in log and terminal too; everywhere else a line says that it is that of the summary. */
const IN_FULL = ['deployed-and-verified', 'dry-run-of-a-file-without-aws', 'adopts-an-old-sensor']

/** A comment is the summary between its first and its last line, so that these are enough. */
const WITH_COMMENT = ['dry-run-of-a-file-without-aws', 'dry-run-with-a-service', 'sensor-crashes-and-is-put-back']

/** What a reviewer reads of a scenario. */
export function filesOf(name: string, texts: Texts, inputs: Inputs): Files {
  const { log, summary, comment, terminal, plan } = texts
  const shorten = (text: string): string => (IN_FULL.includes(name) ? text : withoutPlan(text, plan))
  return {
    'log.txt': shorten(unescapeCommands(log)),
    'terminal.txt': shorten(toScreen(terminal, inputs)),
    ...(summary === '' ? {} : { 'summary.md': summary }),
    ...(comment === undefined || !WITH_COMMENT.includes(name) ? {} : { 'comment.md': comment })
  }
}

export function readExpected(name: string): Files {
  const folder = join(FOLDER, name)
  const files = existsSync(folder) ? readdirSync(folder) : []
  return Object.fromEntries(files.map(file => [file, readFileSync(join(folder, file), 'utf8')]))
}

export function writeExpected(name: string, files: Files): void {
  const folder = join(FOLDER, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
}

export function namesOfExpected(): string[] {
  return readdirSync(FOLDER)
}

export function removeExpected(name: string): void {
  rmSync(join(FOLDER, name), { recursive: true })
}

/** The lines of a command with several, as the runner shows them: below each other, the later ones further in. */
function unescapeCommands(log: string): string {
  return log.replace(/^::[a-z].*$/gm, command =>
    command.replaceAll('%0A', '\n    ').replaceAll('%0D', '\r').replaceAll('%25', '%')
  )
}

function withoutPlan(text: string, plan: string): string {
  if (plan === '') return text
  const lines = plan.trimEnd().split('\n')
  const instead = `… the plan: ${lines.length} lines, as in summary.md`
  return text.replace(`${lines.join('\n')}\n`, `${instead}\n`).replace(`  ${lines.join('\n  ')}\n`, `  ${instead}\n`)
}

/** What a person sees who starts the command, and what a script would get from it. */
function toScreen({ command, stderr, stdout, status }: Texts['terminal'], inputs: Inputs): string {
  const given = Object.entries(inputs).filter(([name, value]) => value !== '' && !FIXED.includes(name))
  const flags = given.map(([name, value]) => (value === 'true' ? `--${name}` : `--${name} '${value}'`))
  const output = stdout === '' ? '' : `--- stdout\n${stdout}`
  return `$ fargate-pcap ${[command, ...flags].join(' ')}\n${stderr}${output}--- exit status ${status}\n`
}

/** What the command itself says. */
const FIXED = ['dry-run', 'register', 'mode']
