/**
 * Colour for texts that are redacted already: within an escape sequence, or cut in two by one, a secret would no longer be found.
 * The codes of SGR are written here, so that nothing has to be loaded for them.
 */
const CODES = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] } as const

type Style = keyof typeof CODES

function paint(text: string, ...styles: readonly Style[]): string {
  return styles.reduceRight((inner, style) => `\x1b[${CODES[style][0]}m${inner}\x1b[${CODES[style][1]}m`, text)
}

/** Paints the word that a warning or an error begins with. */
export function paintPrefix(text: string): string {
  return text.replace(/^(?:warning|error):/, word => paint(word, word === 'error:' ? 'red' : 'yellow'))
}

export function paintTitle(text: string): string {
  return paint(text, 'bold')
}

/** A title, and under it the lines of a plan, two characters further in. */
export function paintGroup(text: string): string {
  const [title = '', ...lines] = text.split('\n')
  return [paintTitle(title), ...lines.map(line => `${line.slice(0, 2)}${paintDiffLine(line.slice(2))}`)].join('\n')
}

export function paintDiff(text: string): string {
  return text.split('\n').map(paintDiffLine).join('\n')
}

/** The last line of a run: green, or yellow when it ended well but something was not proven. */
export function paintConclusion(text: string, isProven: boolean): string {
  return paint(text, 'bold', isProven ? 'green' : 'yellow')
}

function paintDiffLine(line: string): string {
  if (/^(?:---|\+\+\+) /.test(line)) return paint(line, 'bold')
  if (line.startsWith('@@')) return paint(line, 'cyan')
  if (line.startsWith('+')) return paint(line, 'green')
  if (line.startsWith('-')) return paint(line, 'red')
  return line.startsWith('!') ? paint(line, 'yellow') : line
}
