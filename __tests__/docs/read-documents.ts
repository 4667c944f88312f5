import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { marked, type Token, type Tokens } from 'marked'

export const ROOT = join(import.meta.dirname, '../..')

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Every Markdown file that people read; what tests expect is none of them. */
export function documents(): string[] {
  return ['.', 'docs', 'examples', '.github'].flatMap(folder =>
    readdirSync(join(ROOT, folder))
      .filter(name => name.endsWith('.md'))
      .map(name => (folder === '.' ? name : `${folder}/${name}`))
  )
}

const read = new Map<string, readonly Token[]>()

/** Every token of a document, those within others too. */
export function tokensOf(path: string): readonly Token[] {
  const known = read.get(path)
  if (known !== undefined) return known
  const found: Token[] = []
  void marked.walkTokens(marked.lexer(readText(path)), token => void found.push(token))
  read.set(path, found)
  return found
}

/** The code blocks of a language. */
export function blocksOf(path: string, language: string): string[] {
  return tokensOf(path).flatMap(token => (token.type === 'code' && token.lang === language ? [token.text] : []))
}

/** The rows of the one table with these headings, as they are written. Throws where there is no such table. */
export function tableUnder(path: string, ...headings: string[]): string[][] {
  const table = tokensOf(path).find(
    (token): token is Tokens.Table =>
      token.type === 'table' && token.header.map(({ text }: Tokens.TableCell) => text).join('|') === headings.join('|')
  )
  if (table === undefined) throw new Error(`${path} has no table under ${headings.join(', ')}`)
  return table.rows.map(row => row.map(({ text }) => text))
}
