/** A text of fewer characters is a part of other words too easily. */
const WORD = 8

/**
 * Gives a function that puts `***` for every secret in a text, the longest first. What is only `suspected`, and short, is hidden where it
 * stands as a word.
 */
export function redactor(secrets: readonly string[], suspected: readonly string[] = []): (text: string) => string {
  const words = suspected.filter(text => text.length < WORD && !secrets.includes(text))
  const hideAll = hider([...secrets, ...suspected.filter(text => text.length >= WORD)])
  const hideWords = words.map(word => new RegExp(`(?<!\\w)${escapeForRegExp(word)}(?!\\w)`, 'g'))
  return text => hideWords.reduce((shown, word) => shown.replace(word, '***'), hideAll(text))
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function hider(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets.flatMap(spellings))]
    .filter(secret => secret !== '')
    .sort((a, b) => b.length - a.length)
  return text => known.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
}

/** The same value with every text in it redacted. */
export function redactTexts(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(item => redactTexts(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactTexts(inner, redact)]))
}

/** A secret may also stand in a text as JSON or as part of a URL spells it. */
function spellings(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
}
