/**
 * Reads the first CSV record of a text as the sensor's parser of repeated flags does (Go's encoding/csv with its
 * defaults): a quote is only allowed at the very start of a field and has to be closed before the next comma.
 */
export function readCsvRecord(text: string): string[] | 'error' {
  if (text === '') return []
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (text[at] === '"') {
      let field = ''
      at += 1
      for (;;) {
        const end = text.indexOf('"', at)
        if (end < 0) return 'error'
        field += text.slice(at, end)
        at = end + 1
        if (text[at] !== '"') break
        field += '"'
        at += 1
      }
      fields.push(field)
    } else {
      const end = /[,\n]/.exec(text.slice(at))
      const field = end === null ? text.slice(at) : text.slice(at, at + end.index)
      at += field.length
      const lineEnds = text[at] !== ','
      const bare = lineEnds ? field.replace(/\r$/, '') : field
      if (bare.includes('"')) return 'error'
      fields.push(bare)
    }
    if (text[at] === undefined || text[at] === '\n') return fields
    if (text[at] !== ',') return 'error'
    at += 1
  }
}
