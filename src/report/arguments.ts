import { FLAGS, SECRET_FLAGS } from '../sensor/flags.ts'
import type { Container } from '../task-definition/definition.ts'

/** What to show instead of the value at a place. */
export type Mask = (place: string, value: unknown) => string

const SHOWN_FLAGS = new Set(
  Object.keys(FLAGS)
    .map(flag => `--${flag}`)
    .filter(flag => !SECRET_FLAGS.includes(flag))
)

/**
 * Entry point and command, read as the one command line that they are. Program names and the values of the flags that we know are
 * shown, of everything else only the flag's name. A text with blanks in it, as for a shell, is read word by word.
 */
export function hideArguments(container: Container, mask: Mask): Record<string, unknown> {
  const reader = new Reader(mask)
  const shown: Record<string, unknown> = {}
  for (const member of ['entryPoint', 'command']) {
    const value = container[member]
    if (typeof value === 'string') shown[member] = reader.text(value)
    else if (Array.isArray(value)) shown[member] = value.map(word => reader.word(String(word)))
  }
  return shown
}

class Reader {
  private readonly mask: Mask
  /** The flag whose value comes next. */
  private pending: string | undefined
  private begun = false
  private count = 0

  constructor(mask: Mask) {
    this.mask = mask
  }

  text(text: string): string {
    return text
      .split(/(\s+)/)
      .map((part, index) => (index % 2 === 1 || part === '' ? part : this.word(part)))
      .join('')
  }

  word(word: string): string {
    const flag = this.pending
    this.pending = undefined
    if (flag !== undefined && SHOWN_FLAGS.has(flag)) return this.url(flag, word)
    if (flag !== undefined && SECRET_FLAGS.includes(flag)) return this.mask(this.place(flag), word)
    if (word.startsWith('-') && !/\s/.test(word)) return this.flag(word)
    if (this.begun) return this.mask(this.place(flag), word)
    return /\s/.test(word) ? this.text(word) : word
  }

  private flag(word: string): string {
    this.begun = true
    const at = word.indexOf('=')
    if (at < 0) {
      this.pending = word
      return word
    }
    const [name, value] = [word.slice(0, at), word.slice(at + 1)]
    return `${name}=${SHOWN_FLAGS.has(name) ? this.url(name, value) : this.mask(this.place(name), value)}`
  }

  private url(flag: string, value: string): string {
    const credentials = /^([a-z][a-z0-9+.-]*:\/\/)(.*)@/is.exec(value)
    if (credentials === null) return value
    return `${credentials[1]}${this.mask(this.place(flag), credentials[2])}${value.slice(credentials[0].length - 1)}`
  }

  private place(flag: string | undefined): string {
    this.count += flag === undefined ? 1 : 0
    return `argument ${flag ?? this.count}`
  }
}
