import { describe } from '@jest/globals'
import fc from 'fast-check'
import { type CreateNodeOptions, parse, stringify, type ToStringOptions } from 'yaml'
import { type Printed, testLaws } from './laws.ts'
import { printYaml, yamlStyles } from './print-yaml.ts'

const byHand = yamlStyles.map(
  (style): Printed => ({
    path: 'task.yaml',
    print: value => printYaml(value, style),
    hasLines: true,
    hasComments: style.comments > 0,
    style
  })
)

const byPrinter = fc
  .record({
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 40),
    collectionStyle: fc.constantFrom('block', 'flow', 'any'),
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'),
    defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'),
    directives: fc.constantFrom(true, null)
  })
  .map((style): Printed => {
    // In blocks only, the printer does not indent empty lists enough when it indents lists not at all.
    const indentSeq = style.indentSeq || style.collectionStyle === 'block'
    const print = (value: unknown) => printRight(value, { ...style, indentSeq, aliasDuplicateObjects: false })
    return { path: 'task.yml', print, hasLines: style.collectionStyle !== 'flow', hasComments: false, style }
  })

/**
 * The printer gets a few texts wrong: `<<` as a name, in brackets those such as `-` in a line of their own, lines that begin with
 * blanks unless it indents by 2, and some that it folds. Then all are in quotes, each in one line: what is read is to be
 * what was printed.
 */
function printRight(value: unknown, options: Options): string {
  const text = stringify(value, options)
  return says(text, value) ? text : stringify(value, { ...options, ...SAFE })
}

type Options = CreateNodeOptions & ToStringOptions

const SAFE: ToStringOptions = {
  blockQuote: false,
  lineWidth: 0,
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'QUOTE_DOUBLE'
}

function says(text: string, value: unknown): boolean {
  try {
    return JSON.stringify(parse(text, { merge: true })) === JSON.stringify(value)
  } catch {
    return false
  }
}

describe('YAML in any style', () => {
  testLaws(fc.oneof({ weight: 2, arbitrary: byHand }, { weight: 1, arbitrary: byPrinter }))
})
