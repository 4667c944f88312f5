import type { Amount } from '../sensor/profiles.ts'

/** A value, or what the input must be instead; the parser adds the input's name and what came. */
export type Parsed<T> = { readonly value: T } | { readonly must: string; readonly came?: string }

/** The parts of the documentation, in order, with their headings. */
export const SECTIONS = {
  source: 'Where the task definition comes from (at most one; none: what the service runs)',
  flags: "The sensor's flags",
  container: "The sensor's container",
  action: 'What to do',
  fleet: 'A fleet: many services in one run (giving any of the first four makes it one)'
} as const

export type Section = keyof typeof SECTIONS

export interface Option<T> {
  readonly section: Section
  /** One or two sentences of Markdown for `action.yml`, `--help` and the README. */
  readonly description: string
  readonly default?: string
  /** What stands for it when it is not given, where that has to be told from the same text given: the runner gives defaults itself. */
  readonly fallback?: string
  /** What the runner evaluates for the default in `action.yml`. */
  readonly expression?: string
  /** Needed to install a sensor. */
  readonly required?: boolean
  /** The value is never printed, not even in a problem. */
  readonly secret?: boolean
  /** How the value is called in `--help`; a flag without one needs no value. */
  readonly placeholder?: string
  readonly parse: (raw: string) => Parsed<T>
}

export type Meta = Omit<Option<unknown>, 'parse'>

const ok = <T>(value: T): Parsed<T> => ({ value })

export const line = <M extends Meta>(meta: M) => ({
  placeholder: 'TEXT',
  ...meta,
  parse: (raw: string): Parsed<string> => {
    const text = raw.trim()
    return /[\r\n]/.test(text) ? { must: 'must be one line', came: 'several' } : ok(text)
  }
})

/** Text as it is, of as many lines as there are; blanks around it are dropped. */
export const text = <M extends Meta>(meta: M) => ({
  placeholder: 'TEXT',
  ...meta,
  parse: (raw: string): Parsed<string> => ok(raw.trim())
})

export const flag = <M extends Meta>(meta: M) => ({
  ...meta,
  parse: (raw: string): Parsed<boolean> => {
    const word = raw.trim().toLowerCase()
    return word === 'true' || word === 'false' ? ok(word === 'true') : { must: 'must be true or false' }
  }
})

export const choice = <const W extends string, M extends Meta>(words: readonly W[], meta: M) => ({
  placeholder: words.join('|'),
  ...meta,
  parse: (raw: string): Parsed<W> => {
    const word = words.find(candidate => candidate === raw.trim())
    return word === undefined ? { must: `must be one of ${words.join(', ')}` } : ok(word)
  }
})

/** A whole number in a range, bounds included. */
export const integer = <M extends Meta>(least: number, most: number, meta: M) => ({
  placeholder: 'N',
  ...meta,
  parse: (raw: string): Parsed<number> => {
    const text = raw.trim()
    const number = Number(text)
    return /^\d+$/.test(text) && number >= least && number <= most
      ? ok(number)
      : {
          must:
            most === Number.MAX_SAFE_INTEGER
              ? `must be a whole number from ${least}`
              : `must be a whole number from ${least} to ${most}`
        }
  }
})

/** A plain decimal above zero that keeps its spelling: the sensor's parser takes `NaN` and `1e3`, people do not mean them. */
export const decimal = <M extends Meta>(meta: M) => ({
  placeholder: 'NUMBER',
  ...meta,
  parse: (raw: string): Parsed<string> => {
    const text = raw.trim()
    return /^(\d+(\.\d*)?|\.\d+)$/.test(text) && Number(text) > 0
      ? ok(text)
      : { must: 'must be a plain decimal number above 0, such as 2 or 0.5' }
  }
})

