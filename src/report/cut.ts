/**
 * Markdown of at most `limit` characters: what is too long ends at the end of a line, the code block and the folded parts that are
 * open there are closed, and `notice` follows. A line that is itself too long is cut within a code block, and left out elsewhere.
 */
export function cutMarkdown(text: string, limit: number, notice: string): string {
  if (text.length <= limit) return text
  const place = { fence: '', folds: 0 }
  let [kept, end] = ['', `\n${notice}\n`]
  for (const line of text.split('\n')) {
    const inside = place.fence !== ''
    step(place, line)
    const nextEnd = `${closing(place)}\n${notice}\n`
    if (kept.length + line.length + 1 + nextEnd.length > limit) {
      const room = limit - kept.length - 1 - end.length
      return inside && mayBeCut(line) && room > 0 ? `${kept}${start(line, room)}\n${end}` : kept + end
    }
    kept += `${line}\n`
    end = nextEnd
  }
  return kept + end
}

/** The beginning of a line that begins like a fence could be one. */
function mayBeCut(line: string): boolean {
  return !/^ *[`~]/.test(line)
}

/** Where a line leaves us: within which fence, and in how many `<details>`. */
interface Place {
  fence: string
  folds: number
}

function step(place: Place, line: string): void {
  const [, run = '', rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? []
  if (place.fence !== '') {
    if (run.startsWith(place.fence) && rest.trim() === '') place.fence = ''
  } else if (run !== '') place.fence = run
  else place.folds += count(line, '<details>') - count(line, '</details>')
}

function closing({ fence, folds }: Place): string {
  return `${fence === '' ? '' : `${fence}\n`}${'\n</details>\n'.repeat(Math.max(0, folds))}`
}

function count(line: string, tag: string): number {
  return line.split(tag).length - 1
}

/** The first characters of a line, no pair of surrogates torn apart. */
function start(line: string, length: number): string {
  return line.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
}
