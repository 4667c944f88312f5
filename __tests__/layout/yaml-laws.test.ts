import { describe } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
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
    const print = (value: unknown) => stringify(value, { ...style, indentSeq, aliasDuplicateObjects: false })
    return { path: 'task.yml', print, hasLines: style.collectionStyle !== 'flow', hasComments: false, style }
  })

describe('YAML in any style', () => {
  testLaws(fc.oneof({ weight: 2, arbitrary: byHand }, { weight: 1, arbitrary: byPrinter }))
})
