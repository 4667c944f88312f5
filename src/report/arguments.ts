import { FLAGS, SECRET_FLAGS } from '../sensor/flags.ts'
import type { Container } from '../task-definition/definition.ts'
import { hideCredentials } from './url-credentials.ts'

/**
 * What is hidden: the value of something, credentials within a text that is shown, a word that names a program or nothing that we know, or
 * a part that is not read any further.
 */
export type Kind = 'value' | 'credentials' | 'word' | 'part'

/** What to show instead of the value at a place. */
export type Mask = (place: string, value: unknown, kind: Kind) => string

/** What a sensor is started by: shown as it is. */
const PROGRAMS = new Set(['./bin/init', '/bin/init', 'init', 'apidump', 'sh', '/bin/sh', 'bash', '-c', 'exec', '--'])

const SHOWN_FLAGS = new Set(
  Object.keys(FLAGS)
    .map(flag => `--${flag}`)
    .filter(flag => !SECRET_FLAGS.includes(flag))
)

/**
 * Entry point and command, read as the one command line that they are. Shown are the programs and the flags with their values that we know,
 * and the names of other flags; the word behind such a flag is always taken for its value. A text with blanks in it is read as a shell would.
 * `say` has the last word on values that are shown.
 */
export function hideArguments(
  container: Container,
  mask: Mask,
  say: (text: string) => string = text => text
): Record<string, unknown> {
  const reader = new Reader(mask, say)
  const shown: Record<string, unknown> = {}
  for (const member of ['entryPoint', 'command']) {
    const value = container[member]
    if (typeof value === 'string') shown[member] = reader.text(value)
    else if (Array.isArray(value)) {
      shown[member] = value.map(word => (typeof word === 'string' ? reader.word(word) : mask(member, word, 'part')))
    } else if (value !== undefined && value !== null) shown[member] = mask(member, value, 'part')
  }
  return shown
}

/** Blanks; a word with its quotes; what has a quote that is not closed. */
const TOKEN = /(\s+)|((?:\\.|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'\\])+)|(.+)/gs

class Reader {
  private readonly mask: Mask
  private readonly say: (text: string) => string
  /** The flag whose value comes next. */
  private pending: string | undefined
  /** Whether there was a flag: a text with blanks behind it is a value. */
  private begun = false
  private inShell = false
  private count = 0

  constructor(mask: Mask, say: (text: string) => string) {
    this.mask = mask
    this.say = say
  }

  text(text: string): string {
    const wasInShell = this.inShell
    this.inShell = true
    const shown = [...text.matchAll(TOKEN)].map(([all, blanks, word]) => {
      if (word !== undefined) return this.word(unquoted(word), word)
      if (blanks === undefined) return this.mask(this.place(), all, 'value')
      // For a shell, another command.
      if (blanks.includes('\n')) this.pending = undefined
      return blanks
    })
    this.inShell = wasInShell
    return shown.join('')
  }

  /** `spelled` has the quotes that a shell takes away. */
  word(word: string, spelled = word): string {
    const flag = this.pending
    this.pending = undefined
    if (flag !== undefined) return this.value(flag, word, spelled)
    if (PROGRAMS.has(word)) return word
    if (word.startsWith('-')) return this.flag(word, spelled)
    if (/\s/.test(word) && !this.begun) return spelled === word ? this.text(word) : `'${this.text(word)}'`
    const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? []
    if (name !== undefined) return this.mask(`variable ${name}`, value, 'value')
    return this.mask(this.place(), word, this.begun ? 'value' : 'word')
  }

  private flag(word: string, spelled: string): string {
    this.begun = true
    const [, name = '', value] = /^(--[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word) ?? []
    if (value !== undefined) {
      return `${name}=${this.value(name, value, spelled === word ? value : spelled.slice(spelled.indexOf('=') + 1))}`
    }
    const short = /^-[A-Za-z]/.exec(word)?.[0] ?? ''
    if (name === '' && short === '') return this.mask(this.place(), word, 'value')
    this.pending = name || short
    if (name !== '' || word === short) return word
    return `${short}${this.mask(this.place(short), word.slice(short.length), 'value')}`
  }

  private value(flag: string, word: string, spelled: string): string {
    if (!SHOWN_FLAGS.has(flag) || (this.inShell && mayRunMore(spelled)))
      return this.mask(this.place(flag), word, 'value')
    const mask = (credentials: string) => this.mask(this.place(flag), credentials, 'credentials')
    return this.say(hideCredentials(spelled, mask, flag === '--satellite-url' ? 'address' : 'text'))
  }

  private place(flag?: string): string {
    this.count += flag === undefined ? 1 : 0
    return `argument ${flag ?? this.count}`
  }
}

function unquoted(word: string): string {
  return word.replace(
    /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
    (_all, escaped?: string, double?: string, single?: string) => escaped ?? double ?? single ?? ''
  )
}

/** Whether a shell sees more in the word than a text and variables: then it is not the value alone. */
function mayRunMore(spelled: string): boolean {
  const bare = spelled.replace(/\$(?:\w+|\{\w+\})/g, '').replace(/'[^']*'|"[^"$`\\]*"/g, '')
  return /[;&|<>()$`"\\]/.test(bare)
}
