import type { ParseError } from 'jsonc-parser'
import { type InputError, messageOf } from '../errors.ts'
import { tooDeep, unreadable, type Wanted } from './file.ts'

/** JSON with comments and trailing commas. Throws InputError with line and column. */
export async function parseJsonWithComments(text: string, shown: string, wanted: Wanted): Promise<unknown> {
  const { getNodeValue, parseTree, printParseErrorCode } = await import('jsonc-parser')
  const errors: ParseError[] = []
  const value: unknown = parseGuarded(
    () => {
      const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false })
      // Read again: the parser's own objects have no prototype, and its `parse` loses a member named __proto__.
      return root && JSON.parse(JSON.stringify(getNodeValue(root)))
    },
    () => tooDeep(shown, wanted)
  )
  const [first] = errors
  if (first === undefined) return value
  const before = text.slice(0, first.offset).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
  const reason = printParseErrorCode(first.error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
  throw unreadable(`${wanted.input}: ${shown} is not valid JSON: ${reason} at ${place}`, before.length)
}

/** What the parser says may repeat values of the file, so only its word for the fault and the place are passed on. */
export async function parseYaml(text: string, shown: string, wanted: Wanted): Promise<unknown> {
  const { LineCounter, parseDocument } = await import('./yaml.ts')
  const lineCounter = new LineCounter()
  const document = parseGuarded(
    () => parseDocument(text, { merge: true, lineCounter, logLevel: 'error' }),
    () => tooDeep(shown, wanted)
  )
  const [first] = document.errors
  if (first !== undefined) {
    const { line, col } = lineCounter.linePos(first.pos[0])
    const reason = first.code.toLowerCase().replaceAll('_', ' ')
    throw unreadable(`${wanted.input}: ${shown} is not valid YAML: ${reason} at line ${line}, column ${col}`, line)
  }
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    const reason = /excessive alias/i.test(messageOf(error))
      ? 'its aliases multiply too much'
      : 'an alias names no anchor'
    throw unreadable(`${wanted.input}: ${shown} is not usable YAML: ${reason}`)
  }
}

/** The parser recurses: what it runs out of stack on is nothing that anybody wrote. */
function parseGuarded<T>(parse: () => T, tooDeep: () => InputError): T {
  try {
    return parse()
  } catch (error) {
    throw error instanceof RangeError ? tooDeep() : error
  }
}