export const httpUrl = <M extends Meta>(meta: M) => ({
  placeholder: 'URL',
  ...meta,
  parse: (raw: string): Parsed<string> => {
    const text = raw.trim()
    const must = 'must be an http:// or https:// URL with a host, such as https://satellite.example.com'
    const host = /^https?:\/\/(?:[^/?#\s]*@)?([^/?#\s@]+)/i.exec(text)?.[1]
    if (host === undefined || host.startsWith(':') || /\s/.test(text) || !URL.canParse(text))
      return { must, came: `"${hideCredentials(text)}"` }
    return ok(text)
  }
})

/** Everything between the scheme (or the start) and an `@` stands for a user and a password. */
export function hideCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[\s\S]*@/i, '$1***@')
}

/** CPU units or MiB, or a share of the task's such as `5%`. */
export const amount = <M extends Meta>(least: number, meta: M) => ({
  placeholder: 'N|N%',
  ...meta,
  parse: (raw: string): Parsed<Amount> => {
    const text = raw.trim()
    const share = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1]
    if (share !== undefined && Number(share) > 0 && Number(share) <= 100)
      return ok({ kind: 'share', percent: Number(share) })
    if (/^\d+$/.test(text) && Number(text) >= least) return ok({ kind: 'units', units: Number(text) })
    return { must: `must be a whole number from ${least}, or a share of the task such as 5% (up to 100%)` }
  }
})

/** One item a line; blank lines around them and a carriage return at a line's end are dropped, blanks inside are kept. */
export const lines = <M extends Meta>(meta: M) => ({
  placeholder: 'LINES',
  ...meta,
  parse: (raw: string): Parsed<readonly string[]> => ok(splitLines(raw))
})

/** The text of a JSON or YAML object; it is read where that may take time. */
export const objectText = <M extends Meta>(meta: M) => ({
  placeholder: 'OBJECT',
  ...meta,
  parse: (raw: string): Parsed<string> => ok(raw)
})

/** Items by line or comma. */
export const list = <M extends Meta>(meta: M) => ({
  placeholder: 'NAME,…',
  ...meta,
  parse: (raw: string): Parsed<readonly string[]> => ok(splitItems(raw))
})

/** Items by line or comma, at least one: none would stand for all. */
export const someOf = <M extends Meta>(meta: M) => ({
  placeholder: 'NAME,…',
  ...meta,
  parse: (raw: string): Parsed<readonly string[]> => {
    const items = splitItems(raw)
    return items.length > 0 ? ok(items) : { must: 'must have at least one item' }
  }
})

/** Words by line or comma, each once. */
export const choices = <const W extends string, M extends Meta>(words: readonly W[], meta: M) => ({
  placeholder: `${words.join('|')},…`,
  ...meta,
  parse: (raw: string): Parsed<readonly W[]> => {
    const items = splitItems(raw)
    const unknown = items.find(item => !words.some(word => word === item))
    const must = `must be of ${words.join(', ')}`
    if (unknown !== undefined) return { must, came: `"${unknown}"` }
    return items.length > 0 ? ok(words.filter(word => items.some(item => item === word))) : { must }
  }
})

/** `KEY=value` lines, split at the first `=`. The text of a bad line is not repeated: it may hold a value. */
export const pairs = <M extends Meta>(meta: M) => ({
  placeholder: 'KEY=VALUE',
  ...meta,
  parse: (raw: string): Parsed<ReadonlyMap<string, string>> => {
    const found = new Map<string, string>()
    for (const [index, text] of splitLines(raw).entries()) {
      if (text.trim() === '') continue
      const at = text.indexOf('=')
      const key = text.slice(0, Math.max(0, at)).trim()
      if (key === '')
        return {
          must: 'must be KEY=value lines',
          came: at < 0 ? `line ${index + 1} without "="` : `line ${index + 1} without a key`
        }
      if (found.has(key)) return { must: 'must name each key once', came: `${key} twice` }
      found.set(key, text.slice(at + 1))
    }
    return ok(found)
  }
})

function splitItems(raw: string): string[] {
  return raw
    .split(/[,\r\n]/)
    .map(item => item.trim())
    .filter(Boolean)
}

function splitLines(raw: string): string[] {
  const all = raw.split('\n').map(text => text.replace(/\r$/, ''))
  const first = all.findIndex(text => text.trim() !== '')
  const last = all.findLastIndex(text => text.trim() !== '')
  return first < 0 ? [] : all.slice(first, last + 1)
}
