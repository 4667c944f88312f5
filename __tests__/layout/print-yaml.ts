import fc from 'fast-check'
import { randomFrom } from './random.ts'

export interface YamlStyle {
  readonly unit: number
  readonly indentsLists: boolean
  readonly hyphenGap: number
  readonly eol: string
  readonly mark: string
  readonly start: string
  readonly finalBreak: boolean
  readonly quotes: 'plain' | 'single' | 'double' | 'mixed'
  readonly comments: number
  /** How often a list or an object is in brackets. */
  readonly flow: number
  readonly seed: number
}

export const yamlStyles: fc.Arbitrary<YamlStyle> = fc.record({
  unit: fc.constantFrom(2, 4, 3),
  indentsLists: fc.boolean(),
  hyphenGap: fc.constantFrom(1, 1, 3),
  eol: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\uFEFF'),
  start: fc.constantFrom('', '---', '# head', '%YAML 1.2|---'),
  finalBreak: fc.boolean(),
  quotes: fc.constantFrom<YamlStyle['quotes']>('plain', 'single', 'double', 'mixed'),
  comments: fc.constantFrom(0, 0.1, 0.4),
  flow: fc.constantFrom(0, 0.3),
  seed: fc.nat()
})

/** Prints a value as somebody may have written it; comments are numbered as those of printJson. */
export function printYaml(value: unknown, style: YamlStyle): string {
  const random = randomFrom(style.seed)
  let count = 0
  const comment = (path: string) => (random() < style.comments ? `# #${count++}@${path}# , ]}"'` : '')
  const behind = (path: string) => comment(path).replace(/^#/, ' #')

  const scalar = (node: unknown, isKey = false): string => {
    if (typeof node !== 'string') return JSON.stringify(node)
    const quotes =
      style.quotes === 'mixed' ? (['plain', 'single', 'double'] as const)[Math.floor(random() * 3)] : style.quotes
    const isSafe = /^[a-z][a-z0-9/-]*$/i.test(node) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(node)
    if (isSafe && (isKey || quotes === 'plain')) return node
    return quotes === 'single' && /^[ -~]*$/.test(node) ? `'${node.replaceAll("'", "''")}'` : JSON.stringify(node)
  }
  const nameOf = (path: string, key: string, item: unknown) => {
    const name =
      typeof item === 'object' && item !== null && 'name' in item && /^\d+$/.test(key) ? String(item.name) : key
    return `${path}/${name.replaceAll(/[^\w-]/g, '_')}`
  }

  const flow = (node: unknown): string => {
    if (typeof node !== 'object' || node === null) return scalar(node)
    if (Array.isArray(node)) return `[${node.map(flow).join(', ')}]`
    const members = Object.entries(node).map(([key, inner]) => `${scalar(key, true)}: ${flow(inner)}`)
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
  }

  /** What stands behind a colon or hyphen, with the lines below. */
  const held = (node: unknown, path: string, column: number, inItem: boolean): string[] => {
    const isEmpty = typeof node === 'object' && node !== null && Object.keys(node).length === 0
    if (typeof node === 'string' && /^[a-z]+(\n[a-z]+)*\n?$/.test(node) && node.includes('\n')) {
      const lines = node.replace(/\n$/, '').split('\n')
      return [`|${node.endsWith('\n') ? '' : '-'}`, ...lines.map(line => ' '.repeat(column + style.unit) + line)]
    }
    if (typeof node !== 'object' || node === null || isEmpty || (path.split('/').length > 2 && random() < style.flow))
      return [flow(node) + behind(path)]
    const isList = Array.isArray(node)
    const inner = inItem ? column + 1 + style.hyphenGap : column + (isList && !style.indentsLists ? 0 : style.unit)
    const lines = block(node, path, inner)
    if (!inItem) return [comment(path), ...lines]
    const [first = '', ...rest] = lines
    return [first.slice(inner), ...rest]
  }

  const block = (node: object, path: string, column: number): string[] =>
    Object.entries(node).flatMap(([key, item], index) => {
      const own = nameOf(path, key, item)
      const indent = ' '.repeat(column)
      const isList = Array.isArray(node)
      const lead = isList ? `${indent}-${' '.repeat(style.hyphenGap)}` : `${indent}${scalar(key, true)}:`
      const [first = '', ...rest] = held(item, own, column, isList)
      const above = index === 0 ? '' : comment(path)
      const blank = index > 0 && random() < 0.1 ? [''] : []
      const line = lead + (isList || first === '' ? first : ` ${first}`)
      return [...blank, ...(above === '' ? [] : [indent + above]), line, ...rest]
    })

  const start = style.start === '' ? [] : style.start.split('|')
  const lines = [...start, ...block(value as object, '', 0)]
  return style.mark + lines.join(style.eol) + (style.finalBreak ? style.eol : '')
}
