/** One replacement in a text; the characters from `offset` on, `length` of them, give way to `text`. */
export interface Edit {
  readonly offset: number
  readonly length: number
  readonly text: string
  /** More gives way than had to: comments, an alias or the order of items. */
  readonly loses?: boolean
}

/** Carries edits out; those at one offset come to stand in the order that they are given in, and what is deleted twice is deleted once. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let edited = ''
  let from = 0
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    edited += text.slice(from, Math.max(from, edit.offset)) + edit.text
    from = Math.max(from, edit.offset + edit.length)
  }
  return edited + text.slice(from)
}

export function insertion(offset: number, text: string): Edit {
  return { offset, length: 0, text }
}

export function replacement(start: number, end: number, text: string, loses = false): Edit {
  return { offset: start, length: end - start, text, loses }
}

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

export function lineStartOf(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** The beginning of the next line, or the end of the text. */
export function nextLineOf(text: string, offset: number): number {
  const lineBreak = text.indexOf('\n', offset)
  return lineBreak < 0 ? text.length : lineBreak + 1
}

/** Where the line break that ends the line of an offset begins. */
export function lineEndOf(text: string, offset: number): number {
  return offset + matchAt(/[^\r\n]*/y, text, offset).length
}

/** The blanks and tabs that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  return matchAt(/[ \t]*/y, text, lineStartOf(text, offset))
}

/** Whether only blanks stand before the offset in its line. */
export function startsLine(text: string, offset: number): boolean {
  const start = lineStartOf(text, offset)
  return start + indentAt(text, offset).length >= offset
}

/** What a sticky pattern matches at an offset; nothing when it does not match. */
export function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0] ?? ''
}

export interface Edited {
  readonly text: string
  /** Only what had to change is changed. */
  readonly kept: boolean
}

export function applyAll(text: string, edits: readonly Edit[]): Edited {
  return { text: applyEdits(text, edits), kept: !edits.some(edit => edit.loses) }
}
