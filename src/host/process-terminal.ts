import type { Screen } from './progress.ts'
import type { Terminal } from './terminal.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** What is used of `process.stdout` and `process.stderr`; `hasColors` is there when it is a terminal. */
export interface Stream {
  write(text: string): unknown
  on?(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  hasColors?(env: object): boolean
}

/** What is used of `process`. */
export interface Owner {
  readonly stdout: Stream
  readonly stderr: Stream
  readonly env: Variables
  exitCode?: number | string | null | undefined
}

/** The terminal of a process, or what its output is sent to instead. */
export function terminalOf(owner: Owner): Terminal {
  const { stdout, stderr, env } = owner
  // Nobody reads on (`| head`): a rollout that was begun is followed to its end all the same.
  stderr.on?.('error', () => {})
  stdout.on?.('error', ({ code, message }) => {
    if (code !== 'EPIPE') stderr.write(`error: the result could not be written: ${message}\n`)
    owner.exitCode ||= 1
  })
  return {
    stdout: text => void stdout.write(text),
    stderr: text => void stderr.write(text),
    exit: status => {
      owner.exitCode = status
    },
    // A result that does not go to a terminal is read by a machine, whatever FORCE_COLOR says.
    coloured: { stdout: stdout.isTTY === true && takesColour(stdout, env), stderr: takesColour(stderr, env) },
    screen: stderr.isTTY === true && env.TERM !== 'dumb' ? screenOf(stderr) : undefined
  }
}

/**
 * NO_COLOR has the last word; Node lets FORCE_COLOR overrule it, and warns of that in the midst of the output. The rest (FORCE_COLOR,
 * TERM, NODE_DISABLE_COLORS) Node judges itself, for terminals alone.
 */
function takesColour(stream: Stream, env: Variables): boolean {
  if (env.NO_COLOR) return false
  if (stream.isTTY === true) return stream.hasColors?.(env) ?? false
  return /^(?:true|[1-3])$/.test(env.FORCE_COLOR ?? '')
}

/** Of a terminal that does not know its width and says 0. */
const USUAL_COLUMNS = 80

function screenOf(stream: Stream): Screen {
  return {
    columns: () => stream.columns || USUAL_COLUMNS,
    now: () => Date.now(),
    every: (seconds, act) => {
      const timer = setInterval(act, seconds * 1000).unref()
      return () => clearInterval(timer)
    }
  }
}
