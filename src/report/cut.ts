/** How much a text counts for, where a limit is not one of characters. */
export type Measure = (text: string) => number

const inCharacters: Measure = text => text.length

/** As GitHub counts a job summary. */
export const inBytes: Measure = text => Buffer.byteLength(text)

/**
 * Markdown of at most `limit` characters (or what `measure` counts): what is too long ends at the end of a line, the code block and the folded
 * parts that are open there are closed, and `notice` follows. A line that is itself too long is cut within a code block, and left out elsewhere.
 */
export function cutMarkdown(text: string, limit: number, notice: string, measure = inCharacters): string {
  if (measure(text) <= limit) return text
  const place = { fence: '', folds: 0 }
  let [kept, used, end] = ['', 0, `\n${notice}\n`]
  for (const line of text.split('\n')) {
    const inside = place.fence !== ''
    step(place, line)
    const nextEnd = `${closing(place)}\n${notice}\n`
    const length = measure(line) + 1
    if (used + length + measure(nextEnd) > limit) {
      const room = limit - used - 1 - measure(end)
      return inside && mayBeCut(line) && room > 0 ? `${kept}${start(line, room, measure)}\n${end}` : kept + end
    }
    kept += `${line}\n`
    used += length
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
  else place.folds += (line.match(/(?<!\\)<details\b/g)?.length ?? 0) - (line.match(/(?<!\\)<\/details>/g)?.length ?? 0)
}

function closing({ fence, folds }: Place): string {
  return `${fence === '' ? '' : `${fence}\n`}${'\n</details>\n'.repeat(Math.max(0, folds))}`
}

/** The first characters of a line, no pair of surrogates torn apart. */
function start(line: string, room: number, measure: Measure): string {
  let kept = line.slice(0, room)
  while (measure(kept) > room) kept = kept.slice(0, -Math.max(1, Math.floor((measure(kept) - room) / 4)))
  return kept.replace(/[\uD800-\uDBFF]$/, '')
}
