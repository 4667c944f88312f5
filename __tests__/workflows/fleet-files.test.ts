import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import picomatch from 'picomatch'
import { readYaml, runs, type Step, stepsOf, type Workflow } from './read-workflows.ts'
import { runScript } from './run-script.ts'

const FLEET = '.github/workflows/fleet.yml'
const REGION = '.github/workflows/fleet-region.yml'

const expression = (text: string) => `\${{ ${text} }}`

/** A place in the folder that the runner empties for each job, so that nothing of an earlier run is read. */
const temp = (name: string) => `${expression('runner.temp')}/${name}`

function stepOf(path: string, job: string, isIt: (step: Step) => boolean): Step {
  return stepsOf(readYaml<Workflow>(path).jobs[job] ?? {}).find(isIt) ?? {}
}

const pathGivenTo = (path: string, job: string, action: string) => stepOf(path, job, runs(action)).with?.path

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-files-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.each([
  [FLEET, 'discover', 'discover'],
  [REGION, 'part', expression('matrix.part')]
])('the results in %s', (path, job, part) => {
  test('are copied', async () => {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')]
    writeFileSync(from, '[]')
    await runScript(path, job, 'keep the results', { FROM: from, TO: to })
    expect(readFileSync(to, 'utf8')).toBe('[]')
  })

  test('are uploaded by a name that tells the attempt and the part', () => {
    const kept = temp(`${expression('github.run_attempt')}.${part}.json`)
    expect(stepOf(path, job, ({ name }) => name === 'keep the results').env?.TO).toBe(kept)
    expect(pathGivenTo(path, job, 'actions/upload-artifact')).toBe(kept)
  })
})

test('the results of all parts are read where they are downloaded, and uploaded from where they are written', () => {
  expect(pathGivenTo(FLEET, 'summary', 'actions/download-artifact')).toBe(temp('parts'))
  expect(pathGivenTo(FLEET, 'summary', 'actions/upload-artifact')).toBe(temp('results.json'))
})

test.each([
  ['of its discovery and its parts', 'fleet', ['fleet.1.discover', 'fleet.2.0', 'fleet.10.255'], true],
  [
    'of a call whose name begins with its own',
    'fleet',
    ['fleet.blue.1.discover', 'fleet.1.2.0', 'fleet.1.1.discover'],
    false
  ],
  ['of a call whose name is a number more', 'fleet.1', ['fleet.1.1.discover', 'fleet.1.2.0'], true],
  ['that it leaves at the end', 'fleet', ['fleet', 'fleet.blue'], false]
])('artifacts %s', (_name, call, artifacts, isTaken) => {
  const pattern = String(stepOf(FLEET, 'summary', runs('actions/download-artifact')).with?.pattern)
  const isMeant = picomatch(pattern.replace(expression('inputs.artifact-name'), call))
  expect(artifacts.map(artifact => isMeant(artifact))).toEqual(artifacts.map(() => isTaken))
})

test.each([
  [FLEET, 'discover', 'discover'],
  [REGION, 'part', expression('matrix.part')]
])('artifacts of %s have such names', (path, job, part) => {
  const { with: inputs } = stepOf(path, job, runs('actions/upload-artifact'))
  expect(inputs?.name).toBe(`${expression('inputs.artifact-name')}.${expression('github.run_attempt')}.${part}`)
})
