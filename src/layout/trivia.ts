import { lineStartOf, matchAt } from './edit.ts'

/** What may stand between two tokens. */
export interface Trivia {
  /** Sticky: blanks, line breaks or one comment. */
  readonly any: RegExp
  /** Sticky: blanks and comments up to a line break, which they do not take with them. */
  readonly sameLine: RegExp
  /** Whether the comment reaches up to the end of its line, so that nothing may follow it there. */
  readonly lineComment: RegExp
  /** A comment anywhere, or a string, in which there is none. */
  readonly comment: RegExp
}

export const JSON_TRIVIA: Trivia = {
  any: /[ \t\r\n]+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//y,
  sameLine: /[ \t]*(?:(?:\/\*[^\r\n]*?\*\/[ \t]*)*(?:\/\/[^\r\n]*)?)(?=\r?\n|$)/y,
  lineComment: /^\/\//,
  comment: /"(?:\\.|[^"\\])*"|(?<comment>\/[/*])/g
}

export const YAML_TRIVIA: Trivia = {
  any: /[ \t\r\n]+|#[^\r\n]*/y,
  sameLine: /[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?=\r?\n|$)/y,
  lineComment: /^#/,
  comment: /"(?:\\.|[^"\\])*"|(?:^|\s)(?<comment>#)/g
}

/** The offset of the next token. */
export function skipTrivia(trivia: Trivia, text: string, offset: number): number {
  let at = offset
  for (let found = matchAt(trivia.any, text, at); found !== ''; found = matchAt(trivia.any, text, at))
    at += found.length
  return at
}

/** The offset of the comma that follows, comments in between or not. */
export function commaBehind(trivia: Trivia, text: string, offset: number): number | undefined {
  const at = skipTrivia(trivia, text, offset)
  return text[at] === ',' ? at : undefined
}

/** Whether a comment between the two offsets ends where `to` is, so that nothing may be joined to it. */
export function endsInLineComment(trivia: Trivia, text: string, from: number, to: number): boolean {
  let at = from
  while (at < to) {
    const found = matchAt(trivia.any, text, at)
    if (found === '') return false
    at += found.length
    if (at === to && trivia.lineComment.test(found)) return true
  }
  return false
}

export function hasComment(trivia: Trivia, text: string): boolean {
  return [...text.matchAll(trivia.comment)].some(found => found.groups?.comment !== undefined)
}

/** Where the line break before an offset begins, if only blanks are between; the beginning of the text has none. */
export function lineBreakBefore(text: string, offset: number): number | undefined {
  const start = lineStartOf(text, offset)
  if (start === 0) return undefined
  return text[start - 2] === '\r' ? start - 2 : start - 1
}
