import { appendFileSync, existsSync, mkdtempSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { sep } from 'node:path'
import { cutMarkdown, inBytes } from '../report/cut.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** What the runner reads from files: outputs and the job summary, and what later steps read from its temporary folder. */
export class GithubFiles {
  private readonly variables: Variables
  private readonly set = new Map<string, string>()
  private folder: string | undefined

  constructor(variables: Variables) {
    this.variables = variables
  }

  /** Writes a value as JSON that only its owner reads, whole or not at all; gives the path. */
  write(name: string, value: unknown): string {
    this.folder ??= mkdtempSync(
      `${this.variables.RUNNER_TEMP || process.getBuiltinModule('node:os').tmpdir()}${sep}fargate-pcap-`
    )
    const path = `${this.folder}${sep}${name}`
    const half = `${path}.part`
    writeFileSync(half, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
    renameSync(half, path)
    return path
  }

  /** Sets the outputs that are new or have another value than before; gives those that were not set before. */
  setOutputs<Name extends string>(outputs: Partial<Record<Name, string>>): Partial<Record<Name, string>> {
    const all = Object.entries(outputs) as [Name, string][]
    const changed = all.filter(([name, value]) => this.set.get(name) !== value)
    const first = changed.filter(([name]) => !this.set.has(name))
    for (const [name, value] of changed) this.set.set(name, value)
    const { GITHUB_OUTPUT: file } = this.variables
    if (file && changed.length > 0) appendFileSync(file, changed.map(toOutputBlock).join(''))
    return Object.fromEntries(first) as Partial<Record<Name, string>>
  }

  /** The runner names the file; without one (an old runner) there is no summary. */
  writeSummary(text: string): void {
    const { GITHUB_STEP_SUMMARY: file } = this.variables
    if (!file) return
    const there = existsSync(file) ? statSync(file).size : 0
    const room = LARGEST_SUMMARY - there
    if (room > Buffer.byteLength(CUT) + 2) appendFileSync(file, cutMarkdown(text, room, CUT, inBytes))
  }
}

/** The runner takes 1 MiB from a step, and nothing at all of more. */
const LARGEST_SUMMARY = 1024 * 1024

const CUT = '… cut here: the log and the output results-file have all of it.'

/**
 * One output as the runner's file takes it, between delimiters that no line of the value equals.
 */
function toOutputBlock([name, value]: readonly [string, string]): string {
  const lines = new Set(value.split(/\r\n|[\r\n]/))
  let delimiter = 'end-of-output'
  for (let count = 1; lines.has(delimiter); count++) delimiter = `end-of-output-${count}`
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}
