import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readOutputs } from '../../scripts/runner.ts'
import { githubHost } from '../../src/host/github.ts'
import { runnerLog } from '../../src/host/runner-log.ts'
import { keeper } from '../../src/main-fleet.ts'
import type { Result } from '../../src/report/outputs.ts'
import { createEntry, createFleetReport, createMoved } from '../report/fleet-entries.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'))
  writeFileSync(join(folder, 'output'), '')
})

afterEach(() => rmSync(folder, { recursive: true }))

const found = createFleetReport([createEntry('web'), createEntry('api')])
const moving = createFleetReport([createMoved('web', 'started'), createEntry('api')])
const moved = createFleetReport([createMoved('web', 'deployed'), createMoved('api', 'started')])

test('from the first service on that is moved, and every ten seconds from then on', () => {
  let time = 1_000_000
  const kept: (readonly Result[])[] = []
  const keep = keeper({ keepFleet: resultsOf => void kept.push(resultsOf()) }, { now: () => time })
  const outcomes = () => kept.map(results => results.map(({ outcome }) => outcome))
  keep(found)
  expect(kept).toEqual([])
  keep(moving)
  expect(outcomes()).toEqual([['not-begun', 'started']])
  time += 9999
  keep(moved)
  expect(kept).toHaveLength(1)
  time += 1
  keep(moved)
  expect(outcomes()[1]).toEqual(['deployed', 'started'])
})

test('in the file that the run would leave, whose output is set once', async () => {
  const variables = { RUNNER_TEMP: folder, GITHUB_OUTPUT: join(folder, 'output') }
  const host = githubHost(
    variables,
    runnerLog(false, () => {})
  )
  const keep = keeper(host, { now: () => Date.now() })
  keep(moving)
  const outputs = readOutputs(readFileSync(join(folder, 'output'), 'utf8'))
  const path = outputs['results-file'] ?? ''
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject([
    { service: 'api', outcome: 'not-begun' },
    { service: 'web', outcome: 'started', previousTaskDefinition: expect.stringContaining('web:7') }
  ])
  host.keepFleet(() => [])
  expect(readdirSync(dirname(path))).toEqual(['results.json'])
  const { exitCode } = process
  await host.finishFleet(moved)
  process.exitCode = exitCode
  expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(2)
  expect(readFileSync(join(folder, 'output'), 'utf8').split('results-file<<')).toHaveLength(2)
})
