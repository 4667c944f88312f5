// npm run test:stress: the built action with every call that it makes going wrong in every way; the laws are in stress-laws.ts. With `-- --quick`
// one call of each API at most, with `-- --flow NAME` one flow; `-- --write` writes what was run into docs/stress.md, which is compared otherwise.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pLimit from 'p-limit'
import { COLUMNS, type Column, EXTENTS, type Extent, isLook } from './stress-faults.ts'
import { cameTo, countOf, operationsOf, problemsOf } from './stress-laws.ts'
import { type Run, runFlow, type Trouble } from './stress-run.ts'
import { APP_SPEC, FLOWS } from './stress-scene.ts'
import { type Cell, renewTables, staleIn, toDocument, toTables } from './stress-table.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, flow: { type: 'string' }, write: { type: 'boolean' } }
})
const { quick = false, flow: only, write = false } = values
if (quick && write) throw new Error('docs/stress.md is of whole runs: not --write with --quick')
const DOCUMENT = join(import.meta.dirname, '../docs/stress.md')

/** Most of a run's time is waiting. */
const SIDE_BY_SIDE = 6
const limit = pLimit(availableParallelism() * SIDE_BY_SIDE)
const workspace = mkdtempSync(join(tmpdir(), 'stress-'))
const problems: string[] = []
const began = Date.now()
const seconds = () => Math.round((Date.now() - began) / 1000)
let runs = 0

/** The cells of a row that are run. A quick run takes changes in all columns, and one way for a look to fail. */
function columnsFor(operation: string): readonly Column[] {
  if (!isLook(operation)) return COLUMNS
  return COLUMNS.filter(({ name, ofChanges }) => ofChanges !== true && (!quick || name === 'throttled'))
}

function placesOf(extent: Extent, calls: number): readonly Pick<Trouble, 'skip' | 'times'>[] {
  const places = extent.places(calls)
  return quick ? places.slice(-1) : places
}

/** What a run came to, in the words of the table. */
async function runOne(trouble: Trouble, calm: Run, where: string): Promise<string | undefined> {
  const run = await runFlow(calm.flow, workspace, trouble)
  runs += 1
  problems.push(...problemsOf(run, calm).map(problem => `${where}, call ${trouble.skip + 1}: ${problem}`))
  return cameTo(run, calm)
}

async function cellsOf(calm: Run): Promise<Cell[]> {
  const flow = calm.flow.name
  const cells = EXTENTS.slice(0, quick ? 1 : undefined).flatMap(extent =>
    operationsOf(calm).flatMap(operation =>
      columnsFor(operation).map(async ({ name: column, kind }): Promise<Cell> => {
        const where = `${flow}, ${extent.name}: ${operation}, ${column}`
        const places = placesOf(extent, countOf(calm, operation))
        const came = await Promise.all(
          places.map(place => limit(() => runOne({ operation, kind, ...place }, calm, where)))
        )
        return {
          flow,
          extent: extent.name,
          operation,
          column,
          came: [...new Set(came.filter(each => each !== undefined))]
        }
      })
    )
  )
  const all = await Promise.all(cells)
  console.error(`${flow}: done after ${seconds()} s`)
  return all
}

async function stress(): Promise<Cell[]> {
  writeFileSync(join(workspace, 'appspec.json'), JSON.stringify(APP_SPEC))
  const flows = FLOWS.filter(({ name }) => only === undefined || name === only)
  if (flows.length === 0)
    throw new Error(`there is no flow ${only}; there are ${FLOWS.map(({ name }) => name).join(', ')}`)
  const calm = await Promise.all(flows.map(flow => limit(() => runFlow(flow, workspace))))
  for (const run of calm)
    problems.push(...problemsOf(run, run).map(problem => `${run.flow.name}, no fault: ${problem}`))
  return (await Promise.all(calm.map(cellsOf))).flat()
}

const cells = await stress().finally(() => rmSync(workspace, { recursive: true, force: true }))
console.log(toTables(cells))
console.log(`\n${runs} runs in ${seconds()} s`)
const document = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : ''
if (write) writeFileSync(DOCUMENT, toDocument(renewTables(document, cells)))
// Which code a run ends with may hang on the machine's pace, so a difference is said, and fails nothing: what must hold are the laws.
else for (const stale of staleIn(document, cells)) console.error(`docs/stress.md: ${stale}`)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
