import { type Event, serviceOf } from '../report/report.ts'
import { elapsed } from '../report/text.ts'

/** A terminal whose last line can be written anew, and the time. */
export interface Screen {
  /** Characters in a line at this moment: a window may become narrower. */
  readonly columns: () => number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Acts again and again until the returned function is called; keeps no process alive. */
  readonly every: (seconds: number, act: () => void) => () => void
}

/** One line that says what takes so long, while nothing else is printed. */
export interface Progress {
  /** What is being done from now on. */
  learn(event: Event): void
  /** Called before anything is printed; the line comes back after a second of silence. */
  makeWay(): void
  /** The line is gone for good. */
  end(): void
}

const ERASE = '\r\x1b[K'

/** `write` goes to the terminal, and gets no text that `redact` has not seen. */
export function startProgress(
  { columns, now, every }: Screen,
  write: (text: string) => void,
  redact: (text: string) => string
): Progress {
  let services: readonly string[] = []
  let since = now()
  let isDrawn = false
  const draw = (): void => {
    const doing = services.length === 0 ? 'working' : redact(`following ${services.join(', ')}`)
    isDrawn = true
    write(`\r${fitLine(doing, Math.floor((now() - since) / 1000), columns())}\x1b[K`)
  }
  const erase = (): void => {
    if (isDrawn) write(ERASE)
    isDrawn = false
  }
  let stop: (() => void) | undefined = every(1, draw)
  return {
    learn(event) {
      const wasFollowing = services.length > 0
      services = stillFollowed(services, event)
      if (services.length > 0 !== wasFollowing) since = now()
    },
    makeWay() {
      erase()
      stop?.()
      stop &&= every(1, draw)
    },
    end() {
      erase()
      stop?.()
      stop = undefined
    }
  }
}

function stillFollowed(services: readonly string[], event: Event): readonly string[] {
  if (event.kind === 'following') return event.services
  if (event.kind === 'followed') return []
  return event.kind === 'service' ? services.filter(name => name !== serviceOf(event.result)) : services
}

/** A line that wraps can not be erased: this much is left free, also for the `^C` that a terminal echoes behind it. */
const FREE = 3

/** The time is what must be seen; names give way to it. */
function fitLine(doing: string, seconds: number, columns: number): string {
  const room = Math.max(0, columns - FREE)
  const time = ` … ${elapsed(Math.max(0, seconds))}`
  return `${doing.slice(0, Math.max(0, room - time.length))}${time}`.slice(0, room)
}
