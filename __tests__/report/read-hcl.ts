/**
 * Reads one HCL expression of objects, lists and literals, by the grammar of HCL's native syntax: enough to see what Terraform
 * would. Throws where HCL would begin a template or a `for` expression, or does not know an escape.
 */
export function readHcl(text: string): unknown {
  const reader = new Reader(text)
  const value = reader.value()
  reader.blanks(/\s*/y)
  if (reader.at < text.length) throw new Error(`more at ${reader.at}`)
  return value
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

class Reader {
  at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  value(): unknown {
    this.blanks(/[ \t]*/y)
    const next = this.text[this.at]
    if (next === '{') return this.object()
    if (next === '[') return this.list()
    if (next === '"') return this.quoted()
    const word = this.take(/-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null/y)
    return JSON.parse(word)
  }

  blanks(pattern: RegExp): void {
    this.take(pattern)
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined) throw new Error(`unexpected at ${this.at}: ${this.text.slice(this.at, this.at + 20)}`)
    this.at += found.length
    return found
  }

  /** Members are parted by a line break or a comma. */
  private object(): unknown {
    const members: [string, unknown][] = []
    this.take(/\{\s*/y)
    if (/^for\b/.test(this.text.slice(this.at))) throw new Error('a for expression')
    while (this.text[this.at] !== '}') {
      const key = this.text[this.at] === '"' ? this.quoted() : this.take(/[A-Za-z_][A-Za-z0-9_-]*/y)
      this.take(/[ \t]*=/y)
      members.push([key, this.value()])
      this.take(/[ \t]*(?:[\n,]\s*|(?=\}))/y)
    }
    this.at += 1
    return Object.fromEntries(members)
  }

  /** Items are parted by a comma. */
  private list(): unknown[] {
    const items: unknown[] = []
    this.take(/\[\s*/y)
    while (this.text[this.at] !== ']') {
      items.push(this.value())
      this.take(/\s*(?:,\s*|(?=\]))/y)
    }
    this.at += 1
    return items
  }

  private quoted(): string {
    this.take(/"/y)
    let read = ''
    while (this.text[this.at] !== '"') {
      const two = this.text.slice(this.at, this.at + 2)
      if (two === '${' || two === '%{') throw new Error('a template')
      const doubled = this.text.slice(this.at, this.at + 3)
      if (doubled === '$${' || doubled === '%%{') {
        read += doubled.slice(1)
        this.at += 3
      } else read += this.text[this.at] === '\\' ? this.escaped() : this.take(/[^\n]/y)
    }
    this.at += 1
    return read
  }

  private escaped(): string {
    const written = this.take(/\\(?:u[0-9a-fA-F]{4}|[nrt"\\])/y)
    return ESCAPES[written.slice(1)] ?? String.fromCharCode(Number.parseInt(written.slice(2), 16))
  }
}
