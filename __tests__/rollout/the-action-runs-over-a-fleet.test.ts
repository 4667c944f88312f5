import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type ActionRun, runAction } from '../../scripts/runner.ts'
import { completes } from '../../stand-in/scripts.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { shop } from '../support/flow-definitions.ts'
import { SENSOR } from '../support/flow-scene.ts'

const ACTION = join(import.meta.dirname, '../support/action-from-source.ts')
// As fast as the action may go by the clock of this machine.
const FAST = { 'sensor-settle-seconds': '0', 'wait-max-delay-seconds': '1', 'max-parallel': '50', canary: '0' }

let standIn: StandIn
let workspace = ''
const runs: ActionRun[] = []

beforeEach(async () => {
  standIn = await startStandIn({ enforceBuckets: true })
  workspace = mkdtempSync(join(tmpdir(), 'fleet-action-'))
  standIn.everywhere(account => {
    account.everyRollout = completes({ after: 0 })
  })
  standIn.regions = ['us-east-1', 'eu-west-1']
  for (const region of ['us-east-1', 'eu-west-1']) {
    for (const name of ['a', 'b']) {
      standIn.in(region).addTaskDefinition(shop({ family: name }))
      standIn.in(region).addService({ cluster: 'prod', name, taskDefinition: name, desiredCount: 1 })
    }
  }
})

afterEach(async () => {
  await standIn.close()
  for (const run of runs.splice(0)) await run.dispose()
  rmSync(workspace, { recursive: true })
})

async function act(inputs: Record<string, string>): Promise<ActionRun> {
  const env = {
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' },
    ...{ AWS_ENDPOINT_URL_ECS: standIn.url, AWS_ENDPOINT_URL_EC2: standIn.url }
  }
  const run = await runAction({ entry: ACTION, inputs: { ...SENSOR, ...inputs }, env, workspace })
  runs.push(run)
  const texts = [run.stdout.replace(/^::add-mask::.*$/gm, ''), run.stderr, run.summary, ...Object.values(run.outputs)]
  expect(texts.join('\n')).not.toContain('planted')
  return run
}

test('inputs in; outputs, summary and exit status out', async () => {
  const found = await act({ mode: 'discover', regions: 'all' })
  expect(found).toMatchObject({ status: 0, stderr: '' })
  const matrix = JSON.parse(found.outputs.matrix ?? '') as { include: Record<string, string>[] }
  expect(matrix.include).toEqual([
    { regions: 'eu-west-1', clusters: 'prod', services: 'a,b' },
    { regions: 'us-east-1', clusters: 'prod', services: 'a,b' }
  ])

  const [first = {}] = matrix.include
  const installed = await act({ ...FAST, ...first })
  expect(installed).toMatchObject({ status: 0, stderr: '' })
  expect(installed.outputs).toMatchObject({ changed: 'true', 'deployment-outcome': 'deployed' })
  expect(JSON.parse(installed.outputs.results ?? '')).toMatchObject([
    { region: 'eu-west-1', cluster: 'prod', service: 'a', outcome: 'deployed', sensorRunning: '1/1' },
    { region: 'eu-west-1', cluster: 'prod', service: 'b', outcome: 'deployed', sensorRunning: '1/1' }
  ])
  expect(installed.summary).toContain('2 deployed')

  const drift = await act({ mode: 'discover', regions: 'all', 'fail-on': 'absent' })
  expect(drift.status).toBe(1)
  expect(drift.stdout).toContain('::error::2 of 4 services have a sensor that is absent')
}, 60_000)

test('what an input says wrongly of a fleet ends it before AWS is asked anything', async () => {
  const { status, stdout } = await act({ clusters: 'prod', cluster: 'prod', 'max-parallel': '0' })
  expect(status).toBe(1)
  expect(stdout).toContain('cluster: must not be given with clusters')
  expect(stdout).toContain('max-parallel: must be')
  expect(standIn.requests).toEqual([])
}, 60_000)
