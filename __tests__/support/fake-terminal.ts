import type { Screen } from '../../src/host/progress.ts'
import type { Terminal } from '../../src/host/terminal.ts'

interface Timer {
  readonly act: () => void
  readonly milliseconds: number
  due: number
}

/** Keeps what reaches either stream, byte for byte, and has a clock that goes on when it is told to. */
export class FakeTerminal implements Terminal {
  readonly written = { stdout: '', stderr: '' }
  readonly coloured: { readonly stdout: boolean; readonly stderr: boolean }
  readonly screen: Screen | undefined
  status: number | undefined
  columns = 80
  private time = 1_700_000_000_000
  private readonly timers = new Set<Timer>()

  constructor({ colour = false, screen = false }: { colour?: boolean; screen?: boolean }) {
    this.coloured = { stdout: colour, stderr: colour }
    const every = (seconds: number, act: () => void) => this.every(seconds * 1000, act)
    this.screen = screen ? { columns: () => this.columns, now: () => this.time, every } : undefined
  }

  readonly stdout = (text: string): void => {
    this.written.stdout += text
  }

  readonly stderr = (text: string): void => {
    this.written.stderr += text
  }

  readonly exit = (status: number): void => {
    this.status = status
  }

  /** What was written to stderr since it was asked last. */
  take(): string {
    const taken = this.written.stderr
    this.written.stderr = ''
    return taken
  }

  /** Lets so much time pass, and says what was written to stderr meanwhile and before. */
  wait(seconds: number): string {
    for (const end = this.time + seconds * 1000; this.time < end; ) {
      this.time += 100
      for (const timer of [...this.timers].filter(({ due }) => due <= this.time)) {
        timer.due += timer.milliseconds
        timer.act()
      }
    }
    return this.take()
  }

  hasTimers(): boolean {
    return this.timers.size > 0
  }

  private every(milliseconds: number, act: () => void): () => void {
    const timer = { act, milliseconds, due: this.time + milliseconds }
    this.timers.add(timer)
    return () => {
      this.timers.delete(timer)
    }
  }
}
