import { writeSync } from 'node:fs'
import type { FileLine } from '../errors.ts'

/** The runner's log: lines, and the commands that it reads there. */
export interface RunnerLog {
  info(text: string): void
  warning(text: string, at?: FileLine): void
  error(text: string, at?: FileLine): void
  /** The runner hides the text from then on. */
  mask(text: string): void
  startGroup(title: string): void
  endGroup(): void
  /** Undefined unless the runner's debug logging is on. */
  readonly debug: ((text: string) => void) | undefined
}

/**
 * Commands as the runner reads them (GitHub Docs, "Workflow commands for GitHub Actions"; actions/runner, ActionCommand). Not by
 * `@actions/core`: that prints by `process.stdout`, and for a pipe Node then loads its network, a tenth of the time of a dry run.
 */
export function runnerLog(isDebug: boolean, write: (text: string) => void = writeOut): RunnerLog {
  const command = (name: string, text: string, at?: FileLine): void =>
    write(`::${name}${at === undefined ? '' : propertiesOf(at)}::${escapeData(text)}\n`)
  return {
    info: text => write(`${inert(text)}\n`),
    warning: (text, at) => command('warning', text, at),
    error: (text, at) => command('error', text, at),
    mask: text => command('add-mask', text),
    startGroup: title => command('group', inert(title)),
    endGroup: () => command('endgroup', ''),
    debug: isDebug ? text => command('debug', text) : undefined
  }
}

/**
 * A text of others in which the runner finds no command: it takes a line that begins with `::`, blanks aside, and `##[` anywhere in one. A
 * space without width is put behind the first character of either, so that the text still reads the same. Should the runner compare as its
 * system's language does, and pass over such a space, then the name that it takes from behind begins with the character before it, and no
 * command is called so.
 */
function inert(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(line => line.replace(/^[\s\u0085]*:(?=:)/, `$&${NO_WIDTH}`).replaceAll('##[', `#${NO_WIDTH}#[`))
    .join('\n')
}

const NO_WIDTH = '\u200b'

function propertiesOf({ file, line }: FileLine): string {
  return ` title=Levo PCAP sensor,file=${escapeProperty(file)},line=${line}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

const STDOUT = 1
/** Milliseconds between two attempts to write into a pipe that is full. */
const PAUSE = 5

/** All of it, in order, before anything else happens: also when the process is ended right after. */
function writeOut(text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest))
    } catch (error) {
      // Whoever started us may have made the pipe one that does not block.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
    }
  }
}
