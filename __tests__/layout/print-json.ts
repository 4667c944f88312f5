import fc from 'fast-check'
import { randomFrom } from './random.ts'

export interface JsonStyle {
  readonly unit: string
  /** `[{` in one line, as hand-written task definitions often have it. */
  readonly hugs: boolean
  readonly oneLine: boolean
  readonly eol: string
  readonly mark: string
  readonly trailingCommas: boolean
  readonly finalBreak: boolean
  readonly colon: string
  /** How often a comment stands where one may; 0 makes plain JSON. */
  readonly comments: number
  /** How often a list or an object stands in one line. */
  readonly inline: number
  readonly seed: number
}

const inLines: fc.Arbitrary<JsonStyle> = fc.record({
  unit: fc.constantFrom('  ', '    ', '\t', ' '),
  hugs: fc.boolean(),
  oneLine: fc.constant(false),
  eol: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\uFEFF'),
  trailingCommas: fc.boolean(),
  finalBreak: fc.boolean(),
  colon: fc.constantFrom(': ', ':', ' : '),
  comments: fc.constantFrom(0, 0.1, 0.4),
  inline: fc.constantFrom(0, 0.3),
  seed: fc.nat()
})

export const jsonStyles = fc.oneof(
  { weight: 3, arbitrary: inLines },
  { weight: 1, arbitrary: inLines.map((style): JsonStyle => ({ ...style, oneLine: true, comments: 0 })) }
)

/**
 * Prints a value as somebody may have written it. Every comment has a number and the path of the innermost entry that it is in or
 * directly behind, such as `#3@/containerDefinitions/web/image#`.
 */
export function printJson(value: unknown, style: JsonStyle): string {
  const random = randomFrom(style.seed)
  const jsonc = style.comments > 0
  let count = 0
  const comment = (path: string, inLine: boolean) => {
    if (random() >= style.comments) return ''
    const text = `#${count++}@${path}#`
    return inLine || random() < 0.3 ? ` /* ${text}, "{[ */` : ` // ${text}, }]"`
  }

  const print = (node: unknown, path: string, indent: string, flat: boolean): string => {
    if (typeof node !== 'object' || node === null) return JSON.stringify(node)
    const isList = Array.isArray(node)
    const inLine = flat || style.oneLine || (path.split('/').length > 2 && random() < style.inline)
    const entries = Object.entries(node)
    const [open, close] = isList ? '[]' : '{}'
    if (entries.length === 0) return `${open}${jsonc ? comment(path, true) : ''}${close}`
    const hugs = style.hugs && isList && !inLine && entries.every(([, inner]) => typeof inner === 'object')
    const inner = inLine || hugs ? indent : indent + style.unit
    const parts = entries.map(([key, item], index) => {
      const name = isList && typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : key
      const own = `${path}/${name.replaceAll(/[^\w-]/g, '_')}`
      const label = isList ? '' : `${JSON.stringify(key)}${comment(own, true)}${style.colon}`
      const isLast = index === entries.length - 1
      const comma = !isLast || (jsonc && style.trailingCommas) ? ',' : ''
      const before = inLine || hugs ? '' : aboveLine(path, inner)
      const text = `${before}${label}${print(item, own, inner, inLine)}${comment(own, true)}${comma}`
      return text + (inLine || hugs ? '' : comment(own, false))
    })
    if (inLine) return `${open} ${parts.join(' ')} ${close}`
    if (hugs) return `${open}${parts.join(' ')}${close}`
    const gap = `${style.eol}${inner}`
    const last = comment(path, false)
    return `${open}${comment(path, false)}${gap}${parts.join(gap)}${last && `${gap}${last.trim()}`}${style.eol}${indent}${close}`
  }
  const aboveLine = (path: string, indent: string) => {
    const blank = random() < 0.1 ? style.eol + indent : ''
    const text = comment(path, false)
    return blank + (text === '' ? '' : `${text.trim()}${style.eol}${indent}`)
  }
  const head = comment('', false)
  const tail = comment('', false)
  return `${style.mark}${head && `${head.trim()}${style.eol}`}${print(value, '', '', false)}${tail}${style.finalBreak ? style.eol : ''}`
}
