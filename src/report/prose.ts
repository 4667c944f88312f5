import { consoleLink } from './links.ts'

/**
 * Markdown of a message of ours, line by line: list items stay items, a policy statement becomes a block to copy, lines that are indented (a log's)
 * one of code; everything else is text, in which no character means anything to Markdown.
 */
export function toProse(message: string): string {
  const parts: { kind: 'text' | 'item' | 'code' | 'json'; lines: string[] }[] = []
  for (const line of message.split('\n')) {
    const kind = kindOf(line)
    const last = parts.at(-1)
    const grows = last?.kind === kind && (kind === 'item' || kind === 'code')
    if (grows) last.lines.push(line)
    else if (line.trim() !== '') parts.push({ kind, lines: [line] })
  }
  return parts.map(({ kind, lines }) => WRITERS[kind](lines)).join('\n\n')
}

type Kind = 'text' | 'item' | 'code' | 'json'

function kindOf(line: string): Kind {
  if (/^\{.*\}$/.test(line)) return 'json'
  if (line.startsWith('- ')) return 'item'
  return line.startsWith('  ') ? 'code' : 'text'
}

const WRITERS: Readonly<Record<Kind, (lines: readonly string[]) => string>> = {
  text: lines => lines.map(toText).join('\n'),
  item: lines => lines.map(line => `- ${toText(line.slice(2))}`).join('\n'),
  code: lines => fenced(lines.map(line => line.slice(2)).join('\n')),
  json: lines => fenced(lines.map(indented).join('\n'), 'json')
}

const ARN = /arn:aws[\w-]*:[\w-]+:[\w-]*:\d*:[^\s,;)"']*[^\s,;:.)"']/g

/** Text of one line: a revision becomes a link to its page, any other ARN code; a reader finds them, and nothing in them is rewritten. */
export function toText(line: string): string {
  let [end, shown] = [0, '']
  for (const { 0: arn, index } of line.matchAll(ARN)) {
    shown += escaped(line.slice(end, index)) + linked(arn)
    end = index + arn.length
  }
  return shown + escaped(line.slice(end))
}

/** A resource's name as a link to its page in the console; its ARN where there is none. */
export function linked(arn: string): string {
  const link = consoleLink(arn)
  return link === undefined ? code(arn) : `[${escaped(arn.slice(arn.lastIndexOf('/') + 1))}](${link})`
}

export function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}

/** A code block around any text; its fence is longer than every run of backticks within. */
export function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${fence}${language}\n${text}\n${fence}`
}

/** Text of one line, in which no character means anything to Markdown or HTML. */
export function escaped(text: string): string {
  return (
    text
      // One between letters stands for itself. \p{L} would know all letters, but V8 takes a twentieth of a dry run to compile it.
      .replace(/[\\`*[\]<>|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
      .replace(/&(?=[#\w])/g, '&amp;')
      .replace(/^(\s*)([#+-])(?=\s)/, '$1\\$2')
      .replace(/^(\s*\d+)([.)])(?=\s)/, '$1\\$2')
      // A name behind it would be told of the comment.
      .replace(/@(?=\w)/g, '@\u200b')
      .replace(/\s*\n\s*/g, ' ')
  )
}

/** Text within a tag of HTML, where Markdown is not read. */
export function htmlOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
