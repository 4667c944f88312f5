import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { terminalHost } from '../../src/host/terminal.ts'
import { main } from '../../src/main.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { FakeTerminal } from '../support/fake-terminal.ts'
import { shop } from '../support/flow-definitions.ts'
import { CREATED_BY, SENSOR } from '../support/flow-scene.ts'

let standIn: StandIn
let workspace = ''
const before = { ...process.env }

beforeEach(async () => {
  standIn = await startStandIn()
  workspace = mkdtempSync(join(tmpdir(), 'cancelled-'))
  Object.assign(process.env, {
    ...{ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_EC2_METADATA_DISABLED: 'true' },
    ...{ AWS_ENDPOINT_URL_ECS: standIn.url, AWS_CONFIG_FILE: '/none', AWS_SHARED_CREDENTIALS_FILE: '/none' }
  })
  for (const name of ['a', 'b', 'c']) {
    standIn.account.addTaskDefinition(shop({ family: name }))
    standIn.account.addService({ cluster: 'prod', name, taskDefinition: name })
  }
})

afterEach(async () => {
  process.env = { ...before }
  await standIn.close()
  rmSync(workspace, { recursive: true })
})

/** Runs until a call of the operation has come, and is cancelled then. */
async function cancelledAt(operation: string) {
  const terminal = new FakeTerminal({})
  const cancelled = Promise.withResolvers<string>()
  const statuses: number[] = []
  let began = 0
  const act = () => {
    began = Date.now()
    cancelled.resolve('SIGINT')
  }
  standIn.fault({ kind: 'before', operation, act })
  await main({
    // What follows a deployment wakes up soon, and ends then.
    raw: { ...SENSOR, clusters: 'prod', 'wait-max-delay-seconds': '1' },
    unknown: [],
    environment: {
      ...{ region: 'us-east-1', profileRegion: async () => undefined, hasCredentials: true, workspace },
      ...{ fileExists: () => false, provenance: { createdBy: CREATED_BY } }
    },
    host: terminalHost({ kind: 'revision', json: true }, terminal),
    proxy: {},
    cancelled: cancelled.promise,
    exit: status => void statuses.push(status)
  })
  const seconds = (Date.now() - began) / 1000
  const sent = standIn.requests.length
  // What was still under way goes on for a moment, and may change nothing.
  for (let turn = 0; turn < 50; turn += 1) await new Promise(resolve => setImmediate(resolve))
  const later = standIn.requests.slice(sent).map(request => request.operation)
  expect(later.filter(each => !/^(?:Describe|List)/.test(each))).toEqual([])
  const { results } = JSON.parse(terminal.written.stdout || '{}') as {
    results?: { service: string; outcome: string }[]
  }
  return { seconds, statuses, stderr: terminal.written.stderr, results }
}

test.each([
  ['ListServices', 0, []],
  ['DescribeTaskDefinition', 0, ['not-begun', 'not-begun', 'not-begun']],
  ['RegisterTaskDefinition', 0, ['not-begun', 'not-begun', 'not-begun']],
  ['UpdateService', 1, ['not-begun', 'not-begun', 'started']],
  ['TagResource', 1, ['not-begun', 'not-begun', 'started']]
])('at %s: what is known is told, and no call follows that changes anything', async (operation, moved, expected) => {
  const { seconds, statuses, stderr, results } = await cancelledAt(operation)
  expect(seconds).toBeLessThan(5)
  expect(statuses).toEqual([1])
  expect(stderr).toContain('the run was cancelled (SIGINT)')
  expect(stderr).not.toContain('planted')
  expect(standIn.requests.filter(request => request.operation === 'UpdateService')).toHaveLength(moved)
  expect(results?.map(({ outcome }) => outcome) ?? []).toEqual(expected)
})
