import { messageOf } from '../errors.ts'

/**
 * What is wrong with each expression of a list, one problem for each bad line, counted from 1. The sensor compiles them
 * with Go's RE2 at start and exits when one fails, so they are judged by a port of RE2, loaded only here.
 */
export async function checkExpressions(lines: readonly string[]): Promise<string[]> {
  if (lines.length === 0) return []
  const { RE2JS } = await import('re2js')
  const refuse = (line: string): string | undefined => {
    try {
      RE2JS.compile(line)
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }
  return lines.flatMap((line, index) => {
    const problem = problemOf(line, refuse)
    return problem === undefined ? [] : [`line ${index + 1} ${problem}`]
  })
}

function problemOf(line: string, refuse: (line: string) => string | undefined): string | undefined {
  if (line.trim() === '') return 'is empty, and an empty expression matches everything'
  if (line.includes('\r')) return 'holds a carriage return'
  if (line.endsWith(',')) return `"${line}" ends in a comma: write one expression a line, without separators`
  const refusal = refuse(line)
  if (refusal === undefined) return undefined
  const remedy = /\(\?<?[=!]/.test(line)
    ? ' (RE2 has no look-around; use the allow and the exclusions inputs together instead)'
    : /\\[1-9]/.test(line)
      ? ' (RE2 has no back-references)'
      : ''
  return `"${line}" is not a regular expression that the sensor takes: ${refusal}${remedy}`
}

/**
 * The expressions that match every text, as one with an empty alternative does, and so are seldom meant. Matching is unanchored:
 * an expression that is found in nothing at all and in a text that nobody would write is found everywhere.
 */
export async function matchEverything(lines: readonly string[]): Promise<string[]> {
  if (lines.length === 0) return []
  const { RE2JS } = await import('re2js')
  return lines.filter(line => ['', '\u0001'].every(text => RE2JS.compile(line).matcher(text).find()))
}
