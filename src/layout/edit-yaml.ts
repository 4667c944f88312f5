import { Document, parseDocument } from 'yaml'
import { changesFor } from './change.ts'
import type { Edited } from './edit.ts'
import { applyAll, lineBreakOf } from './edit.ts'
import { YAML_TRIVIA } from './trivia.ts'
import { rewrite } from './yaml-rewrite.ts'
import { yamlStyle } from './yaml-style.ts'
import { yamlTree } from './yaml-tree.ts'

/** The value of a YAML text of one document; undefined when it cannot be read. */
export function read(text: string): unknown {
  const document = parse(text)
  return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 })
}

/** The YAML text with what has to change changed; undefined when that cannot be done place by place. */
export function edit(text: string, target: unknown): Edited | undefined {
  // Whole lines come and go, so the last one needs an end too, if only for the time being.
  const eol = /\n$/.test(text) ? '' : lineBreakOf(text)
  const whole = text + eol
  const document = parse(whole)
  const root = yamlTree(document, whole)
  const layout = { text: whole, trivia: YAML_TRIVIA, ...yamlStyle(whole, root) }
  const sparing = changesFor({ ...layout, sparesAliases: true }, root, target)
  const edits = sparing?.length === 0 ? changesFor(layout, root, target) : sparing
  const edited = edits && applyAll(whole, edits)
  return edited && { ...edited, text: eol === '' ? edited.text : edited.text.replace(/\r?\n$/, '') }
}

/** The target printed anew: with the comments of the text, also without texts in lines, then without either. */
export function* reprint(text: string, target: unknown): Generator<string> {
  const document = parse(text)
  const { style, block } = yamlStyle(text, yamlTree(document, text))
  const options = { indent: style.unit.length, indentSeq: block.list !== '', lineWidth: 0 }
  const padding = { flowCollectionPadding: style.pad !== '' }
  // The printer always says that lines with blanks before them are indented by 2, and those at the end may need a last line break.
  const safe = { ...options, blockQuote: false }
  const spell = (printed: string) => printed.replace(/\n$/, /\n$/.test(text) ? '\n' : '').replaceAll('\n', style.eol)
  rewrite(document, target)
  yield spell(document.toString({ ...options, ...padding }))
  yield spell(document.toString({ ...safe, ...padding }))
  const bare = new Document()
  rewrite(bare, target)
  yield spell(bare.toString(safe))
}

function parse(text: string) {
  return parseDocument(text, { keepSourceTokens: true, merge: true, logLevel: 'error' })
}
