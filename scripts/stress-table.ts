// What the stress test prints, and docs/stress.md.
import { COLUMNS, EXTENTS } from './stress-faults.ts'
import { FLOWS, MAX_RETRIES } from './stress-scene.ts'

/** What came of the runs of one cell. */
export interface Cell {
  readonly flow: string
  readonly extent: string
  readonly operation: string
  readonly column: string
  /** Each once. */
  readonly came: readonly string[]
}

/** The cells of one flow and one extent as a table: a row for each API, a column for each fault. */
export function toTable(cells: readonly Cell[]): string {
  const rows = Map.groupBy(cells, ({ operation }) => operation)
  const names = COLUMNS.map(({ name }) => name)
  const lines = [...rows].map(([operation, row]) => {
    const texts = names.map(name => row.find(({ column }) => column === name)?.came.join(', ') || '–')
    return `| ${[operation, ...texts].join(' | ')} |`
  })
  return [`| | ${names.join(' | ')} |`, `| --- |${' --- |'.repeat(names.length)}`, ...lines].join('\n')
}

/** The tables of all flows that were run, each below its heading. */
export function toTables(cells: readonly Cell[]): string {
  return FLOWS.flatMap(({ name, does }) => {
    const own = cells.filter(({ flow }) => flow === name)
    if (own.length === 0) return []
    const tables = EXTENTS.flatMap(extent => {
      const met = own.filter(cell => cell.extent === extent.name)
      return met.length === 0 ? [] : [`${extent.says}\n\n${toTable(met)}`]
    })
    return [`${headingOf(name)}\n\n${does}\n\n${tables.join('\n\n')}`]
  }).join('\n\n')
}

/** The whole document; `tables` are those of all flows, as `toTables` gives them. */
export function toDocument(tables: string): string {
  return `# When calls go wrong

<!-- Written by npm run test:stress -- --write -->

Each call that the action makes, going wrong in each way: some 1,700 runs of the built action, a process each, against the stand-in of AWS in
\`stand-in/\`. The rows are the APIs that the same flow was seen to call without a fault. \`max-retries\` is ${MAX_RETRIES} (10 if not given), and
\`wait-for-minutes\` at most 3; where the calls of one cell differ, it holds all that came of them. \`npm run test:stress\` runs it again.

A cell is \`recovered\`: all came to the same as without the fault; \`failed\`, with the code that \`results\` has for it, if a service was found by
then; or \`in part\`: what could not be read of a fleet is left out, and named, and the rest is done. In every run

- the exit status is 0 or 1, with 1 there is exactly one error message, which names the call; no accident is printed (a stack trace, an
  unhandled rejection, \`undefined\`);
- one revision of a family at most is registered, and one deployment of a service begun, by ECS or by CodeDeploy, beside the one that puts it
  back; a call that must not be made twice is repeated only after a look at what became of it, and one that changes something not at all after a denial;
- the outputs are what the account holds: \`changed\`, the revision's ARN, \`deployment-outcome\`, the deployment's id; and nothing is said not to
  be moved, registered or changed that is;
- it ends by itself within ten minutes, as the process sees time. (Its timers run ten times as fast as this machine's, and so does the time of the
  stand-in, so that an answer that never comes costs 3 s and not 30.)

| fault | what happens to the call |
| --- | --- |
${COLUMNS.map(({ name, says }) => `| ${name} | ${says} |`).join('\n')}

A look (an API whose name begins with Describe, Get or List) has nothing to carry out, so the columns for that are left empty there.

${tables}
`
}

/** The tables of a document, with those of the flows that were run again in place of what stands there. */
export function renewTables(document: string, cells: readonly Cell[]): string {
  const renewed = sectionsOf(toTables(cells))
  const all = new Map([...sectionsOf(document), ...renewed])
  return FLOWS.flatMap(({ name }) => all.get(headingOf(name)) ?? []).join('\n\n')
}

/** By their headings. */
function sectionsOf(document: string): Map<string, string> {
  const sections = document.split(/^(?=## )/m).filter(text => text.startsWith('## '))
  return new Map(sections.map(text => [text.split('\n', 1)[0] ?? '', text.trimEnd()]))
}

function headingOf(name: string): string {
  return `## ${name[0]?.toUpperCase()}${name.slice(1)}`
}

/** In which respect a document is not of what was run: its flows and rows, and what the cells came to. */
export function staleIn(document: string, cells: readonly Cell[]): string[] {
  const said = FLOWS.flatMap(({ name }) => {
    const section = sectionsOf(document).get(headingOf(name)) ?? ''
    return EXTENTS.flatMap(extent => {
      const table = section.split(extent.says)[1]?.split('\n\n')[1] ?? ''
      return table
        .split('\n')
        .slice(2)
        .flatMap(line => readRow(line, name, extent.name))
    })
  })
  return cells.flatMap(({ flow, extent, operation, column, came }) => {
    const cell = said.find(
      each => each.flow === flow && each.extent === extent && each.operation === operation && each.column === column
    )
    const where = `${flow}, ${extent}: ${operation}, ${column}`
    if (cell === undefined) return [`${where} is not there`]
    const others = came.filter(each => !cell.came.includes(each))
    return others.length === 0 ? [] : [`${where} says "${cell.came.join(', ')}", and came to "${others.join(', ')}"`]
  })
}

function readRow(line: string, flow: string, extent: string): Cell[] {
  const [, operation = '', ...texts] = line
    .split(' | ')
    .flatMap((text, index) => (index === 0 ? ['', text.replace(/^\| /, '')] : text.replace(/ \|$/, '')))
  return COLUMNS.map(({ name }, index) => ({
    flow,
    extent,
    operation,
    column: name,
    came: (texts[index] ?? '').split(', ')
  }))
}
