import { isObject } from '../task-definition/definition.ts'
import type { Spelling } from './tree.ts'

/** How the file spells what has to be written into it. */
export interface Style {
  readonly eol: string
  /** What one level is indented by. */
  readonly unit: string
  /** Within the braces of an object in one line, such as the blanks of `{ "a": 1 }`. */
  readonly pad: string
  readonly colon: string
  /** Behind the commas of one line. */
  readonly gap: string
  /** The text is one line, so everything in it is. */
  readonly oneLine: boolean
  /** The widest line that a list or an object is written into as a whole. */
  readonly width: number
  readonly key: (name: string) => string
  /** A scalar, spelled like the one that it replaces, if that is known. */
  readonly scalar: (value: unknown, spelling?: Spelling) => string
}

/** A value in brackets in one line. */
export function printInline(style: Style, value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(item => printInline(style, item)).join(`,${style.gap}`)}]`
  if (!isObject(value)) return style.scalar(value)
  const members = Object.entries(value).map(
    ([key, inner]) => `${style.key(key)}${style.colon}${printInline(style, inner)}`
  )
  return members.length === 0 ? '{}' : `{${style.pad}${members.join(`,${style.gap}`)}${style.pad}}`
}

/** A value in brackets, an entry a line; `indent` is that of the line that it begins in. */
export function printLines(style: Style, value: unknown, indent: string): string {
  if (!isCollection(value)) return printInline(style, value)
  const inner = indent + style.unit
  const entries = Array.isArray(value)
    ? value.map(item => printLines(style, item, inner))
    : Object.entries(value).map(([key, item]) => `${style.key(key)}${style.colon}${printLines(style, item, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}${style.eol}${inner}${entries.join(`,${style.eol}${inner}`)}${style.eol}${indent}${close}`
}

/** A list or an object that holds something. */
export function isCollection(value: unknown): value is object {
  return (Array.isArray(value) && value.length > 0) || (isObject(value) && Object.keys(value).length > 0)
}

/** Like a neighbour that stands in one line, as long as the line does not grow too wide; else in lines. */
export function printLike(style: Style, value: unknown, indent: string, neighbourInLine: boolean): string {
  if (!style.oneLine && !neighbourInLine) return printLines(style, value, indent)
  const inline = printInline(style, value)
  return style.oneLine || inline.length + indent.length <= style.width ? inline : printLines(style, value, indent)
}
