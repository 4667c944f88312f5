import { code, escaped, htmlOf } from './prose.ts'

/** A secret that is shorter is hidden only where it stands as a word, and the runner does not mask it: it is a part of too many others. */
export const SHORTEST_MASK = 4

/** A text of fewer characters is a part of other words too easily, when it is only suspected to be a secret. */
const WORD = 8

/**
 * Gives a function that puts `***` for every secret in a text, whatever else of them overlaps. What is only `suspected`, and short, is hidden
 * where it stands as a word.
 */
export function redactor(secrets: readonly string[], suspected: readonly string[] = []): (text: string) => string {
  const needles = new Needles()
  for (const secret of secrets) needles.add(secret, secret.length < SHORTEST_MASK)
  for (const text of suspected) needles.add(text, text.length < WORD)
  return text => needles.hideIn(text)
}

/** What a host must not show, as it becomes known. */
export class Redaction {
  private readonly all = new Needles()
  private readonly known = new Needles()
  private readonly suspects: (() => readonly string[])[] = []

  /** Hides what was given as a secret. */
  hide(secrets: readonly string[]): void {
    for (const secret of secrets) {
      const isShort = secret.length < SHORTEST_MASK
      this.all.add(secret, isShort)
      if (!isShort) this.known.add(secret, false)
    }
  }

  /** Hides what a task definition keeps for itself, in texts. */
  suspect(texts: readonly string[]): void {
    for (const text of texts) this.all.add(text, text.length < WORD)
  }

  /** The same, found out only when texts of others may quote it: a dry run has none. */
  suspectLater(find: () => readonly string[]): void {
    this.suspects.push(find)
  }

  /** From here on AWS was sent a definition, or containers ran: what they say may repeat it. */
  beWary(): void {
    for (const find of this.suspects.splice(0)) this.suspect(find())
  }

  /** For people. */
  readonly text = (text: string): string => withoutControls(this.all.hideIn(text))

  /** Without the texts that the runner masks. */
  readonly masked = (text: string): string => this.known.hideIn(text)

  /** For a member of results: what is one word is a name, an id or an ARN, which has to stay right; AWS's own words are sentences. */
  readonly result = (text: string): string => (/\s/.test(text) ? this.text(text) : this.masked(text))

  /** The same where no runner looks: a run that reads the names again needs them to the letter, whatever they hold. */
  readonly kept = (text: string): string => (/\s/.test(text) ? this.text(text) : text)
}

/** The same value with every text in it redacted. */
export function redactTexts(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(item => redactTexts(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactTexts(inner, redact)]))
}

/** Logs of containers may hold what moves a terminal's cursor or renames its window; lines and tabs stay. */
function withoutControls(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[^\n\t -~\u00a0-\uffff]/g, '\ufffd')
}

interface Needle {
  readonly text: string
  /** Only where no letter, digit or underscore is next to it. */
  readonly asWord: boolean
}

/** Texts to be found in others, thousands of them in a fleet: looked for by how they begin, all in one pass. */
class Needles {
  private readonly given = new Set<string>()
  private readonly byStart = new Map<string, Needle[]>()
  private readonly starts = new Set<number>()
  private readonly texts: string[] = []

  add(secret: string, asWord: boolean): void {
    const key = `${asWord} ${secret}`
    if (secret === '' || this.given.has(key)) return
    this.given.add(key)
    for (const text of spellings(secret)) {
      const start = text.slice(0, START)
      const others = this.byStart.get(start)
      if (others === undefined) this.byStart.set(start, [{ text, asWord }])
      else others.push({ text, asWord })
      this.starts.add(text.charCodeAt(0))
      this.texts.push(text)
    }
  }

  hideIn(text: string): string {
    if (this.texts.length <= FEW && !this.texts.some(needle => text.includes(needle))) return text
    let [shown, shownTo, from, to] = ['', 0, 0, 0]
    const close = (): void => {
      if (to > from) shown += `${text.slice(shownTo, from)}***`
      shownTo = Math.max(shownTo, to)
    }
    for (let at = 0; at < text.length; at++) {
      const end = this.starts.has(text.charCodeAt(at)) ? this.endAt(text, at) : at
      if (end === at) continue
      if (at >= to) {
        close()
        from = at
      }
      to = Math.max(to, end)
    }
    close()
    return shown + text.slice(shownTo)
  }

  /** Where the longest that begins here ends. */
  private endAt(text: string, at: number): number {
    let end = at
    for (let length = 1; length <= START; length++) {
      for (const needle of this.byStart.get(text.slice(at, at + length)) ?? []) {
        const itsEnd = at + needle.text.length
        if (itsEnd <= end || !text.startsWith(needle.text, at)) continue
        if (!needle.asWord || !(isWordy(text.charAt(at - 1)) || isWordy(text.charAt(itsEnd)))) end = itsEnd
      }
    }
    return end
  }
}

/** So few are looked for one by one before anything else, which is quicker where none is there. */
const FEW = 200

/** By so many characters needles are told apart. */
const START = 4

function isWordy(character: string): boolean {
  return /\w/.test(character)
}

/** A secret may also stand in a text as JSON or as part of a URL spells it, and any of these as Markdown or HTML does. */
function spellings(secret: string): Set<string> {
  // A half of a surrogate pair is no text that a URL could have.
  const url = encodeURIComponent(secret.toWellFormed())
  const spelled = [...new Set([secret, JSON.stringify(secret).slice(1, -1), url])]
  return new Set(spelled.flatMap(text => (MEANS_MORE.test(text) ? [text, ...inMarkdown(text)] : [text])))
}

/** Anything that Markdown or HTML may spell in another way. */
const MEANS_MORE = /[^A-Za-z0-9 ./:-]|^\s*(?:-|\d+\.)\s/

/** What stands next to a character decides whether it means anything to Markdown. */
function inMarkdown(text: string): string[] {
  const sides = ['', 'x', '.']
  const asText = sides.flatMap(left =>
    sides.map(right => {
      const shown = escaped(left + text + right)
      return shown.slice(left.length, shown.length - right.length)
    })
  )
  return [...asText, code(text).slice(1, -1), htmlOf(text)]
}
